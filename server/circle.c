#include "server/circle.h"

#include <string.h>

#include "record/view_case.h"
#include "record/view_notice.h"

/* A circle that is being filled from the record. */
struct filling {
    struct record *record;
    struct bytes notice;
    struct bytes organisation;      /* or empty: */
    const struct hash32 *objection; /* the case, if that is what is known */
    struct bytes person;            /* who is looked at */
    struct circle *circle;
    struct box_public keepers[CIRCLE_PAIRS_MAX];
    size_t keeper_count;
    bool conflict;
};

static struct result read_key(struct bytes key, struct box_public *out)
{
    REQUIRE(key.size == sizeof out->bytes, INTERNAL, "sealed.readers");
    memcpy(out->bytes, key.data, sizeof out->bytes);
    return OK;
}

static struct result take_conflict(void *context, struct bytes organisation)
{
    struct filling *const filling = context;

    filling->conflict =
        filling->conflict || filling->objection || bytes_equal(organisation, filling->organisation);
    return OK;
}

/* What was declared on the case itself counts more than what was on the list. */
static struct result take_declaration(void *context, struct bytes person, bool conflict)
{
    struct filling *const filling = context;

    if (bytes_equal(person, filling->person)) {
        filling->conflict = conflict;
    }
    return OK;
}

static struct result find_conflict(struct filling *filling, struct bytes person)
{
    filling->conflict = false;
    filling->person = person;
    TRY(view_handler_conflicts(filling->record, filling->notice, person, take_conflict, filling));
    return filling->objection ? view_case_declarations(filling->record, filling->objection,
                                                       take_declaration, filling)
                              : OK;
}

static struct result take_handler(void *context, const struct view_notice_person *row)
{
    struct filling *const filling = context;
    struct circle *const circle = filling->circle;

    REQUIRE(circle->handler_count < SEALED_READERS_MAX, INTERNAL, "sealed.readers");
    TRY(find_conflict(filling, row->person));
    circle->may_read[circle->handler_count] = !filling->conflict;
    return read_key(row->box_key, &circle->handlers[circle->handler_count++]);
}

static struct result take_keeper(void *context, const struct view_notice_person *row)
{
    struct filling *const filling = context;

    REQUIRE(filling->keeper_count < CIRCLE_PAIRS_MAX, INTERNAL, "sealed.readers");
    return read_key(row->box_key, &filling->keepers[filling->keeper_count++]);
}

/* The first with each behind it, and so on: one pair of two, three of three. */
static void pair_keepers(struct filling *filling)
{
    struct circle *const circle = filling->circle;

    for (size_t i = 0; i < filling->keeper_count; i++) {
        for (size_t j = i + 1; j < filling->keeper_count; j++) {
            circle->pairs[circle->pair_count][0] = filling->keepers[i];
            circle->pairs[circle->pair_count][1] = filling->keepers[j];
            circle->pair_count++;
        }
    }
}

static struct result fill(struct filling *filling)
{
    struct circle *const circle = filling->circle;

    memset(circle, 0, sizeof *circle);
    TRY(view_notice_handlers(filling->record, filling->notice, take_handler, filling));
    TRY(view_notice_keepers(filling->record, filling->notice, take_keeper, filling));
    REQUIRE(circle->handler_count > 0 && filling->keeper_count > 1, NOT_FOUND, "view.unknown");
    pair_keepers(filling);
    return OK;
}

struct result circle_load(struct record *record, struct bytes notice, struct bytes organisation,
                          struct circle *out)
{
    struct filling filling = {
        .record = record, .notice = notice, .organisation = organisation, .circle = out};

    return fill(&filling);
}

struct result circle_load_case(struct record *record, struct bytes notice,
                               const struct hash32 *objection, struct circle *out)
{
    struct filling filling = {
        .record = record, .notice = notice, .objection = objection, .circle = out};

    return fill(&filling);
}

bool circle_has_reader(const struct circle *circle)
{
    for (size_t i = 0; i < circle->handler_count; i++) {
        if (circle->may_read[i]) {
            return true;
        }
    }
    return false;
}

/* Its secret is drawn and forgotten: a seal to it opens for nobody. */
static struct result draw_key_of_nobody(struct box_public *out)
{
    SECRET_32 seed;
    SECRET_BOX pair;

    secret_random(&seed, sizeof seed);
    TRY(box_derive(&seed, &pair));
    *out = pair.key;
    return OK;
}

struct result circle_draw(const struct circle *circle,
                          struct box_public out[static SEALED_READERS_MAX])
{
    for (size_t i = 0; i < circle->handler_count; i++) {
        out[i] = circle->handlers[i];
        if (!circle->may_read[i]) {
            TRY(draw_key_of_nobody(&out[i]));
        }
    }
    return OK;
}
