#include "verifier/sign_off_list.h"

#include <string.h>

#include "base/text.h"
#include "record/report.h"

static struct sign_off_line *lines_of(const struct sign_off *list)
{
    return (void *)list->lines.data;
}

static struct sign_off_line *find_person(const struct sign_off *list, struct bytes person)
{
    struct sign_off_line *const lines = lines_of(list);

    for (size_t i = 0; i < sign_off_line_count(list); i++) {
        if (bytes_equal(lines[i].person, person)) {
            return &lines[i];
        }
    }
    return NULL;
}

/* Of somebody on the list twice (a reviewer who came to speak for the organisation), that line. */
static struct sign_off_line *find_capacity(const struct sign_off *list, struct bytes person,
                                           struct bytes capacity)
{
    struct sign_off_line *const lines = lines_of(list);

    for (size_t i = 0; i < sign_off_line_count(list); i++) {
        if (bytes_equal(lines[i].person, person) && bytes_equal(lines[i].capacity, capacity)) {
            return &lines[i];
        }
    }
    return find_person(list, person);
}

static struct sign_off_line *find_reviewer(const struct sign_off *list, struct bytes person)
{
    struct sign_off_line *const lines = lines_of(list);

    for (size_t i = 0; i < sign_off_line_count(list); i++) {
        if (lines[i].organisation.size == 0 && bytes_equal(lines[i].person, person)) {
            return &lines[i];
        }
    }
    return NULL;
}

static struct sign_off_line *find_organisation(const struct sign_off *list,
                                               struct bytes organisation)
{
    struct sign_off_line *const lines = lines_of(list);

    for (size_t i = 0; i < sign_off_line_count(list); i++) {
        if (lines[i].organisation.size > 0 && bytes_equal(lines[i].organisation, organisation)) {
            return &lines[i];
        }
    }
    return NULL;
}

bool sign_off_list_has_organisation(const struct sign_off *list, struct bytes organisation)
{
    return find_organisation(list, organisation) != NULL;
}

static struct result append_line(struct buffer *lines, const struct sign_off_line *line)
{
    return buffer_append(lines, (struct bytes){(const uint8_t *)line, sizeof *line});
}

/* --- the filing --- */

static struct result read_line(const struct statement *filing, size_t index,
                               struct sign_off_line *out)
{
    struct bytes rest = statement_value_at(filing, "须签", index);

    *out = (struct sign_off_line){.index = SIGN_OFF_NONE};
    out->person = text_cut(&rest, ' ');
    out->capacity = rest;
    const bool organisation = bytes_is(rest, CAPACITY_SUBJECT);

    REQUIRE(text_is_id(out->person), INVALID, "report.signers");
    REQUIRE(organisation || bytes_is(rest, CAPACITY_LEADER) || bytes_is(rest, CAPACITY_REVIEWER),
            INVALID, "report.signers");
    if (organisation) {
        out->organisation = statement_value(filing, "受评组织");
    }
    return OK;
}

static bool is_new(const struct buffer *lines, struct bytes person)
{
    const struct sign_off list = {.lines = *lines};

    return find_person(&list, person) == NULL;
}

struct result sign_off_list_read(const struct statement *filing, struct buffer *lines,
                                 struct bytes *leader)
{
    const size_t count = statement_count(filing, "须签");
    struct sign_off_line line;
    size_t leaders = 0;

    for (size_t i = 0; i < count; i++) {
        TRY(read_line(filing, i, &line));
        REQUIRE(is_new(lines, line.person), INVALID, "report.signers");
        if (bytes_is(line.capacity, CAPACITY_LEADER)) {
            *leader = line.person;
            leaders++;
        }
        TRY(append_line(lines, &line));
    }
    REQUIRE(leaders == 1, INVALID, "report.signers");
    return OK;
}

/* --- the state --- */

static enum sign_off_state state_of(const struct sign_off *list)
{
    enum sign_off_state state = SIGN_OFF_COMPLETE;

    for (size_t i = 0; i < sign_off_line_count(list); i++) {
        const enum sign_off_verdict verdict = sign_off_line_at(list, i)->verdict;

        if (verdict == SIGN_OFF_DISAGREED) {
            return SIGN_OFF_BLOCKED;
        }
        if (verdict == SIGN_OFF_MISSING) {
            state = SIGN_OFF_OPEN;
        }
    }
    return state;
}

static void settle(struct sign_off *list, const struct sign_off_act *act)
{
    const enum sign_off_state state = state_of(list);

    if (state != list->state) {
        list->state = state;
        list->since = act->index;
    }
}

static struct result require_standing(const struct sign_off *list)
{
    REQUIRE(list->state != SIGN_OFF_VOID || strcmp(list->voided_how, "superseded") != 0, CONFLICT,
            "report.superseded");
    REQUIRE(list->state != SIGN_OFF_VOID, CONFLICT, "report.voided");
    return OK;
}

static void make_void(struct sign_off *list, const struct sign_off_act *act, const char *how)
{
    list->state = SIGN_OFF_VOID;
    list->since = act->index;
    list->voided_how = how;
}

struct result sign_off_list_void(struct sign_off *list, const struct sign_off_act *act,
                                 const char *how)
{
    /* A new version follows a void one as well as any other. */
    if (list->state == SIGN_OFF_VOID && strcmp(how, "superseded") == 0) {
        return OK;
    }
    TRY(require_standing(list));
    make_void(list, act, how);
    return OK;
}

/* --- signing, refusing --- */

