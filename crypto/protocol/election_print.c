/* The writing half of election.h: each line is made in a buffer of its own, then added. */
#include "base/encoding.h"
#include "protocol/election.h"

static struct result put_word(struct buffer *line, struct bytes word)
{
    if (line->size > 0) {
        TRY(buffer_append_text(line, " "));
    }
    return buffer_append(line, word);
}

static struct result put_number(struct buffer *line, uint64_t number)
{
    if (line->size > 0) {
        TRY(buffer_append_text(line, " "));
    }
    return buffer_append_decimal(line, number);
}

static struct result put_key(struct buffer *line, const struct point *key)
{
    TRY(buffer_append_text(line, " "));
    return base64_append(line, BYTES(key->bytes));
}

static struct result put_grades(struct buffer *line, grade_set grades)
{
    for (unsigned grade = 0; grade < GRADES_MAX; grade++) {
        if ((grades >> grade & 1u) != 0) {
            TRY(put_number(line, grade));
        }
    }
    return OK;
}

/* Adds the line and empties it for the next. */
static struct result add_line(struct buffer *text, const char *label, struct buffer *line)
{
    TRY(statement_add(text, label, buffer_view(line)));
    buffer_clear(line);
    return OK;
}

static struct result print_head(const struct election *parts, struct buffer *out)
{
    TRY(statement_begin(out, ELECTION_TYPE.name, parts->origin));
    TRY(statement_add(out, "选举", parts->id));
    TRY(statement_add(out, "会议", parts->meeting));
    TRY(statement_add_number(out, "轮次", parts->round));
    if (parts->has_previous) {
        TRY(statement_add_bytes(out, "上一轮清单", BYTES(parts->previous.bytes)));
    }
    return OK;
}

static struct result print_choices(const struct election *parts, struct buffer *out)
{
    AUTO_BUFFER line = BUFFER_INIT;

    for (size_t i = 0; i < parts->candidate_count; i++) {
        TRY(put_word(&line, parts->candidates[i].id));
        TRY(put_word(&line, parts->candidates[i].name));
        TRY(add_line(out, "候选", &line));
    }
    for (size_t i = 0; i < parts->grade_count; i++) {
        TRY(put_number(&line, i));
        TRY(put_number(&line, parts->grades[i].weight));
        TRY(put_word(&line, parts->grades[i].name));
        TRY(add_line(out, "等次", &line));
    }
    for (size_t i = 0; i < parts->limit_count; i++) {
        TRY(put_number(&line, parts->limits[i].max));
        TRY(put_grades(&line, parts->limits[i].grades));
        TRY(add_line(out, "限额", &line));
    }
    return OK;
}

static struct result print_pass(const struct election_pass *pass, struct buffer *out)
{
    AUTO_BUFFER line = BUFFER_INIT;

    TRY(put_grades(&line, pass->grades));
    TRY(put_number(&line, pass->numerator));
    TRY(buffer_append_text(&line, "/"));
    TRY(buffer_append_decimal(&line, pass->denominator));
    TRY(put_word(&line, pass->base == BASE_APPOINTED ? LITERAL("应到") : LITERAL("实到")));
    TRY(put_word(&line, pass->comparison == PASS_AT_LEAST ? LITERAL("不少于") : LITERAL("超过")));
    return add_line(out, "通过", &line);
}

static struct result print_rules(const struct election *parts, struct buffer *out)
{
    AUTO_BUFFER line = BUFFER_INIT;

    for (size_t i = 0; i < parts->seat_count; i++) {
        TRY(put_number(&line, parts->seats[i].grade));
        TRY(put_number(&line, parts->seats[i].places));
        TRY(add_line(out, "席位", &line));
    }
    for (size_t i = 0; i < parts->pass_count; i++) {
        TRY(print_pass(&parts->passes[i], out));
    }
    return OK;
}

static struct result print_recusals(const struct election *parts,
                                    const struct election_member *member, struct buffer *out)
{
    AUTO_BUFFER line = BUFFER_INIT;

    for (size_t i = 0; i < member->recused_count; i++) {
        TRY(put_word(&line, member->id));
        TRY(put_word(&line, parts->candidates[member->recused[i]].id));
        TRY(add_line(out, "回避", &line));
    }
    return OK;
}

static struct result print_roll(const struct election *parts, struct buffer *out)
{
    AUTO_BUFFER line = BUFFER_INIT;

    for (size_t i = 0; i < parts->roll_count; i++) {
        TRY(put_word(&line, parts->roll[i].id));
        TRY(put_key(&line, &parts->roll[i].key));
        TRY(put_word(&line, parts->roll[i].hidden_name));
        TRY(add_line(out, "名册", &line));
    }
    for (size_t i = 0; i < parts->roll_count; i++) {
        TRY(print_recusals(parts, &parts->roll[i], out));
    }
    return OK;
}

static struct result print_trustees(const struct election *parts, struct buffer *out)
{
    AUTO_BUFFER line = BUFFER_INIT;

    TRY(statement_add_bytes(out, "密钥仪式", BYTES(parts->ceremony.bytes)));
    for (size_t i = 0; i < parts->trustee_count; i++) {
        TRY(put_number(&line, i + 1));
        TRY(put_word(&line, parts->trustees[i].id));
        TRY(put_key(&line, &parts->trustees[i].key));
        TRY(add_line(out, "受托人", &line));
    }
    TRY(statement_add_number(out, "门限", parts->threshold));
    return statement_add_bytes(out, "选举公钥", BYTES(parts->key.bytes));
}

struct result election_print(const struct election *parts, struct buffer *out)
{
    TRY(print_head(parts, out));
    TRY(print_choices(parts, out));
    TRY(print_rules(parts, out));
    TRY(print_roll(parts, out));
    TRY(print_trustees(parts, out));
    TRY(statement_add_number(out, "批次间隔", parts->window));
    TRY(statement_add_time(out, "开始", parts->opens));
    return statement_add_time(out, "结束", parts->closes);
}
