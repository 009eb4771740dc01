#include "server/submission.h"

#include <semaphore.h>

#include "server/pipeline.h"
#include "server/ticket.h"

static void wake(void *carrier)
{
    sem_post(carrier);
}

struct result submission_wait(struct pipeline *pipeline, struct bytes note)
{
    struct ticket *ticket;
    struct result result;
    sem_t done;

    TRY(ticket_make(note, &ticket));
    sem_init(&done, 0, 0);
    ticket->done = wake;
    ticket->carrier = &done;
    result = pipeline_reserve(pipeline, ticket);
    if (is_ok(result)) {
        pipeline_submit(pipeline, ticket);
        while (sem_wait(&done)) {
        }
        result = ticket->outcome == TICKET_REFUSED ? ticket->result : OK;
    }
    sem_destroy(&done);
    ticket_free(ticket);
    return result;
}