static struct result require_file(const struct sign_off *list, const struct statement *statement)
{
    struct hash32 file;

    TRY(statement_hash(statement, "文件", &file));
    REQUIRE(hash32_equal(&file, &list->file), INVALID, "report.hash");
    return OK;
}

static struct result read_opinion(const struct statement *statement, enum sign_off_verdict *out)
{
    const struct bytes opinion = statement_value(statement, "意见");

    *out = bytes_is(opinion, "同意")       ? SIGN_OFF_AGREED
           : bytes_is(opinion, "保留意见") ? SIGN_OFF_RESERVED
                                           : SIGN_OFF_DISAGREED;
    REQUIRE(statement_has(statement, "理由") == (*out != SIGN_OFF_AGREED), INVALID,
            "report.reason");
    return OK;
}

static void write_line(struct sign_off_line *line, const struct sign_off_act *act,
                       enum sign_off_verdict verdict)
{
    line->verdict = verdict;
    line->index = act->index;
    line->time = act->time;
    line->text = statement_digest(act->statement);
    line->reason = statement_value(act->statement, "理由");
}

struct result sign_off_list_sign(struct sign_off *list, const struct sign_off_act *act)
{
    const struct statement *const statement = act->statement;
    struct sign_off_line *const line = find_capacity(list, statement_value(statement, "签署人"),
                                                     statement_value(statement, "身份"));
    enum sign_off_verdict verdict;

    TRY(require_standing(list));
    TRY(require_file(list, statement));
    REQUIRE(line != NULL, INVALID, "report.signer");
    REQUIRE(bytes_equal(line->capacity, statement_value(statement, "身份")), INVALID,
            "report.capacity");
    TRY(read_opinion(statement, &verdict));
    REQUIRE(line->verdict == SIGN_OFF_MISSING || line->verdict == SIGN_OFF_REFUSED, CONFLICT,
            "report.signed");
    REQUIRE(line->verdict == SIGN_OFF_MISSING, CONFLICT, "report.refused");
    write_line(line, act, verdict);
    settle(list, act);
    return OK;
}

struct result sign_off_list_refuse(struct sign_off *list, const struct sign_off_act *act)
{
    struct sign_off_line *const line =
        find_organisation(list, statement_value(act->statement, "组织"));

    TRY(require_standing(list));
    TRY(require_file(list, act->statement));
    REQUIRE(line != NULL, INVALID, "report.refusal");
    REQUIRE(line->verdict == SIGN_OFF_MISSING || line->verdict == SIGN_OFF_REFUSED, CONFLICT,
            "report.signed");
    REQUIRE(line->verdict == SIGN_OFF_MISSING, CONFLICT, "report.refused");
    write_line(line, act, SIGN_OFF_REFUSED);
    settle(list, act);
    return OK;
}

/* --- a change of persons --- */

/* The line is the newcomer's; what the leaver signed is kept apart. */
static struct result hand_over(struct sign_off *list, struct sign_off_line *line,
                               struct bytes newcomer)
{
    if (line->verdict == SIGN_OFF_REFUSED) {
        line->person = newcomer; /* the organisation refused, whoever speaks for it now */
        return OK;
    }
    if (line->verdict != SIGN_OFF_MISSING) {
        TRY(append_line(&list->former, line));
    }
    *line = (struct sign_off_line){.person = newcomer,
                                   .capacity = line->capacity,
                                   .organisation = line->organisation,
                                   .index = SIGN_OFF_NONE};
    return OK;
}

static bool is_over(const struct sign_off *list)
{
    return list->state == SIGN_OFF_COMPLETE || list->state == SIGN_OFF_VOID;
}

/* What nobody has signed says what its person is now; a signature says what it said. */
static void name_leader(struct sign_off *list, struct bytes leader)
{
    struct sign_off_line *const lines = lines_of(list);

    for (size_t i = 0; i < sign_off_line_count(list); i++) {
        if (lines[i].organisation.size == 0 && lines[i].verdict == SIGN_OFF_MISSING) {
            lines[i].capacity = bytes_equal(lines[i].person, leader)
                                    ? bytes_of_string(CAPACITY_LEADER)
                                    : bytes_of_string(CAPACITY_REVIEWER);
        }
    }
}

struct result sign_off_list_replace(struct sign_off *list, const struct sign_off_act *act,
                                    bool again)
{
    struct sign_off_line *const leaver =
        find_reviewer(list, statement_value(act->statement, "退出"));
    const struct bytes newcomer = statement_value(act->statement, "接替");

    if (is_over(list)) {
        return OK;
    }
    REQUIRE(leaver != NULL, INVALID, "team.member");
    REQUIRE(find_reviewer(list, newcomer) == NULL, INVALID, "team.present");
    if (again) {
        make_void(list, act, "team");
        return OK;
    }
    TRY(hand_over(list, leaver, newcomer));
    name_leader(list, statement_value(act->statement, "组长"));
    settle(list, act);
    return OK;
}

struct result sign_off_list_delegate(struct sign_off *list, const struct sign_off_act *act,
                                     bool again)
{
    struct sign_off_line *const line =
        find_organisation(list, statement_value(act->statement, "组织"));

    if (is_over(list)) {
        return OK;
    }
    REQUIRE(line != NULL, INVALID, "sign_off.stranger");
    if (again) {
        make_void(list, act, "team");
        return OK;
    }
    TRY(hand_over(list, line, statement_value(act->statement, "代表")));
    settle(list, act);
    return OK;
}
