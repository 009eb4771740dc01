#include "pen/draft.h"

#include "base/encoding.h"
#include "pen/gather.h"
#include "protocol/dealing.h"
#include "protocol/statement.h"
#include "record/cycle.h"
#include "record/journal.h"
#include "record/result.h"
#include "record/view.h"

/* A text begins with its type and the record's own origin. */
struct beginning {
    const char *type;
    struct buffer *text;
};

static struct result begin_at(void *context, const struct view_genesis *row)
{
    const struct beginning *beginning = context;

    return statement_begin(beginning->text, beginning->type, row->origin);
}

static struct result begin(struct record *record, const char *type, struct buffer *text)
{
    struct beginning beginning = {type, text};

    buffer_clear(text);
    return view_genesis(record, begin_at, &beginning);
}

static struct result add_head(struct record *record, struct buffer *text)
{
    struct merkle_head head;

    TRY(journal_load_head(record, &head));
    TRY(statement_add_number(text, "日志条数", head.size));
    return statement_add_bytes(text, "日志根", BYTES(head.root.bytes));
}

static struct result count_word(void *context, struct bytes word)
{
    (void)word;
    ++*(uint64_t *)context;
    return OK;
}

static struct result count_signin(void *context, const struct view_signin *row)
{
    (void)row;
    ++*(uint64_t *)context;
    return OK;
}

struct result draft_freeze(struct record *record, struct bytes meeting, struct buffer *text)
{
    uint64_t present = 0;
    uint64_t appointed = 0;

    TRY(view_meeting_signins(record, meeting, count_signin, &present));
    TRY(view_meeting_appointed(record, meeting, count_word, &appointed));
    TRY(begin(record, "meeting.freeze", text));
    TRY(statement_add(text, "会议", meeting));
    TRY(statement_add_number(text, "实到", present));
    TRY(statement_add_number(text, "应到", appointed));
    return add_head(record, text);
}

/* --- the manifest --- */

/* The lines of one kind, gathered while rows are visited. */
struct draft {
    struct record *record;
    struct bytes meeting;
    struct buffer *text;
    struct bytes wanted; /* the candidate looked for */
    struct buffer value; /* of the line being made */
};

static struct result put_candidate(void *context, const struct view_candidate *row)
{
    struct draft *draft = context;

    if (!bytes_equal(row->id, draft->wanted)) {
        return OK;
    }
    TRY(buffer_append(&draft->value, row->id));
    TRY(buffer_append_text(&draft->value, " "));
    return buffer_append(&draft->value, row->name);
}

static struct result add_value(struct draft *draft, const char *label)
{
    TRY(statement_add(draft->text, label, buffer_view(&draft->value)));
    buffer_clear(&draft->value);
    return OK;
}

/* The drawn order gives ids, the meeting their names. */
static struct result put_drawn(void *context, struct bytes id)
{
    struct draft *draft = context;

    draft->wanted = id;
    TRY(view_meeting_candidates(draft->record, draft->meeting, put_candidate, draft));
    return add_value(draft, "候选");
}

static struct result put_hidden_name(void *context, const struct view_person *row)
{
    struct draft *draft = context;

    return buffer_append(&draft->value, row->hidden_name);
}

static struct result put_member(void *context, const struct view_signin *row)
{
    struct draft *draft = context;

    TRY(buffer_append(&draft->value, row->person));
    TRY(buffer_append_text(&draft->value, " "));
    TRY(base64_append(&draft->value, BYTES(row->vote_key.bytes)));
    TRY(buffer_append_text(&draft->value, " "));
    TRY(view_person(draft->record, row->person, put_hidden_name, draft));
    return add_value(draft, "名册");
}

/* A recusal counts for those who signed in. */
struct presence {
    struct bytes person;
    bool found;
};

static struct result look_for(void *context, const struct view_signin *row)
{
    struct presence *presence = context;

    presence->found = presence->found || bytes_equal(row->person, presence->person);
    return OK;
}

static struct result put_recusal(void *context, const struct view_recusal *row)
{
    struct draft *draft = context;
    struct presence presence = {row->person, false};

    TRY(view_meeting_signins(draft->record, draft->meeting, look_for, &presence));
    if (!presence.found) {
        return OK;
    }
    TRY(buffer_append(&draft->value, row->person));
    TRY(buffer_append_text(&draft->value, " "));
    TRY(buffer_append(&draft->value, row->candidate));
    return add_value(draft, "回避");
}

static struct result put_trustees(struct draft *draft, const struct gathered_ceremony *gathered)
{
    struct point share_key;

