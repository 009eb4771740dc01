/*
 * upload.h - one request that sends a document, or a part of it.
 *
 * Begun on the headers, fed as bytes arrive, and finished on a thread that may wait for the disk:
 * what is acknowledged is flushed, and a document that is whole was hashed from what lies on the
 * disk. An upload of a document that is already there is read and thrown away.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "server/documents.h"
#include "server/partials.h"

struct upload;

/* What the log says of the document, and what the headers say of the upload. */
struct upload_order {
    struct partial_key key;
    uint64_t size;       /* of the document */
    struct bytes format; /* "PDF"; a view that may end with the call */
    uint64_t announced;  /* Content-Length, or 0 */
    struct bytes range;  /* Content-Range, or empty: all of it, anew */
    bool idle;           /* nothing is taken over from another connection */
    uint64_t now;
};

/* Header X-Upload, or empty. MALFORMED "document.token". */
MUST_CHECK struct result upload_read_token(struct bytes token, struct partial_key *key);

/*
 * MALFORMED "document.size" (more than the document has), "document.range"; else as
 * partials_claim refuses.
 */
MUST_CHECK struct result upload_begin(struct documents *documents, const struct upload_order *order,
                                      struct upload **out);
/* MALFORMED "document.size", "document.range"; else as partial_write refuses. */
MUST_CHECK struct result upload_take(struct upload *upload, struct bytes piece);
/*
 * May take a second. Flushes; checks and stores a document that is whole. INVALID "document.hash"
 * or "document.format": all of it is thrown away.
 */
MUST_CHECK struct result upload_finish(struct upload *upload);
/* What has arrived stays, to be continued. */
void upload_close(struct upload *upload);

struct upload_progress {
    uint64_t received;
    uint64_t size;
    bool complete;
    bool known; /* it was complete before */
};
void upload_progress(const struct upload *upload, struct upload_progress *out);
