#include "record/view_notice.h"

#include "record/query.h"

static uint64_t index_of(struct query *query, int column)
{
    return query_is_null(query, column) ? VIEW_NONE : query_number(query, column);
}

/* Calls `take` for every row. */
typedef struct result row_taker(void *context, struct query *query);

static struct result each_row(struct query *query, row_taker *take, void *context, size_t *count)
{
    bool found;

    TRY(query_step(query, &found));
    for (*count = 0; found; ++*count) {
        TRY(take(context, query));
        TRY(query_step(query, &found));
    }
    return OK;
}

/* --- notices --- */

struct notice_taking {
    view_notice_visit *visit;
    void *context;
};

static struct result take_notice(void *context, struct query *query)
{
    const struct notice_taking *taking = context;
    const struct view_notice row = {
        .id = query_text(query, 0),
        .cycle = query_text(query, 1),
        .index = query_number(query, 2),
        .opens = query_number(query, 3),
        .closes = query_number(query, 4),
        .settled = index_of(query, 5),
        .objections = query_number(query, 6),
    };

    return taking->visit(taking->context, &row);
}

#define NOTICE_COLUMNS                                    \
    "SELECT id, cycle, position, opens, closes, settled," \
    " (SELECT COUNT(*) FROM objection WHERE notice = id) FROM notice"

static const char SELECT_NOTICES[] = NOTICE_COLUMNS " ORDER BY position";

struct result view_notices(struct record *record, view_notice_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_NOTICES);
    struct notice_taking taking = {visit, context};
    size_t count;

    return each_row(&query, take_notice, &taking, &count);
}

static const char SELECT_NOTICE[] = NOTICE_COLUMNS " WHERE id = :id";

struct result view_notice(struct record *record, struct bytes id, view_notice_visit *visit,
                          void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_NOTICE);
    struct notice_taking taking = {visit, context};
    size_t count;

    query_bind_text(&query, ":id", id);
    TRY(each_row(&query, take_notice, &taking, &count));
    REQUIRE(count > 0, NOT_FOUND, "view.unknown");
    return OK;
}

/* --- its list --- */

struct listed_taking {
    view_listed_visit *visit;
    void *context;
};

static struct result take_listed(void *context, struct query *query)
{
    const struct listed_taking *taking = context;
    const struct view_listed row = {
        .grade = query_number(query, 0),
        .organisation = query_text(query, 1),
        .name = query_text(query, 2),
        .code = query_text(query, 3),
        .removed = index_of(query, 4),
    };

    return taking->visit(taking->context, &row);
}

static const char SELECT_LIST[] =
    "SELECT grade, organisation, name, code, removed FROM notice_row"
    " JOIN organisation ON organisation.id = organisation WHERE notice = :id ORDER BY place";

struct result view_notice_list(struct record *record, struct bytes id, view_listed_visit *visit,
                               void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_LIST);
    struct listed_taking taking = {visit, context};
    size_t count;

    query_bind_text(&query, ":id", id);
    return each_row(&query, take_listed, &taking, &count);
}

/* --- its people --- */

struct person_taking {
    view_notice_person_visit *visit;
    void *context;
};

static struct result take_person(void *context, struct query *query)
{
    const struct person_taking *taking = context;
    const struct view_notice_person row = {query_text(query, 0), query_blob(query, 1)};

    return taking->visit(taking->context, &row);
}

static const char SELECT_HANDLERS[] =
    "SELECT person, box_key FROM notice_handler JOIN person ON person.id = person"
    " WHERE notice = :id ORDER BY person";

struct result view_notice_handlers(struct record *record, struct bytes id,
                                   view_notice_person_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_HANDLERS);
    struct person_taking taking = {visit, context};
    size_t count;

    query_bind_text(&query, ":id", id);
    return each_row(&query, take_person, &taking, &count);
}

static const char SELECT_KEEPERS[] =
    "SELECT person, box_key FROM notice_keeper JOIN person ON person.id = person"
    " WHERE notice = :id ORDER BY person";

struct result view_notice_keepers(struct record *record, struct bytes id,
                                  view_notice_person_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_KEEPERS);
    struct person_taking taking = {visit, context};
    size_t count;

    query_bind_text(&query, ":id", id);
    return each_row(&query, take_person, &taking, &count);
}

struct word_taking {
    view_word_visit *visit;
    void *context;
};

static struct result take_word(void *context, struct query *query)
{
    const struct word_taking *taking = context;

