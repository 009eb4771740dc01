#include "record/team.h"

#include <string.h>

#include "protocol/statement.h"
#include "record/conflict.h"
#include "record/cycle.h"
#include "record/must_sign.h"
#include "record/organisation.h"
#include "record/people.h"
#include "record/query.h"
#include "record/state.h"

/* --- what stands --- */

static const char SELECT_TEAM[] = "SELECT cycle, leader FROM team WHERE id = :id";

struct result team_load(struct record *record, struct bytes id, struct team *out)
{
    AUTO_QUERY query = query_start(record, SELECT_TEAM);
    bool row;

    memset(out, 0, sizeof *out);
    query_bind_text(&query, ":id", id);
    TRY(query_step(&query, &row));
    REQUIRE(row, NOT_FOUND, "team.unknown");
    state_copy_id(id, out->id);
    state_copy_id(query_text(&query, 0), out->cycle);
    state_copy_id(query_text(&query, 1), out->leader);
    return OK;
}

static const char SELECT_MEMBER[] =
    "SELECT 1 FROM team_member WHERE team = :team AND person = :person";

struct result team_has_member(struct record *record, struct bytes team, struct bytes person,
                              bool *out)
{
    AUTO_QUERY query = query_start(record, SELECT_MEMBER);

    query_bind_text(&query, ":team", team);
    query_bind_text(&query, ":person", person);
    return query_step(&query, out);
}

static const char SELECT_REVIEWER[] =
    "SELECT 1 FROM team_member JOIN team ON team.id = team_member.team"
    " WHERE team.cycle = :cycle AND person = :person"
    " UNION ALL "
    "SELECT 1 FROM team_change JOIN team ON team.id = team_change.team"
    " WHERE team.cycle = :cycle AND leaver = :person";

struct result team_has_reviewer(struct record *record, struct bytes cycle, struct bytes person,
                                bool *out)
{
    AUTO_QUERY query = query_start(record, SELECT_REVIEWER);

    query_bind_text(&query, ":cycle", cycle);
    query_bind_text(&query, ":person", person);
    return query_step(&query, out);
}

static const char SELECT_SUBJECT[] =
    "SELECT 1 FROM team_subject WHERE team = :team AND organisation = :organisation";

struct result team_reviews(struct record *record, struct bytes team, struct bytes organisation,
                           bool *out)
{
    AUTO_QUERY query = query_start(record, SELECT_SUBJECT);

    query_bind_text(&query, ":team", team);
    query_bind_text(&query, ":organisation", organisation);
    return query_step(&query, out);
}

static const char SELECT_MEMBERS[] =
    "SELECT person FROM team_member WHERE team = :team ORDER BY person";

struct result team_members(struct record *record, struct bytes team, team_member_visit *visit,
                           void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_MEMBERS);
    bool row;

    query_bind_text(&query, ":team", team);
    TRY(query_step(&query, &row));
    while (row) {
        TRY(visit(context, query_text(&query, 0)));
        TRY(query_step(&query, &row));
    }
    return OK;
}

/* --- who may be in a team --- */

struct result team_check_reviewer(struct record *record, struct bytes person)
{
    return person_require_named(record, person, ROLE_REVIEWER, "team.reviewer");
}

struct result team_check_conflicts(const struct fold *fold, struct bytes cycle, struct bytes person)
{
    const size_t count = statement_count(fold->statement, "受评组织");
    bool stands;

    for (size_t i = 0; i < count; i++) {
        TRY(conflict_stands(fold->record, cycle, person,
                            statement_value_at(fold->statement, "受评组织", i), &stands));
        REQUIRE(!stands, INVALID, "team.conflict");
    }
    return OK;
}

/* What a reviewer must have done before the first assignment of a cycle, and must not be. */
static struct result check_ready(const struct fold *fold, struct bytes cycle, struct bytes person)
{
    bool is_member, undertaken, declared;

    TRY(team_check_reviewer(fold->record, person));
    TRY(person_has_role(fold->record, person, bytes_of_string(ROLE_MEMBER), &is_member));
    REQUIRE(!is_member, INVALID, "team.dual_role");
    TRY(conflict_has_undertaken(fold->record, cycle, person, &undertaken));
    REQUIRE(undertaken, INVALID, "team.undertaking");
    TRY(conflict_has_declared(fold->record, cycle, person, &declared));
    REQUIRE(declared, INVALID, "team.undeclared");
    return OK;
}

/* --- team.form --- */

