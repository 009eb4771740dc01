#include "server/nonces.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"

#define NONCES_MAX 4096

struct given {
    struct nonce nonce;
    uint64_t time; /* 0: used, or never given */
};

struct nonces {
    pthread_mutex_t lock;
    size_t next;
    struct given given[NONCES_MAX];
};

struct result nonces_open(struct nonces **out)
{
    struct nonces *const nonces = calloc(1, sizeof *nonces);

    REQUIRE(nonces, OUT_OF_MEMORY, "service.memory");
    pthread_mutex_init(&nonces->lock, 0);
    *out = nonces;
    return OK;
}

void nonces_close(struct nonces *nonces)
{
    if (nonces) {
        pthread_mutex_destroy(&nonces->lock);
        free(nonces);
    }
}

void nonces_give(struct nonces *nonces, uint64_t now, struct nonce *out)
{
    secret_random(out->bytes, sizeof out->bytes);
    pthread_mutex_lock(&nonces->lock);
    nonces->given[nonces->next] = (struct given){*out, now};
    nonces->next = (nonces->next + 1) % NONCES_MAX;
    pthread_mutex_unlock(&nonces->lock);
}

bool nonces_use(struct nonces *nonces, const struct nonce *nonce, uint64_t now)
{
    bool good = false;

    pthread_mutex_lock(&nonces->lock);
    for (size_t i = 0; i < NONCES_MAX && !good; i++) {
        struct given *const given = &nonces->given[i];

        if (given->time > 0 && memcmp(&given->nonce, nonce, sizeof *nonce) == 0) {
            good = now <= given->time + NONCE_SECONDS;
            given->time = 0;
        }
    }
    pthread_mutex_unlock(&nonces->lock);
    return good;
}
