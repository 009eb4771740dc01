/*
 * shares.h - a keeper's share of a sealed identity, on its way to the handler it was opened to.
 *
 * Each share is sealed to the handler's own key (crypto_box_seal), so that the service, which
 * carries it, cannot read it; two of them open the identity (protocol section 8). Never logged: the
 * opening itself is. Once the identity is erased no share is handed out any more.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/hash.h"
#include "record/view.h"

#define SHARE_SEALED_SIZE 80 /* 32 bytes and 48 of crypto_box_seal */

struct share {
    struct hash32 document; /* a sealed part 身份 or 身份附件 */
    struct bytes keeper;
    struct bytes reader;
    uint8_t sealed[SHARE_SEALED_SIZE];
};

/*
 * On the writer, as work of sequencer_run; `context` is a struct share. A second one replaces the
 * first. UNAUTHORIZED "share.right": no logged identity.open of this case by this keeper to this
 * reader, or it is erased.
 */
MUST_CHECK struct result share_store(struct record *record, void *context);

typedef struct result share_visit(void *context, struct bytes keeper, struct bytes sealed);
/* The shares of a document that were handed to this reader, by keeper. */
MUST_CHECK struct result shares_of(struct record *record, const struct hash32 *document,
                                   struct bytes reader, share_visit *visit, void *context);

/*
 * Openings by this keeper, of open cases, whose share has not come: tasks "identity.share", which
 * only the service knows of, because shares are never logged.
 */
MUST_CHECK struct result shares_awaited(struct record *record, struct bytes keeper,
                                        view_task_visit *visit, void *context);
