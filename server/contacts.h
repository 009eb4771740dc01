/*
 * contacts.h - where a person wants to be reminded: an address that the person has signed for.
 *
 * Never logged, because an address is nobody's business but the service's; kept with the time it
 * was signed, so that an old note cannot bring back what was removed.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"

struct record;

#define CONTACT_EMAIL_MAX 254 /* RFC 5321 section 4.5.3.1 */

/*
 * On the writer, as work of sequencer_run; `context` is a struct contact. CONFLICT "contact.older"
 * if a later one was set.
 */
struct contact {
    struct bytes person;
    struct bytes email; /* empty: removed */
    uint64_t time;      /* that the person signed */
};
MUST_CHECK struct result contact_store(struct record *record, void *context);

/*
 * What a contact.set note says, once it is checked: views into the note. INVALID "contact.type";
 * INVALID "contact.email": not one address of plain ASCII; else as record_check refuses.
 */
struct prepared;
MUST_CHECK struct result contact_read(struct record *record, struct bytes note, uint64_t now,
                                      struct prepared *prepared, struct contact *out);

/* Appends the address; nothing if there is none. */
MUST_CHECK struct result contact_load(struct record *record, struct bytes person,
                                      struct buffer *out);

typedef struct result contact_visit(void *context, const struct contact *row);
/* Everybody who has an address. */
MUST_CHECK struct result contacts_each(struct record *record, contact_visit *visit, void *context);
