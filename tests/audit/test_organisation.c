/*
 * Who is reviewed: organisations, their representatives, the qualification list. Articles 13, 17.
 * covers: organisation
 */
#include "check.h"
#include "record/organisation.h"
#include "support/refusals.h"

static struct result registered(struct world *world, const char *label, const char *value)
{
    world_organisation_text(world, "yunqi");
    world_replace(world, label, 0, value);
    return SEND(world, "gu", "he");
}

static struct result a_code_mistyped(struct world *world)
{
    return registered(world, "统一社会信用代码", "91330106MA0000004C");
}

static struct result a_code_too_short(struct world *world)
{
    return registered(world, "统一社会信用代码", "91330106MA000000");
}

/* The letter I does not occur, for it looks like a 1. */
static struct result a_code_with_a_letter_that_none_has(struct world *world)
{
    return registered(world, "统一社会信用代码", "9I330106MA0000003C");
}

static struct result a_code_of_another(struct world *world)
{
    return registered(world, "统一社会信用代码", "91330106MA00000029");
}

static struct result an_id_of_another(struct world *world)
{
    return registered(world, "组织", "xixi");
}

static struct result by_a_reviewer(struct world *world)
{
    return registered(world, "代表", "an");
}

static struct result by_a_representative_of_another(struct world *world)
{
    return registered(world, "代表", "mei");
}

static struct result by_nobody(struct world *world)
{
    return registered(world, "代表", "nobody");
}

static struct result by_one_officer(struct world *world)
{
    world_organisation_text(world, "yunqi");
    return SEND(world, "gu");
}

static struct result delegated(struct world *world, const char *organisation, const char *person)
{
    world_delegate_text(world, organisation, person);
    return SEND(world, "gu", "he");
}

static struct result to_who_it_is_already(struct world *world)
{
    return delegated(world, "xixi", "mei");
}

static struct result to_the_representative_of_another(struct world *world)
{
    return delegated(world, "xixi", "ma");
}

static struct result to_a_reviewer(struct world *world)
{
    return delegated(world, "xixi", "bo");
}

static struct result of_nothing(struct world *world)
{
    return delegated(world, "unknown", "mo");
}

static struct result listed(struct world *world, const char *cycle, const char *first,
                            const char *second)
{
    world_begin(world, "qualification.list");
    world_put(world, "周期", cycle);
    world_put(world, "合格", first);
    world_put(world, "合格", second);
    return SEND(world, "gu", "he");
}

static struct result a_second_list(struct world *world)
{
    return listed(world, WORLD_CYCLE, "gudang", "yunqi");
}

static struct result a_list_of_no_cycle(struct world *world)
{
    return listed(world, "cycle-2030", "gudang", "xixi");
}

static struct result a_list_out_of_order(struct world *world)
{
    return listed(world, "cycle-2027", "xixi", "gudang");
}

static struct result a_list_with_one_twice(struct world *world)
{
    return listed(world, "cycle-2027", "xixi", "xixi");
}

static struct result a_list_with_a_stranger(struct world *world)
{
    return listed(world, "cycle-2027", "xixi", "yunqi");
}

static const struct refusal_case CASES[] = {
    {"a_code_mistyped", a_code_mistyped, INVALID, "organisation.code"},
    {"a_code_too_short", a_code_too_short, INVALID, "organisation.code"},
    {"a_code_with_a_letter_that_none_has", a_code_with_a_letter_that_none_has, INVALID,
     "organisation.code"},
    {"a_code_of_another_organisation", a_code_of_another, CONFLICT, "organisation.code_known"},
    {"an_id_of_another_organisation", an_id_of_another, CONFLICT, "organisation.known"},
    {"a_reviewer_as_representative", by_a_reviewer, INVALID, "organisation.representative"},
    {"a_representative_of_two", by_a_representative_of_another, INVALID,
     "organisation.representative"},
    {"a_representative_nobody_knows", by_nobody, INVALID, "organisation.representative"},
    {"an_organisation_by_one_officer", by_one_officer, UNAUTHORIZED, "signers.count"},
    {"a_delegate_who_is_it_already", to_who_it_is_already, INVALID, "organisation.representative"},
    {"a_delegate_of_another_organisation", to_the_representative_of_another, INVALID,
     "organisation.representative"},
    {"a_delegate_without_the_role", to_a_reviewer, INVALID, "organisation.representative"},
    {"a_delegate_of_an_organisation_unknown", of_nothing, NOT_FOUND, "organisation.unknown"},
    {"a_second_qualification_list", a_second_list, CONFLICT, "qualification.known"},
    {"a_list_of_an_unknown_cycle", a_list_of_no_cycle, NOT_FOUND, "cycle.unknown"},
    {"a_list_out_of_order", a_list_out_of_order, INVALID, "qualification.order"},
    {"a_list_that_names_one_twice", a_list_with_one_twice, INVALID, "qualification.order"},
    {"a_list_with_an_organisation_unknown", a_list_with_a_stranger, NOT_FOUND,
     "organisation.unknown"},
};

/* Every single character of a true code that is another one is found. */
static void any_one_character_mistyped_is_found(void **state)
{
    static const char set[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    static const char code[] = "91330106MA0000003C";
    size_t tried = 0;

    (void)state;
    check_ok(organisation_check_code(bytes_of_string(code)));
    check_ok(organisation_check_code(LITERAL("91350100M000100Y43"))); /* example of GB 32100 */
    for (size_t place = 0; place < sizeof code - 1; place++) {
        for (size_t other = 0; other < sizeof set - 1; other++) {
            char typed[sizeof code];

            memcpy(typed, code, sizeof code);
            typed[place] = set[other];
            if (set[other] != code[place]) {
                check_fails(organisation_check_code(bytes_of_string(typed)), INVALID,
                            "organisation.code");
                tried++;
            }
        }
    }
    assert_int_equal(tried, 18 * 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_one_character_mistyped_is_found),
    };
    struct world *world = world_make();
    int failed = cmocka_run_group_tests(tests, 0, 0);

    world_review_people(world);
    world_review(world, 0);
    world_cycle_text(world, "cycle-2027", 2027);
    check_ok(SEND(world, "qiao", "gu"));
    failed += REFUSALS_RUN("refusals of organisations", world, CASES);
    world_free(world);
    return failed;
}
