/*
 * What reviewers undertake and declare, and what officers find. Articles 12, 29.
 * covers: conflict
 */
#include "check.h"
#include "support/refusals.h"

static struct result a_second_undertaking(struct world *world)
{
    world_undertake_text(world, "an");
    world_replace(world, "承诺", 0, "再次承诺保密。");
    return SEND(world, "an");
}

static struct result an_undertaking_of_a_member(struct world *world)
{
    world_undertake_text(world, "m01");
    return SEND(world, "m01");
}

static struct result an_undertaking_for_another(struct world *world)
{
    world_undertake_text(world, "du");
    return SEND(world, "an");
}

static struct result an_undertaking_for_no_cycle(struct world *world)
{
    world_undertake_text(world, "du");
    world_replace(world, "周期", 0, "cycle-2030");
    return SEND(world, "du");
}

static struct result before_the_list(struct world *world)
{
    world_declare_text(world, "du", 0);
    world_replace(world, "周期", 0, "cycle-2027");
    return SEND(world, "du");
}

static struct result a_line_less(struct world *world)
{
    world_declare_text(world, "du", 0);
    world_drop(world, "利益关系", 1);
    return SEND(world, "du");
}

static struct result a_line_twice(struct world *world)
{
    world_declare_text(world, "du", 0);
    world_double(world, "利益关系", 1);
    return SEND(world, "du");
}

static struct result in_another_order(struct world *world)
{
    world_declare_text(world, "du", 0);
    world_swap(world, "利益关系", 0);
    return SEND(world, "du");
}

static struct result of_another_organisation(struct world *world)
{
    world_declare_text(world, "du", 0);
    world_replace(world, "利益关系", 1, "yunqi 无");
    return SEND(world, "du");
}

static struct result with_another_word(struct world *world)
{
    world_declare_text(world, "du", 0);
    world_replace(world, "利益关系", 0, "gudang 也许");
    return SEND(world, "du");
}

static struct result a_conflict_taken_back(struct world *world)
{
    world_declare_text(world, "ci", 0);
    return SEND(world, "ci");
}

static struct result a_note_about_nothing(struct world *world)
{
    world_declare_text(world, "du", 0);
    world_put_hidden(world, "conflict.declare", "说明", "没有");
    return SEND(world, "du");
}

static struct result of_a_representative(struct world *world)
{
    world_declare_text(world, "ma", 0);
    return SEND(world, "ma");
}

static struct result for_another(struct world *world)
{
    world_declare_text(world, "du", "xixi");
    return SEND(world, "an");
}

static struct result found(struct world *world, const char *person, const char *organisation)
{
    world_find_text(world, person, organisation);
    return SEND(world, "gu", "he");
}

static struct result found_twice(struct world *world)
{
    world_find_text(world, "bo", "xixi");
    world_replace(world, "理由", 0, "#AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    return SEND(world, "gu", "he");
}

static struct result found_of_a_stranger(struct world *world)
{
    return found(world, "nobody", "xixi");
}

static struct result found_with_a_stranger(struct world *world)
{
    return found(world, "bo", "yunqi");
}

static struct result found_by_one_officer(struct world *world)
{
    world_find_text(world, "an", "xixi");
    return SEND(world, "gu");
}

static const struct refusal_case CASES[] = {
    {"a_second_undertaking", a_second_undertaking, CONFLICT, "secrecy.known"},
    {"an_undertaking_of_a_member", an_undertaking_of_a_member, INVALID, "reviewer.role"},
    {"an_undertaking_for_another", an_undertaking_for_another, UNAUTHORIZED, "signers.person"},
    {"an_undertaking_for_an_unknown_cycle", an_undertaking_for_no_cycle, NOT_FOUND,
     "cycle.unknown"},
    {"a_declaration_before_the_list", before_the_list, INVALID, "qualification.missing"},
    {"a_declaration_without_an_organisation", a_line_less, INVALID, "conflict.lines"},
    {"a_declaration_with_one_twice", a_line_twice, INVALID, "conflict.lines"},
    {"a_declaration_in_another_order", in_another_order, INVALID, "conflict.lines"},
    {"a_declaration_about_another_organisation", of_another_organisation, INVALID,
     "conflict.lines"},
    {"a_declaration_that_says_maybe", with_another_word, INVALID, "conflict.lines"},
    {"a_conflict_taken_back", a_conflict_taken_back, CONFLICT, "conflict.withdrawn"},
    {"an_explanation_of_no_conflict", a_note_about_nothing, INVALID, "conflict.note"},
    {"a_declaration_of_a_representative", of_a_representative, INVALID, "reviewer.role"},
    {"a_declaration_for_another", for_another, UNAUTHORIZED, "signers.person"},
    {"a_conflict_found_twice", found_twice, CONFLICT, "conflict.known"},
    {"a_conflict_of_nobody", found_of_a_stranger, NOT_FOUND, "person.unknown"},
    {"a_conflict_with_nobody", found_with_a_stranger, NOT_FOUND, "organisation.unknown"},
    {"a_conflict_found_by_one_officer", found_by_one_officer, UNAUTHORIZED, "signers.count"},
};

int main(void)
{
    struct world *world = world_make();
    int failed;

    world_review_people(world);
    world_review(world, 0);
    world_cycle_text(world, "cycle-2027", 2027);
    check_ok(SEND(world, "qiao", "gu"));
    world_undertake_text(world, "an");
    check_ok(SEND(world, "an"));
    world_declare_text(world, "ci", "gudang");
    world_put_hidden(world, "conflict.declare", "说明", "前任职单位");
    check_ok(SEND(world, "ci"));
    check_ok(found(world, "bo", "xixi"));
    failed = REFUSALS_RUN("refusals of declarations", world, CASES);
    world_free(world);
    return failed;
}
