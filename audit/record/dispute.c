#include "record/dispute.h"

#include "protocol/dealing.h"
#include "protocol/statement.h"
#include "record/ceremony.h"
#include "record/deal.h"
#include "record/people.h"
#include "record/query.h"

static const struct hash32 *ceremony_hash(const struct fold *fold)
{
    return &fold->prepared->subject.ceremony;
}

/* The two in dispute, by their numbers. */
struct parties {
    uint64_t dealer;
    uint64_t complainer;
};

/* --- trustee.complain --- */

static struct result read_complaint(const struct fold *fold, struct parties *out)
{
    TRY(statement_number(fold->statement, "序号", &out->complainer));
    return statement_number(fold->statement, "分发人", &out->dealer);
}

struct result complain_check(const struct fold *fold)
{
    struct ceremony_state ceremony;
    struct trustee_state dealer;
    struct trustee_state complainer;
    struct parties parties;

    TRY(read_complaint(fold, &parties));
    TRY(ceremony_load(fold->record, ceremony_hash(fold), &ceremony));
    REQUIRE(!ceremony.disputed, CONFLICT, "ceremony.disputed");
    REQUIRE(parties.dealer != parties.complainer, INVALID, "complaint.self");
    TRY(ceremony_load_trustee(fold->record, ceremony_hash(fold), parties.dealer, &dealer));
    TRY(ceremony_load_trustee(fold->record, ceremony_hash(fold), parties.complainer, &complainer));
    REQUIRE(dealer.dealt, CONFLICT, "complaint.dealing");
    REQUIRE(!complainer.confirmed, CONFLICT, "complaint.confirmed");
    return OK;
}

static const char INSERT_COMPLAINT[] =
    "INSERT INTO complaint (ceremony, dealer, complainer, position)"
    " VALUES (:hash, :dealer, :complainer, :position)";
static const char UPDATE_DISPUTED[] = "UPDATE ceremony SET disputed = :position WHERE hash = :hash";

static struct result end_ceremony(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_DISPUTED);

    query_bind_number(&query, ":position", fold->index);
    query_bind_blob(&query, ":hash", BYTES(ceremony_hash(fold)->bytes));
    return query_run(&query);
}

struct result complain_apply(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_COMPLAINT);
    struct parties parties;

    TRY(read_complaint(fold, &parties));
    query_bind_blob(&query, ":hash", BYTES(ceremony_hash(fold)->bytes));
    query_bind_number(&query, ":dealer", parties.dealer);
    query_bind_number(&query, ":complainer", parties.complainer);
    query_bind_number(&query, ":position", fold->index);
    TRY(query_run(&query));
    return end_ceremony(fold);
}

/* --- trustee.publish --- */

static struct result read_publication(const struct fold *fold, struct parties *out)
{
    TRY(statement_number(fold->statement, "序号", &out->dealer));
    return statement_number(fold->statement, "投诉人", &out->complainer);
}

static const char SELECT_COMPLAINT[] =
    "SELECT published IS NOT NULL FROM complaint"
    " WHERE ceremony = :hash AND dealer = :dealer AND complainer = :complainer";

struct result publish_check(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_COMPLAINT);
    struct parties parties;
    bool row;

    TRY(read_publication(fold, &parties));
    query_bind_blob(&query, ":hash", BYTES(ceremony_hash(fold)->bytes));
    query_bind_number(&query, ":dealer", parties.dealer);
    query_bind_number(&query, ":complainer", parties.complainer);
    TRY(query_step(&query, &row));
    REQUIRE(row, NOT_FOUND, "complaint.unknown");
    REQUIRE(query_number(&query, 0) == 0, CONFLICT, "complaint.published");
    return OK;
}

static struct result read_evidence(const struct fold *fold, const struct parties *parties,
                                   struct complaint *out)
{
    struct trustee_state complainer;
    struct person person;

    TRY(ceremony_load_trustee(fold->record, ceremony_hash(fold), parties->complainer, &complainer));
    TRY(person_load(fold->record, bytes_of_string(complainer.person), &person));
    out->complainer = parties->complainer;
    out->complainer_key = person.box_key;
    TRY(statement_fixed(fold->statement, "份额明文", 0, out->published, sizeof out->published));
    return statement_fixed(fold->statement, "临时私钥", 0, out->ephemeral.bytes,
                           sizeof out->ephemeral.bytes);
}

static struct result judge(const struct fold *fold, const struct parties *parties, uint64_t *wrong)
{
    AUTO_CEREMONY ceremony = CEREMONY_INIT;
    struct complaint complaint;
    struct dealing dealing;
    enum complaint_fault fault;

    TRY(read_evidence(fold, parties, &complaint));
    TRY(ceremony_load_text(fold->record, ceremony_hash(fold), &ceremony));
    TRY(deal_load(fold->record, &ceremony, parties->dealer, &dealing));
    TRY(complaint_judge(&ceremony, &dealing, &complaint, &fault));
    *wrong = fault == FAULT_OF_DEALER ? parties->dealer : parties->complainer;
    return OK;
}

static const char UPDATE_COMPLAINT[] =
    "UPDATE complaint SET published = :position, wrong = :wrong"
    " WHERE ceremony = :hash AND dealer = :dealer AND complainer = :complainer";
static const char UPDATE_JUDGED[] = "UPDATE ceremony SET judged = :wrong WHERE hash = :hash";

static struct result store_judgement(const struct fold *fold, uint64_t wrong)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_JUDGED);

    query_bind_number(&query, ":wrong", wrong);
    query_bind_blob(&query, ":hash", BYTES(ceremony_hash(fold)->bytes));
    return query_run(&query);
}

struct result publish_apply(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_COMPLAINT);
    struct parties parties;
    uint64_t wrong;

    TRY(read_publication(fold, &parties));
    TRY(judge(fold, &parties, &wrong));
    query_bind_number(&query, ":position", fold->index);
    query_bind_number(&query, ":wrong", wrong);
    query_bind_blob(&query, ":hash", BYTES(ceremony_hash(fold)->bytes));
    query_bind_number(&query, ":dealer", parties.dealer);
    query_bind_number(&query, ":complainer", parties.complainer);
    TRY(query_run(&query));
    return store_judgement(fold, wrong);
}
