#include "server/contacts.h"

#include <string.h>

#include "protocol/statement.h"
#include "record/query.h"
#include "record/record.h"

static const char SELECT_TIME[] = "SELECT time FROM private_contact WHERE person = :person";
static const char STORE_CONTACT[] = "INSERT OR REPLACE INTO private_contact (person, email, time)"
                                    " VALUES (:person, :email, :time)";

static struct result require_newest(struct record *record, const struct contact *contact)
{
    AUTO_QUERY query = query_start(record, SELECT_TIME);
    bool row;

    query_bind_text(&query, ":person", contact->person);
    TRY(query_step(&query, &row));
    REQUIRE(!row || query_number(&query, 0) <= contact->time, CONFLICT, "contact.older");
    return OK;
}

struct result contact_store(struct record *record, void *context)
{
    const struct contact *const contact = context;
    AUTO_QUERY query = query_start(record, STORE_CONTACT);

    TRY(require_newest(record, contact));
    query_bind_text(&query, ":person", contact->person);
    query_bind_text(&query, ":email", contact->email);
    query_bind_number(&query, ":time", contact->time);
    return query_run(&query);
}

/* One address and nothing that a mail's header could be changed with: no name, no list, no space.
 */
static bool is_email(struct bytes email)
{
    size_t at_signs = 0;

    for (size_t i = 0; i < email.size; i++) {
        const char character = (char)email.data[i];

        if (email.data[i] <= ' ' || email.data[i] >= 0x7f || strchr("<>()[]\\,;:\"", character)) {
            return false;
        }
        at_signs += character == '@';
    }
    return at_signs == 1 && email.size <= CONTACT_EMAIL_MAX && email.data[0] != '@' &&
           email.data[0] != '-' && email.data[email.size - 1] != '@';
}

struct result contact_read(struct record *record, struct bytes note, uint64_t now,
                           struct prepared *prepared, struct contact *out)
{
    int64_t time;

    TRY(record_check(record, note, now, prepared));
    REQUIRE(strcmp(prepared_type_name(prepared), "contact.set") == 0, INVALID, "contact.type");
    TRY(statement_time(prepared->statement, "时间", &time));
    out->person = bytes_of_string(prepared->signed_by[0].person);
    out->email = statement_value(prepared->statement, "邮箱");
    out->time = (uint64_t)time;
    if (bytes_is(out->email, "-")) {
        out->email = EMPTY_BYTES;
        return OK;
    }
    REQUIRE(is_email(out->email), INVALID, "contact.email");
    return OK;
}

static const char SELECT_EMAIL[] = "SELECT email FROM private_contact WHERE person = :person";

struct result contact_load(struct record *record, struct bytes person, struct buffer *out)
{
    AUTO_QUERY query = query_start(record, SELECT_EMAIL);
    bool row;

    query_bind_text(&query, ":person", person);
    TRY(query_step(&query, &row));
    return row ? buffer_append(out, query_text(&query, 0)) : OK;
}

static const char SELECT_CONTACTS[] =
    "SELECT person, email, time FROM private_contact WHERE email <> '' ORDER BY person";

struct result contacts_each(struct record *record, contact_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_CONTACTS);
    bool row;

    TRY(query_step(&query, &row));
    while (row) {
        const struct contact contact = {query_text(&query, 0), query_text(&query, 1),
                                        query_number(&query, 2)};

        TRY(visit(context, &contact));
        TRY(query_step(&query, &row));
    }
    return OK;
}
