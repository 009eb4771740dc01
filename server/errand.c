#include "server/errand.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#define THREADS_MAX 8

struct errands {
    pthread_mutex_t lock;
    pthread_cond_t changed; /* something waits, something is done, or it is over */
    struct errand *first;
    struct errand *last;
    size_t busy; /* errands at work */
    bool drained;
    size_t count;
    pthread_t threads[THREADS_MAX];
};

static struct errand *take_first(struct errands *errands)
{
    struct errand *const errand = errands->first;

    if (errand) {
        errands->first = errand->next;
        errands->last = errands->first ? errands->last : 0;
        errand->next = 0;
        errands->busy++;
    }
    return errand;
}

static struct errand *wait_for_one(struct errands *errands)
{
    struct errand *errand;

    pthread_mutex_lock(&errands->lock);
    errand = take_first(errands);
    while (!errand && !errands->drained) {
        pthread_cond_wait(&errands->changed, &errands->lock);
        errand = take_first(errands);
    }
    pthread_mutex_unlock(&errands->lock);
    return errand;
}

static void finish(struct errands *errands, struct errand *errand)
{
    errand->result = errand->work(errand->context);
    errand->done(errand->carrier);
    pthread_mutex_lock(&errands->lock);
    errands->busy--;
    pthread_cond_broadcast(&errands->changed);
    pthread_mutex_unlock(&errands->lock);
}

static void *run(void *context)
{
    struct errands *const errands = context;
    struct errand *errand = wait_for_one(errands);

    while (errand) {
        finish(errands, errand);
        errand = wait_for_one(errands);
    }
    return 0;
}

struct result errands_start(size_t threads, struct errands **out)
{
    struct errands *const errands = calloc(1, sizeof *errands);

    REQUIRE(errands, OUT_OF_MEMORY, "service.memory");
    pthread_mutex_init(&errands->lock, 0);
    pthread_cond_init(&errands->changed, 0);
    while (errands->count < threads && errands->count < THREADS_MAX) {
        if (pthread_create(&errands->threads[errands->count], 0, run, errands)) {
            errands_stop(errands);
            return fail(OUT_OF_MEMORY, "service.memory");
        }
        errands->count++;
    }
    *out = errands;
    return OK;
}

void errands_submit(struct errands *errands, struct errand *errand)
{
    bool taken;

    errand->next = 0;
    pthread_mutex_lock(&errands->lock);
    taken = !errands->drained;
    if (taken) {
        if (errands->last) {
            errands->last->next = errand;
        } else {
            errands->first = errand;
        }
        errands->last = errand;
        pthread_cond_broadcast(&errands->changed);
    }
    pthread_mutex_unlock(&errands->lock);
    if (!taken) {
        errand->result = fail(BUSY, "service.busy");
        errand->done(errand->carrier);
    }
}

void errands_drain(struct errands *errands)
{
    if (!errands) {
        return;
    }
    pthread_mutex_lock(&errands->lock);
    errands->drained = true;
    pthread_cond_broadcast(&errands->changed);
    while (errands->first || errands->busy > 0) {
        pthread_cond_wait(&errands->changed, &errands->lock);
    }
    pthread_mutex_unlock(&errands->lock);
}

void errands_stop(struct errands *errands)
{
    if (!errands) {
        return;
    }
    errands_drain(errands);
    for (size_t i = 0; i < errands->count; i++) {
        pthread_join(errands->threads[i], 0);
    }
    pthread_cond_destroy(&errands->changed);
    pthread_mutex_destroy(&errands->lock);
    free(errands);
}
