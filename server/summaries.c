#include "server/summaries.h"

#include <errno.h>
#include <unistd.h>

#include "primitive/sealed.h"
#include "record/notice.h"
#include "record/people.h"
#include "server/documents.h"

#define HEAD_MAX 4096 /* holds suite, readers, commitment and header of any document */

static struct result read_head(int file, uint8_t head[static HEAD_MAX], size_t *size)
{
    ssize_t got = 1;

    *size = 0;
    while (got > 0 && *size < HEAD_MAX) {
        got = read(file, head + *size, HEAD_MAX - *size);
        if (got > 0) {
            *size += (size_t)got;
        } else if (got < 0 && errno == EINTR) {
            got = 1;
        }
    }
    REQUIRE(got >= 0, STORAGE_FAILED, "service.storage");
    return OK;
}

static struct result is_sealed_to(struct documents *documents, const struct hash32 *document,
                                  const struct box_public *key, bool *out)
{
    struct sealed_document sealed;
    uint8_t head[HEAD_MAX];
    uint64_t whole;
    size_t size;
    int file;

    *out = false;
    if (documents_state(documents, document) != DOCUMENT_STORED) {
        return OK;
    }
    TRY(documents_read(documents, document, &file, &whole));
    const struct result read = read_head(file, head, &size);

    close(file);
    TRY(read);
    *out =
        is_ok(sealed_parse((struct bytes){head, size}, &sealed)) && sealed_has_reader(&sealed, key);
    return OK;
}

struct result summary_is_for(struct record *record, struct documents *documents,
                             struct bytes person, const struct view_hearing *row, bool *out)
{
    struct person found;
    bool handles;

    *out = false;
    TRY(notice_has_handler(record, row->notice, person, &handles));
    if (handles || !is_ok(person_require(record, person, 0, &found))) {
        return OK;
    }
    return is_sealed_to(documents, &row->summary, &found.box_key, out);
}

/* --- by the document --- */

struct search {
    struct record *record;
    struct documents *documents;
    struct bytes person;
    const struct hash32 *document;
    bool found;
};

static struct result look_at(void *context, const struct view_hearing *row)
{
    struct search *const search = context;

    if (search->found || !hash32_equal(&row->summary, search->document)) {
        return OK;
    }
    return summary_is_for(search->record, search->documents, search->person, row, &search->found);
}

struct result summary_may_read(struct record *record, struct documents *documents,
                               struct bytes person, const struct hash32 *document, bool *out)
{
    struct search search = {record, documents, person, document, false};

    TRY(view_hearings(record, look_at, &search));
    *out = search.found;
    return OK;
}