    for (size_t i = 0; i < gathered->ceremony.trustee_count; i++) {
        TRY(dealings_share_key(&gathered->ceremony, gathered->dealings, i + 1, &share_key));
        TRY(buffer_append_decimal(&draft->value, i + 1));
        TRY(buffer_append_text(&draft->value, " "));
        TRY(buffer_append(&draft->value, gathered->ceremony.trustees[i].id));
        TRY(buffer_append_text(&draft->value, " "));
        TRY(base64_append(&draft->value, BYTES(share_key.bytes)));
        TRY(add_value(draft, "受托人"));
    }
    return statement_add_number(draft->text, "门限", gathered->ceremony.threshold);
}

static struct result put_keys(struct draft *draft, struct bytes ceremony)
{
    AUTO_GATHERED *gathered = NULL;
    struct point key;

    TRY(gather_ceremony(draft->record, ceremony, &gathered));
    REQUIRE(gathered->dealt_count == gathered->ceremony.trustee_count, CONFLICT, "trustee.early");
    TRY(dealings_election_key(&gathered->ceremony, gathered->dealings, &key));
    TRY(statement_add_bytes(draft->text, "密钥仪式", BYTES(gathered->ceremony.hash.bytes)));
    TRY(put_trustees(draft, gathered));
    return statement_add_bytes(draft->text, "选举公钥", BYTES(key.bytes));
}

static struct result copy_cycle(void *context, const struct view_meeting *row)
{
    struct buffer *cycle = context;

    return buffer_append(cycle, row->cycle);
}

/* Candidates in drawn order, the cycle's own lines, roll and recusals. */
static struct result put_people(struct draft *draft)
{
    AUTO_BUFFER cycle = BUFFER_INIT;
    const size_t before = draft->text->size;

    TRY(view_meeting_order(draft->record, draft->meeting, put_drawn, draft));
    REQUIRE(draft->text->size > before, CONFLICT, "draft.draw");
    TRY(view_meeting(draft->record, draft->meeting, copy_cycle, &cycle));
    TRY(cycle_load_lines(draft->record, buffer_view(&cycle), draft->text));
    TRY(view_meeting_signins(draft->record, draft->meeting, put_member, draft));
    return view_meeting_recusals(draft->record, draft->meeting, put_recusal, draft);
}

static struct result put_manifest(struct draft *draft, const struct draft_plan *plan)
{
    TRY(statement_add(draft->text, "选举", plan->id));
    TRY(statement_add(draft->text, "会议", plan->meeting));
    TRY(statement_add_number(draft->text, "轮次", 1));
    TRY(put_people(draft));
    TRY(put_keys(draft, plan->ceremony));
    TRY(statement_add_number(draft->text, "批次间隔", plan->window));
    TRY(statement_add_time(draft->text, "开始", plan->opens));
    return statement_add_time(draft->text, "结束", plan->closes);
}

struct result draft_manifest(struct record *record, const struct draft_plan *plan,
                             struct buffer *text)
{
    struct draft draft = {.record = record, .meeting = plan->meeting, .text = text};

    TRY(begin(record, "election.open", text));
    const struct result result = put_manifest(&draft, plan);
    buffer_free(&draft.value);
    return result;
}

/* --- close, result and minutes --- */

struct counted {
    struct hash32 manifest;
    uint64_t ballots;
};

static struct result take_counts(void *context, const struct view_election *row)
{
    *(struct counted *)context = (struct counted){row->manifest, row->ballots};
    return OK;
}

struct result draft_close(struct record *record, struct bytes election, struct buffer *text)
{
    struct counted counted;

    TRY(view_election(record, election, take_counts, &counted));
    TRY(begin(record, "election.close", text));
    TRY(statement_add_bytes(text, "清单", BYTES(counted.manifest.bytes)));
    TRY(statement_add_number(text, "选票数", counted.ballots));
    return add_head(record, text);
}

struct result draft_result(struct record *record, struct bytes election, struct buffer *text)
{
    struct hash32 manifest;

    TRY(gather_manifest(record, election, &manifest));
    TRY(begin(record, "election.result", text));
    TRY(statement_add_bytes(text, "清单", BYTES(manifest.bytes)));
    return result_compute_fields(record, &manifest, text);
}

static struct result put_election(void *context, const struct view_election *row)
{
    return statement_add_bytes(context, "清单", BYTES(row->manifest.bytes));
}

struct result draft_minutes(struct record *record, struct bytes meeting, struct bytes words,
                            struct buffer *text)
{
    TRY(begin(record, "meeting.minutes", text));
    TRY(statement_add(text, "会议", meeting));
    TRY(view_meeting_elections(record, meeting, put_election, text));
    return statement_add(text, "纪要", words);
}
