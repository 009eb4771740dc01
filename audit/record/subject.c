#include "record/subject.h"

#include "protocol/ballot.h"
#include "record/ceremony.h"
#include "record/election.h"
#include "record/meeting.h"
#include "record/query.h"
#include "record/report.h"
#include "record/state.h"
#include "record/team.h"
#include "record/types.h"

static struct result find_meeting(struct record *record, struct prepared *prepared)
{
    const struct bytes id = statement_value(prepared->statement, "会议");
    struct meeting meeting;

    TRY(meeting_load(record, id, &meeting));
    state_copy_id(id, prepared->subject.meeting);
    return OK;
}

static struct result find_ceremony(struct record *record, struct prepared *prepared)
{
    struct ceremony_state ceremony;

    TRY(statement_hash(prepared->statement, "密钥仪式", &prepared->subject.ceremony));
    return ceremony_load(record, &prepared->subject.ceremony, &ceremony);
}

static struct result find_election(struct record *record, struct prepared *prepared)
{
    struct subject *subject = &prepared->subject;
    struct election_state election;

    TRY(statement_hash(prepared->statement, "清单", &subject->manifest));
    TRY(election_load(record, &subject->manifest, &election));
    state_copy_id(bytes_of_string(election.meeting), subject->meeting);
    subject->ceremony = election.ceremony;
    return statement_has(prepared->statement, "标签")
               ? statement_point(prepared->statement, "标签", 0, &prepared->tag)
               : OK;
}

/* The shape of a ballot is fixed by its manifest, so it is read as soon as that is known. */
static struct result find_ballot(struct record *record, struct prepared *prepared)
{
    AUTO_BALLOT ballot = BALLOT_INIT;

    TRY(find_election(record, prepared));
    TRY(record_election(record, &prepared->subject.manifest, &prepared->election));
    TRY(ballot_parse(prepared->election, prepared->statement->note, &ballot));
    prepared->tag = ballot.tag;
    return OK;
}

static struct result find_team(struct record *record, struct prepared *prepared)
{
    const struct bytes id = statement_value(prepared->statement, "评审组");
    struct team team;

    TRY(team_load(record, id, &team));
    state_copy_id(id, prepared->subject.team);
    return OK;
}

static struct result find_report(struct record *record, struct prepared *prepared)
{
    const struct bytes id = statement_value(prepared->statement, "报告");
    struct report report;

    TRY(report_load(record, id, &report));
    state_copy_id(bytes_of_string(report.team), prepared->subject.team);
    return OK;
}

struct result subject_resolve(struct record *record, struct prepared *prepared)
{
    switch (prepared->type->subject) {
    case SUBJECT_MEETING:
        return find_meeting(record, prepared);
    case SUBJECT_CEREMONY:
        return find_ceremony(record, prepared);
    case SUBJECT_MANIFEST:
        TRY(find_meeting(record, prepared));
        return find_ceremony(record, prepared);
    case SUBJECT_ELECTION:
        return find_election(record, prepared);
    case SUBJECT_BALLOT:
        return find_ballot(record, prepared);
    case SUBJECT_TEAM:
        return find_team(record, prepared);
    case SUBJECT_REPORT:
        return find_report(record, prepared);
    case SUBJECT_NONE:
    default:
        return OK;
    }
}
