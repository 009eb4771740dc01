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

/* The lock is held. */
static struct blob *replace(struct publication *publication, const struct merkle_head *head,
                            struct blob *fresh)
{
    struct blob *const old = publication->checkpoint;

    keep_file(publication->path, blob_view(fresh));
    publication->checkpoint = fresh;
    publication->head = *head;
    return old;
}

/* Writer and witnesses publish; what is shorter than what stands is dropped. */
static struct result publish(struct publication *publication, const struct merkle_head *head,
                             struct buffer *note)
{
    struct blob *left;

    TRY(blob_make(note, &left));
    pthread_mutex_lock(&publication->lock);
    if (head->size >= publication->head.size) {
        left = replace(publication, head, left);
    }
    pthread_mutex_unlock(&publication->lock);
    blob_release(left);
    return OK;
}

/* The log still has, at the size published last, the root published last. */
static struct result require_continuation(struct record *record, const struct merkle_head *last,
                                          const struct merkle_head *head)
{
    struct hash32 root;

    REQUIRE(head->size >= last->size && is_ok(journal_root_at(record, last->size, &root)) &&
                hash32_equal(&root, &last->root),
            INTERNAL, "log.checkpoint");
    return OK;
}

struct result publication_renew(struct publication *publication, struct record *record)
{
    const struct identity *const identity = publication->identity;
    AUTO_BUFFER note = BUFFER_INIT;
    struct merkle_head last;
    struct merkle_head head;
    AUTO_BLOB *standing = publication_share(publication, &last);

    TRY(journal_load_head(record, &head));
    if (standing && head.size == last.size) {
        return OK;
    }
    TRY(require_continuation(record, &last, &head));
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

/* The note without the lines of the signer of `line`. */
static struct result append_others(struct bytes note, struct bytes line, struct buffer *out)
{
    const struct bytes dash = LITERAL("— ");
    struct bytes rest = bytes_slice(line, dash.size, line.size);
    const struct bytes start = {line.data, dash.size + text_cut(&rest, ' ').size + 1};

    while (note.size > 0) {
        const struct bytes old = text_cut(&note, '\n');

        if (!bytes_starts_with(old, start)) {
            TRY(buffer_append(out, old));
            TRY(buffer_append_text(out, "\n"));
        }
    }
    return OK;
}

struct result publication_cosign(struct publication *publication, uint64_t size, struct bytes line)
{
    AUTO_BUFFER note = BUFFER_INIT;
    struct merkle_head head;
    AUTO_BLOB *now = publication_share(publication, &head);

    if (!now || head.size != size) {
        return OK;
    }
    TRY(append_others(blob_view(now), line, &note));
    TRY(buffer_append(&note, line));
    return publish(publication, &head, &note);
}