    return taking->visit(taking->context, query_text(query, 0));
}

static const char SELECT_CONFLICTS[] =
    "SELECT conflict.organisation FROM conflict JOIN notice ON notice.cycle = conflict.cycle"
    " JOIN notice_row ON notice_row.notice = notice.id"
    "  AND notice_row.organisation = conflict.organisation"
    " WHERE notice.id = :id AND conflict.person = :person ORDER BY conflict.organisation";

struct result view_handler_conflicts(struct record *record, struct bytes id, struct bytes person,
                                     view_word_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_CONFLICTS);
    struct word_taking taking = {visit, context};
    size_t count;

    query_bind_text(&query, ":id", id);
    query_bind_text(&query, ":person", person);
    return each_row(&query, take_word, &taking, &count);
}

/* --- where it was seen, and what came in --- */

struct publication_taking {
    view_publication_visit *visit;
    void *context;
};

static struct result take_publication(void *context, struct query *query)
{
    const struct publication_taking *taking = context;
    const struct view_publication row = {
        .index = query_number(query, 0),
        .media = query_text(query, 1),
        .address = query_text(query, 2),
        .content = query_blob(query, 3),
        .seen = query_number(query, 4),
    };

    return taking->visit(taking->context, &row);
}

static const char SELECT_PUBLICATIONS[] =
    "SELECT position, media, address, content, seen FROM notice_proof WHERE notice = :id"
    " ORDER BY position";

struct result view_notice_publications(struct record *record, struct bytes id,
                                       view_publication_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_PUBLICATIONS);
    struct publication_taking taking = {visit, context};
    size_t count;

    query_bind_text(&query, ":id", id);
    return each_row(&query, take_publication, &taking, &count);
}

struct extension_taking {
    view_extension_visit *visit;
    void *context;
};

static struct result take_extension(void *context, struct query *query)
{
    const struct extension_taking *taking = context;
    const struct view_extension row = {
        .index = query_number(query, 0),
        .days = query_number(query, 1),
        .resolution = query_text(query, 2),
        .closes = query_number(query, 3),
    };

    return taking->visit(taking->context, &row);
}

static const char SELECT_EXTENSIONS[] =
    "SELECT position, days, resolution, closes FROM notice_extension WHERE notice = :id"
    " ORDER BY position";

struct result view_notice_extensions(struct record *record, struct bytes id,
                                     view_extension_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_EXTENSIONS);
    struct extension_taking taking = {visit, context};
    size_t count;

    query_bind_text(&query, ":id", id);
    return each_row(&query, take_extension, &taking, &count);
}

struct day_taking {
    view_day_visit *visit;
    void *context;
};

static struct result take_day(void *context, struct query *query)
{
    const struct day_taking *taking = context;

    return taking->visit(taking->context, query_number(query, 0), query_number(query, 1));
}

static const char SELECT_DAYS[] =
    "SELECT (time + 28800) / 86400 AS day, COUNT(*) FROM objection WHERE notice = :id"
    " GROUP BY day ORDER BY day";

struct result view_notice_days(struct record *record, struct bytes id, view_day_visit *visit,
                               void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_DAYS);
    struct day_taking taking = {visit, context};
    size_t count;

    query_bind_text(&query, ":id", id);
    return each_row(&query, take_day, &taking, &count);
}

/* --- what a notice will list --- */

struct seat_taking {
    view_seat_visit *visit;
    void *context;
};

static struct result take_seat(void *context, struct query *query)
{
    const struct seat_taking *taking = context;
    const struct view_seat row = {query_blob(query, 0), query_number(query, 1),
                                  query_text(query, 2)};

    return taking->visit(taking->context, &row);
}

static const char SELECT_SEATS[] =
    "SELECT standing.manifest, grade, candidate FROM standing"
    " JOIN election ON election.manifest = standing.manifest"
    " JOIN meeting ON meeting.id = election.meeting"
    " JOIN candidate AS drawn ON drawn.meeting = meeting.id AND drawn.id = candidate"
    " WHERE cycle = :cycle AND result IS NOT NULL AND election.cancelled IS NULL AND tied = 0"
    " ORDER BY grade DESC, drawn.drawn, election.position";

struct result view_seats(struct record *record, struct bytes cycle, view_seat_visit *visit,
                         void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_SEATS);
    struct seat_taking taking = {visit, context};
    size_t count;

    query_bind_text(&query, ":cycle", cycle);
    return each_row(&query, take_seat, &taking, &count);
}