static bool names(const struct fold *fold, const char *label, struct bytes value)
{
    const size_t count = statement_count(fold->statement, label);

    for (size_t i = 0; i < count; i++) {
        if (bytes_equal(statement_value_at(fold->statement, label, i), value)) {
            return true;
        }
    }
    return false;
}

static struct result check_shape(const struct fold *fold)
{
    REQUIRE(statement_count(fold->statement, "评审员") >= TEAM_SIZE_MIN, INVALID, "team.size");
    REQUIRE(names(fold, "评审员", statement_value(fold->statement, "组长")), INVALID,
            "team.leader");
    TRY(organisation_check_order(fold, "评审员", "team.order"));
    return organisation_check_order(fold, "受评组织", "team.order");
}

static struct result check_organisations(const struct fold *fold, struct bytes cycle)
{
    const size_t count = statement_count(fold->statement, "受评组织");
    bool qualified;

    for (size_t i = 0; i < count; i++) {
        TRY(organisation_is_qualified(
            fold->record, cycle, statement_value_at(fold->statement, "受评组织", i), &qualified));
        REQUIRE(qualified, INVALID, "team.organisation");
    }
    return OK;
}

static struct result check_reviewers(const struct fold *fold, struct bytes cycle)
{
    const size_t count = statement_count(fold->statement, "评审员");

    for (size_t i = 0; i < count; i++) {
        const struct bytes person = statement_value_at(fold->statement, "评审员", i);
        struct result fit = check_ready(fold, cycle, person);

        if (is_ok(fit)) {
            fit = team_check_conflicts(fold, cycle, person);
        }
        if (!is_ok(fit)) {
            return fail_field(fit.failure, fit.rule, "评审员", i + 1);
        }
    }
    return OK;
}

static struct result check_form(const struct fold *fold)
{
    const struct bytes cycle = statement_value(fold->statement, "周期");
    struct result found;
    struct cycle loaded;
    struct team team;

    found = team_load(fold->record, statement_value(fold->statement, "评审组"), &team);
    REQUIRE(!is_ok(found), CONFLICT, "team.known");
    REQUIRE(found.failure == NOT_FOUND, found.failure, found.rule);
    TRY(cycle_load(fold->record, cycle, &loaded));
    TRY(check_shape(fold));
    TRY(check_reviewers(fold, cycle));
    return check_organisations(fold, cycle);
}

static const char INSERT_TEAM[] = "INSERT INTO team (id, cycle, leader, position)"
                                  " VALUES (:id, :cycle, :leader, :position)";

static struct result insert_team(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_TEAM);

    query_bind_text(&query, ":id", statement_value(fold->statement, "评审组"));
    query_bind_text(&query, ":cycle", statement_value(fold->statement, "周期"));
    query_bind_text(&query, ":leader", statement_value(fold->statement, "组长"));
    query_bind_number(&query, ":position", fold->index);
    return query_run(&query);
}

static const char INSERT_MEMBER[] = "INSERT INTO team_member (team, person) VALUES (:team, :id)";
static const char INSERT_SUBJECT[] =
    "INSERT INTO team_subject (team, organisation) VALUES (:team, :id)";
static const char DELETE_MEMBER[] = "DELETE FROM team_member WHERE team = :team AND person = :id";

static struct result run_of_team(const struct fold *fold, const char *sql, struct bytes id)
{
    AUTO_QUERY query = query_start(fold->record, sql);

    query_bind_text(&query, ":team", statement_value(fold->statement, "评审组"));
    query_bind_text(&query, ":id", id);
    return query_run(&query);
}

static struct result insert_each(const struct fold *fold, const char *label, const char *sql)
{
    const size_t count = statement_count(fold->statement, label);

    for (size_t i = 0; i < count; i++) {
        TRY(run_of_team(fold, sql, statement_value_at(fold->statement, label, i)));
    }
    return OK;
}

static struct result apply_form(const struct fold *fold)
{
    TRY(insert_team(fold));
    TRY(insert_each(fold, "评审员", INSERT_MEMBER));
    return insert_each(fold, "受评组织", INSERT_SUBJECT);
}

/* --- team.replace --- */

static const char SELECT_CONFLICTS[] = "SELECT organisation FROM team_subject WHERE team = :team";

