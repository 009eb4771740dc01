#include "verifier/crew.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { QUEUE_MAX = 64, THREADS_MAX = 64 };

struct job {
    struct prepared prepared;
    const char *type;
    uint64_t index;
};

struct crew {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct record *record;
    struct job queue[QUEUE_MAX]; /* a ring: `waiting` jobs from `first` on */
    size_t first;
    size_t waiting;
    size_t working;
    bool stopping;
    struct result verdict;
    uint64_t verdict_index;
    const char *verdict_type;
    pthread_t threads[THREADS_MAX];
    unsigned thread_count;
};

static void note_failure(struct crew *crew, struct result result, const struct job *job)
{
    if (is_ok(crew->verdict) || job->index < crew->verdict_index) {
        crew->verdict = result;
        crew->verdict_index = job->index;
        crew->verdict_type = job->type;
    }
}

static struct result check(struct crew *crew, const struct job *job)
{
    TRY(record_verify(&job->prepared));
    return strcmp(job->type, "ballot") == 0 ? record_prove(crew->record, &job->prepared) : OK;
}

/* Waits for a job; false when the crew stops. */
static bool take(struct crew *crew, struct job *out)
{
    while (crew->waiting == 0 && !crew->stopping) {
        pthread_cond_wait(&crew->changed, &crew->lock);
    }
    if (crew->waiting == 0 || crew->stopping) {
        return false;
    }
    *out = crew->queue[crew->first];
    crew->first = (crew->first + 1) % QUEUE_MAX;
    crew->waiting--;
    crew->working++;
    pthread_cond_broadcast(&crew->changed);
    return true;
}

static void *work(void *context)
{
    struct crew *crew = context;
    struct job job;

    pthread_mutex_lock(&crew->lock);
    while (take(crew, &job)) {
        pthread_mutex_unlock(&crew->lock);
        const struct result result = check(crew, &job);
        prepared_free(&job.prepared);
        pthread_mutex_lock(&crew->lock);
        if (!is_ok(result)) {
            note_failure(crew, result, &job);
        }
        crew->working--;
        pthread_cond_broadcast(&crew->changed);
    }
    pthread_mutex_unlock(&crew->lock);
    return NULL;
}

struct result crew_start(struct record *record, unsigned threads, struct crew **out)
{
    struct crew *crew = calloc(1, sizeof *crew);

    REQUIRE(crew != NULL, OUT_OF_MEMORY, "memory");
    crew->record = record;
    pthread_mutex_init(&crew->lock, NULL);
    pthread_cond_init(&crew->changed, NULL);
    while (crew->thread_count < threads && crew->thread_count < THREADS_MAX) {
        if (pthread_create(&crew->threads[crew->thread_count], NULL, work, crew) != 0) {
            break;
        }
        crew->thread_count++;
    }
    *out = crew;
    if (crew->thread_count == 0) {
        crew_stop(crew);
        *out = NULL;
        return fail(OUT_OF_MEMORY, "memory");
    }
    return OK;
}

struct result crew_check(struct crew *crew, struct prepared *prepared, uint64_t index)
{
    static const struct prepared EMPTY = PREPARED_INIT;

    pthread_mutex_lock(&crew->lock);
    while (crew->waiting == QUEUE_MAX) {
        pthread_cond_wait(&crew->changed, &crew->lock);
    }
    crew->queue[(crew->first + crew->waiting) % QUEUE_MAX] =
        (struct job){*prepared, prepared_type_name(prepared), index};
    crew->waiting++;
    *prepared = EMPTY; /* transferred */
    pthread_cond_broadcast(&crew->changed);
    pthread_mutex_unlock(&crew->lock);
    return OK;
}

struct result crew_wait(struct crew *crew, uint64_t *index, const char **type)
{
    pthread_mutex_lock(&crew->lock);
    while (crew->waiting > 0 || crew->working > 0) {
        pthread_cond_wait(&crew->changed, &crew->lock);
    }
    const struct result verdict = crew->verdict;
    *index = crew->verdict_index;
    *type = crew->verdict_type;
    pthread_mutex_unlock(&crew->lock);
    return verdict;
}

void crew_stop(struct crew *crew)
{
    if (crew == NULL) {
        return;
    }
    pthread_mutex_lock(&crew->lock);
    crew->stopping = true;
    pthread_cond_broadcast(&crew->changed);
    pthread_mutex_unlock(&crew->lock);
    for (unsigned i = 0; i < crew->thread_count; i++) {
        pthread_join(crew->threads[i], NULL);
    }
    for (; crew->waiting > 0; crew->waiting--) {
        prepared_free(&crew->queue[crew->first].prepared);
        crew->first = (crew->first + 1) % QUEUE_MAX;
    }
    pthread_cond_destroy(&crew->changed);
    pthread_mutex_destroy(&crew->lock);
    free(crew);
}
