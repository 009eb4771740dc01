/* What the draw does to a meeting stands in test_meeting.c. */
#include "check.h"
#include "protocol/election.h"
#include "record/draw.h"
#include "support/items.h"
#include "support/vectors.h"

static struct bytes item_text(const json_t *item)
{
    return bytes_of_string(json_string_value(item));
}

static void begin_with_randoms(json_t *draw, struct hash_state *prefix)
{
    AUTO_BUFFER bytes = BUFFER_INIT;
    size_t i;
    json_t *item;

    (void)vector_bytes(draw, "bytes", &bytes);
    draw_begin(buffer_view(&bytes), prefix);
    json_array_foreach(vector_get(draw, "randoms"), i, item)
    {
        (void)item_bytes(item, &bytes);
        hash_part(prefix, buffer_view(&bytes));
    }
    assert_true(i > 0);
}

/* Where this candidate stands: how many have a lower rank. */
static size_t place_of(json_t *candidates, const struct hash_state *prefix, struct bytes candidate)
{
    const struct hash64 own = draw_rank(prefix, candidate);
    size_t i, place = 0;
    json_t *item;

    json_array_foreach(candidates, i, item)
    {
        const struct hash64 rank = draw_rank(prefix, item_text(item));
        place += bytes_compare(BYTES(rank.bytes), BYTES(own.bytes)) < 0 ? 1 : 0;
    }
    return place;
}

static void ranks_candidates_as_the_vectors_do(void **state)
{
    json_t *root = vectors_open("hash-framing.json");
    json_t *draw = vector_get(root, "draw");
    json_t *order = vector_get(draw, "order");
    HASH_STATE prefix;
    size_t i;
    json_t *item;

    (void)state;
    begin_with_randoms(draw, &prefix);
    assert_int_equal(json_array_size(order), json_array_size(vector_get(draw, "candidates")));
    json_array_foreach(order, i, item)
    {
        assert_int_equal(place_of(vector_get(draw, "candidates"), &prefix, item_text(item)), i);
    }
    assert_true(i > 1);
    vectors_close(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_candidates_as_the_vectors_do),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
