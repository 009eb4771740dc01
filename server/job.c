#include "server/job.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#define THREADS_MAX 8

struct jobs {
    pthread_mutex_t lock;
    pthread_cond_t changed; /* something waits, something is done, or it is over */
    struct job *first;
    struct job *last;
    size_t busy; /* jobs at work */
    bool drained;
    size_t count;
    pthread_t threads[THREADS_MAX];
};

static struct job *take_first(struct jobs *jobs)
{
    struct job *const job = jobs->first;

    if (job) {
        jobs->first = job->next;
        jobs->last = jobs->first ? jobs->last : 0;
        job->next = 0;
        jobs->busy++;
    }
    return job;
}

static struct job *wait_for_one(struct jobs *jobs)
{
    struct job *job;

    pthread_mutex_lock(&jobs->lock);
    job = take_first(jobs);
    while (!job && !jobs->drained) {
        pthread_cond_wait(&jobs->changed, &jobs->lock);
        job = take_first(jobs);
    }
    pthread_mutex_unlock(&jobs->lock);
    return job;
}

static void finish(struct jobs *jobs, struct job *job)
{
    job->result = job->work(job->context);
    job->done(job->carrier);
    pthread_mutex_lock(&jobs->lock);
    jobs->busy--;
    pthread_cond_broadcast(&jobs->changed);
    pthread_mutex_unlock(&jobs->lock);
}

static void *run(void *context)
{
    struct jobs *const jobs = context;
    struct job *job = wait_for_one(jobs);

    while (job) {
        finish(jobs, job);
        job = wait_for_one(jobs);
    }
    return 0;
}

struct result jobs_start(size_t threads, struct jobs **out)
{
    struct jobs *const jobs = calloc(1, sizeof *jobs);

    REQUIRE(jobs, OUT_OF_MEMORY, "service.memory");
    pthread_mutex_init(&jobs->lock, 0);
    pthread_cond_init(&jobs->changed, 0);
    while (jobs->count < threads && jobs->count < THREADS_MAX) {
        if (pthread_create(&jobs->threads[jobs->count], 0, run, jobs)) {
            jobs_stop(jobs);
            return fail(OUT_OF_MEMORY, "service.memory");
        }
        jobs->count++;
    }
    *out = jobs;
    return OK;
}

void jobs_submit(struct jobs *jobs, struct job *job)
{
    bool taken;

    job->next = 0;
    pthread_mutex_lock(&jobs->lock);
    taken = !jobs->drained;
    if (taken) {
        if (jobs->last) {
            jobs->last->next = job;
        } else {
            jobs->first = job;
        }
        jobs->last = job;
        pthread_cond_broadcast(&jobs->changed);
    }
    pthread_mutex_unlock(&jobs->lock);
    if (!taken) {
        job->result = fail(BUSY, "service.busy");
        job->done(job->carrier);
    }
}

void jobs_drain(struct jobs *jobs)
{
    if (!jobs) {
        return;
    }
    pthread_mutex_lock(&jobs->lock);
    jobs->drained = true;
    pthread_cond_broadcast(&jobs->changed);
    while (jobs->first || jobs->busy > 0) {
        pthread_cond_wait(&jobs->changed, &jobs->lock);
    }
    pthread_mutex_unlock(&jobs->lock);
}

void jobs_stop(struct jobs *jobs)
{
    if (!jobs) {
        return;
    }
    jobs_drain(jobs);
    for (size_t i = 0; i < jobs->count; i++) {
        pthread_join(jobs->threads[i], 0);
    }
    pthread_cond_destroy(&jobs->changed);
    pthread_mutex_destroy(&jobs->lock);
    free(jobs);
}
