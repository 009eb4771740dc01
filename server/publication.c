#include "server/publication.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/text.h"
#include "log/checkpoint.h"
#include "record/journal.h"
#include "server/trace.h"

#define PATH_SIZE      512
#define CHECKPOINT_MAX 65536

void publication_open(struct publication *publication, const char *path,
                      const struct identity *identity)
{
    *publication = (struct publication){.path = path, .identity = identity};
    publication->head.root = merkle_empty_root();
    pthread_mutex_init(&publication->lock, 0);
}

void publication_close(struct publication *publication)
{
    blob_release(publication->checkpoint);
    pthread_mutex_destroy(&publication->lock);
}

struct result publication_load(const char *path, const struct identity *identity,
                               struct buffer *note, struct merkle_head *head, bool *found)
{
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    struct checkpoint checkpoint;
    ssize_t got;

    *found = false;
    if (file < 0) {
        return OK;
    }
    got = is_ok(buffer_reserve(note, CHECKPOINT_MAX)) ? read(file, note->data, CHECKPOINT_MAX) : -1;
    close(file);
    REQUIRE(got >= 0, STORAGE_FAILED, "service.storage");
    note->size = (size_t)got;
    TRY(checkpoint_open(buffer_view(note), &identity->log, &checkpoint));
    *head = checkpoint.head;
    *found = true;
    return OK;
}

/* The file is for the next start only: losing it weakens that check, nothing else. */
static void keep_file(const char *path, struct bytes contents)
{
    const struct result failed = fail(STORAGE_FAILED, "service.storage");
    char fresh[PATH_SIZE];
    bool kept;
    int file;

    snprintf(fresh, sizeof fresh, "%s.new", path);
    file = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    kept = file >= 0 && write(file, contents.data, contents.size) == (ssize_t)contents.size;
    if (file >= 0) {
        kept = close(file) == 0 && kept;
    }
    if (!kept || rename(fresh, path)) {
        trace_event("the last checkpoint could not be kept", &failed);
    }
}

static struct result publish(struct publication *publication, const struct merkle_head *head,
                             struct buffer *note)
{
    struct blob *fresh;
    struct blob *old;

    TRY(blob_make(note, &fresh));
    keep_file(publication->path, blob_view(fresh));
    pthread_mutex_lock(&publication->lock);
    old = publication->checkpoint;
    publication->checkpoint = fresh;
    publication->head = *head;
    pthread_mutex_unlock(&publication->lock);
    blob_release(old);
    return OK;
}

/* The log still has, at the size published last, the root published last. */
static struct result require_continuation(const struct publication *publication,
                                          struct record *record, const struct merkle_head *head)
{
    struct hash32 root;

    REQUIRE(head->size >= publication->head.size &&
                is_ok(journal_root_at(record, publication->head.size, &root)) &&
                hash32_equal(&root, &publication->head.root),
            INTERNAL, "log.checkpoint");
    return OK;
}

struct result publication_renew(struct publication *publication, struct record *record)
{
    const struct identity *const identity = publication->identity;
    AUTO_BUFFER note = BUFFER_INIT;
    struct merkle_head head;

    TRY(journal_load_head(record, &head));
    if (publication->checkpoint && head.size == publication->head.size) {
        return OK;
    }
    TRY(require_continuation(publication, record, &head));
    TRY(checkpoint_sign(&head, &identity->log, &identity->log_secret, &note));
    return publish(publication, &head, &note);
}

struct blob *publication_share(struct publication *publication, struct merkle_head *head)
{
    struct blob *shared;

    pthread_mutex_lock(&publication->lock);
    shared = blob_share(publication->checkpoint);
    if (head) {
        *head = publication->head;
    }
    pthread_mutex_unlock(&publication->lock);
    return shared;
}

struct result publication_cosign(struct publication *publication, uint64_t size, struct bytes lines)
{
    AUTO_BUFFER note = BUFFER_INIT;
    struct merkle_head head;
    AUTO_BLOB *now = publication_share(publication, &head);

    if (!now || head.size != size || text_find(blob_view(now), lines) != SIZE_MAX) {
        return OK;
    }
    TRY(buffer_append(&note, blob_view(now)));
    TRY(buffer_append(&note, lines));
    return publish(publication, &head, &note);
}
