#include "protocol/interpolation.h"

#include "protocol/election.h"

static void difference(uint64_t a, uint64_t b, struct scalar *out)
{
    struct scalar left, right;

    scalar_from_number(a, &left);
    scalar_from_number(b, &right);
    scalar_sub(&left, &right, out);
}

/* The weight of places[at] when interpolating at `x`, which is none of the places. */
static struct result weight_at(uint64_t x, const uint64_t places[], size_t count, size_t at,
                               struct scalar *out)
{
    struct scalar above, below, factor, inverse;

    scalar_from_number(1, &above);
    scalar_from_number(1, &below);
    for (size_t i = 0; i < count; i++) {
        if (i == at) {
            continue;
        }
        REQUIRE(places[i] != places[at] && places[i] != x, INTERNAL, "interpolation.points");
        difference(x, places[i], &factor);
        scalar_multiply(&above, &factor, &above);
        difference(places[at], places[i], &factor);
        scalar_multiply(&below, &factor, &below);
    }
    TRY(scalar_invert(&below, &inverse));
    scalar_multiply(&above, &inverse, out);
    return OK;
}

struct result lagrange(const uint64_t places[], size_t count, size_t at, struct scalar *out)
{
    REQUIRE(at < count && places[at] != 0, INTERNAL, "interpolation.points");
    return weight_at(0, places, count, at, out);
}

struct result point_accumulate(const struct scalar *factor, const struct point *point,
                               struct point *sum)
{
    struct point term;

    TRY(point_multiply(factor, point, &term));
    return point_add(sum, &term, sum);
}

struct result interpolation_agrees(const struct interpolation_point points[], size_t count,
                                   size_t threshold, bool *out)
{
    uint64_t places[TRUSTEES_MAX + 1];

    REQUIRE(threshold >= 1 && threshold <= count && count <= TRUSTEES_MAX + 1, INTERNAL,
            "interpolation.points");
    *out = true;
    for (size_t i = 0; i < threshold; i++) {
        places[i] = points[i].x;
    }
    for (size_t other = threshold; other < count; other++) {
        struct point expected = IDENTITY;
        for (size_t i = 0; i < threshold; i++) {
            struct scalar weight;
            TRY(weight_at(points[other].x, places, threshold, i, &weight));
            TRY(point_accumulate(&weight, &points[i].y, &expected));
        }
        *out = *out && point_equal(&expected, &points[other].y);
    }
    return OK;
}
