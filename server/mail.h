/*
 * mail.h - one mail, handed to one SMTP server. The only file of the server that knows libcurl.
 *
 * A mail holds one sentence and one link: no name, no title, nothing that a mail server or whoever
 * looks over a shoulder should read.
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"

struct mail;

/* `server` is smtp://HOST[:PORT] or smtps://…; both are views that live as long. */
MUST_CHECK struct result mail_open(const char *server, const char *from, struct mail **out);
/* Nobody is sending. NULL is allowed. */
void mail_close(struct mail *mail);

/*
 * Waits for the server, at most some seconds. `to` is one plain address. INVALID "mail.refused":
 * the server knows nobody of that address; STORAGE_FAILED "mail.failed". One thread at a time.
 */
MUST_CHECK struct result mail_send(struct mail *mail, struct bytes to, const char *link);
/* From any thread: what is being sent ends soon, and fails. */
void mail_abort(struct mail *mail);

/* The text of a mail as it goes over the wire. For tests, and for mail_send. */
MUST_CHECK struct result mail_write(const char *from, struct bytes to, const char *link,
                                    uint64_t now, struct buffer *out);