static struct result check_team_conflicts(const struct fold *fold, const struct team *team,
                                          struct bytes person)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_CONFLICTS);
    bool row, stands;

    query_bind_text(&query, ":team", bytes_of_string(team->id));
    TRY(query_step(&query, &row));
    while (row) {
        TRY(conflict_stands(fold->record, bytes_of_string(team->cycle), person,
                            query_text(&query, 0), &stands));
        REQUIRE(!stands, INVALID, "team.conflict");
        TRY(query_step(&query, &row));
    }
    return OK;
}

/* Who leads afterwards is the new one, or somebody who stays. */
static struct result check_leader_after(const struct fold *fold, const struct team *team)
{
    const struct bytes leader = statement_value(fold->statement, "组长");
    bool is_member;

    TRY(team_has_member(fold->record, bytes_of_string(team->id), leader, &is_member));
    REQUIRE(bytes_equal(leader, statement_value(fold->statement, "接替")) ||
                (is_member && !bytes_equal(leader, statement_value(fold->statement, "退出"))),
            INVALID, "team.leader");
    return OK;
}

static struct result check_replace(const struct fold *fold)
{
    const struct bytes in = statement_value(fold->statement, "接替");
    struct team team;
    bool leaves, present;

    TRY(team_load(fold->record, bytes_of_string(fold->prepared->subject.team), &team));
    TRY(team_has_member(fold->record, bytes_of_string(team.id),
                        statement_value(fold->statement, "退出"), &leaves));
    REQUIRE(leaves, INVALID, "team.member");
    TRY(team_has_member(fold->record, bytes_of_string(team.id), in, &present));
    REQUIRE(!present, INVALID, "team.present");
    TRY(check_ready(fold, bytes_of_string(team.cycle), in));
    TRY(check_team_conflicts(fold, &team, in));
    return check_leader_after(fold, &team);
}

static const char UPDATE_LEADER[] = "UPDATE team SET leader = :id WHERE id = :team";

static const char INSERT_CHANGE[] = "INSERT INTO team_change (position, team, leaver, successor)"
                                    " VALUES (:position, :team, :leaver, :successor)";

static struct result insert_change(const struct fold *fold, const struct change *change)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_CHANGE);

    query_bind_number(&query, ":position", fold->index);
    query_bind_text(&query, ":team", change->team);
    query_bind_text(&query, ":leaver", change->out);
    query_bind_text(&query, ":successor", change->in);
    return query_run(&query);
}

static struct result apply_replace(const struct fold *fold)
{
    const struct change change = {
        .team = statement_value(fold->statement, "评审组"),
        .out = statement_value(fold->statement, "退出"),
        .in = statement_value(fold->statement, "接替"),
    };

    TRY(run_of_team(fold, DELETE_MEMBER, change.out));
    TRY(run_of_team(fold, INSERT_MEMBER, change.in));
    TRY(run_of_team(fold, UPDATE_LEADER, statement_value(fold->statement, "组长")));
    TRY(insert_change(fold, &change));
    return must_sign_change(fold, &change);
}

/* --- rows --- */

static const struct field_type FORM[] = {
    FIELD_ONE("评审组", KIND_ID),  FIELD_ONE("周期", KIND_ID),      FIELD_ONE("组长", KIND_ID),
    FIELD_SOME("评审员", KIND_ID), FIELD_SOME("受评组织", KIND_ID),
};
static const struct field_type REPLACE[] = {
    FIELD_ONE("评审组", KIND_ID), FIELD_ONE("退出", KIND_ID),     FIELD_ONE("接替", KIND_ID),
    FIELD_ONE("组长", KIND_ID),   FIELD_ONE("理由", KIND_HIDDEN),
};

static const struct statement_type FORM_TYPE = ROW("team.form", FORM);
static const struct statement_type REPLACE_TYPE = ROW("team.replace", REPLACE);

static const struct type ROWS[] = {
    {
        .row = &FORM_TYPE,
        .signers = SIGNED_BY(SIGNER_OFFICER),
        .article = "第十一条",
        .remark = "3 or more, the leader among them; no member of the committee, no conflict",
        .check = check_form,
        .apply = apply_form,
    },
    {
        .row = &REPLACE_TYPE,
        .signers = SIGNED_BY(SIGNER_OFFICER, SIGNER_OFFICER),
        .subject = SUBJECT_TEAM,
        .article = "第十一条",
        .remark = "组长 leads afterwards; acts on reports that are open or blocked",
        .check = check_replace,
        .apply = apply_replace,
    },
};

const struct type_list TEAM_TYPES = {"audit/record/team.c", "Teams", ROWS,
                                     sizeof ROWS / sizeof ROWS[0]};
