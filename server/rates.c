#include "server/rates.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"

#define SETS       4096
#define WAYS       4
#define BITS_MIN   12
#define BITS_SLACK 1 /* what others at this address have done since the token was given */

#define EFFORT      2000 /* milliseconds for which a work done is remembered, one after the other */
#define EFFORT_STEP 4    /* so many remembered are one bit more, twice as many the next */
#define EFFORT_MAX  (256 * EFFORT)
#define CROWD_WAIT  5000

/* An account counts milliseconds of its own draining: an ask costs those in which it is forgotten.
 */
static const struct price {
    uint32_t ask;
    uint32_t room;    /* in asks */
    uint32_t taken;   /* in asks */
    uint32_t refused; /* in asks, on top */
} PRICES[COST_COUNT] = {
    [COST_FILING] = {6000, 10, 1, 0},
    [COST_ASK] = {250, 240, 1, 40},
    [COST_WRITE] = {200, 300, 0, 1},
};

/* What is remembered of one network. */
struct account {
    struct address network;
    uint64_t seen; /* ticks; 0: never used */
    uint32_t spent[COST_COUNT];
    uint32_t effort[COST_COUNT];
};

struct rates {
    pthread_mutex_t lock;
    struct work_key place_key; /* so that nobody outside knows which addresses share a set */
    struct work_key token_key;
    struct account accounts[SETS][WAYS];
};

struct result rates_open(struct rates **out)
{
    struct rates *const rates = calloc(1, sizeof *rates);

    REQUIRE(rates, OUT_OF_MEMORY, "service.memory");
    pthread_mutex_init(&rates->lock, 0);
    work_key_draw(&rates->place_key);
    work_key_draw(&rates->token_key);
    *out = rates;
    return OK;
}

void rates_close(struct rates *rates)
{
    if (rates) {
        pthread_mutex_destroy(&rates->lock);
        secret_wipe(rates, sizeof *rates);
        free(rates);
    }
}

static uint32_t drained(uint32_t held, uint64_t elapsed)
{
    return elapsed >= held ? 0 : held - (uint32_t)elapsed;
}

/* A clock that goes back drains nothing, and does not make what follows drain twice. */
static void drain_account(struct account *account, uint64_t ticks)
{
    const uint64_t elapsed = ticks > account->seen ? ticks - account->seen : 0;

    for (size_t cost = COST_FILING; cost < COST_COUNT; cost++) {
        account->spent[cost] = drained(account->spent[cost], elapsed);
        account->effort[cost] = drained(account->effort[cost], elapsed);
    }
    account->seen += elapsed;
}

static size_t find_set(const struct rates *rates, const struct address *network)
{
    HASH_STATE state;
    struct hash32 hash;

    hash_begin(&state, "xiling/v1 rates");
    hash_part(&state, BYTES(rates->place_key.bytes));
    hash_part(&state, BYTES(network->bytes));
    hash_end_32(&state, &hash);
    return (size_t)(be64_get(hash.bytes) % SETS);
}

/* The account of this network, or the one of its set that was not heard of for longest, emptied. */
static struct account *open_account(struct rates *rates, size_t set, const struct address *network,
                                    uint64_t ticks)
{
    struct account *oldest = &rates->accounts[set][0];

    for (size_t i = 0; i < WAYS; i++) {
        struct account *const account = &rates->accounts[set][i];

        if (account->seen > 0 && address_equal(&account->network, network)) {
            drain_account(account, ticks);
            return account;
        }
        oldest = account->seen < oldest->seen ? account : oldest;
    }
    *oldest = (struct account){.network = *network, .seen = ticks > 0 ? ticks : 1};
    return oldest;
}

static unsigned bits_of(const struct account *account, enum cost cost)
{
    unsigned bits = BITS_MIN;

    for (uint32_t effort = account->effort[cost] / EFFORT / EFFORT_STEP; effort > 0; effort /= 2) {
        bits++;
    }
    return bits < WORK_BITS_MAX ? bits : WORK_BITS_MAX;
}

/* Work never fills the account: whoever waits instead finds room as early as if there were none. */
static void note_effort(struct account *account, enum cost cost)
{
    if (account->effort[cost] < EFFORT_MAX) {
        account->effort[cost] += EFFORT;
    }
}

static void spend(struct account *account, enum cost cost, uint32_t count)
{
    const struct price *const price = &PRICES[cost];
    const uint32_t most = (price->room + price->refused) * price->ask;
    const uint32_t spent = account->spent[cost] + count * price->ask;

    account->spent[cost] = spent < most ? spent : most;
}

/* Milliseconds until there is room for one more. */
static uint32_t wait_of(const struct account *account, enum cost cost)
{
    const struct price *const price = &PRICES[cost];
    const uint32_t before = (price->room - 1) * price->ask;

    return account->spent[cost] <= before ? 0 : account->spent[cost] - before;
}

/* Under the lock. `earned` is what the work that came with it is good for. */
static bool settle(struct account *account, const struct rates_ask *ask, unsigned earned,
                   struct rates_demand *out)
{
    const uint32_t wait = wait_of(account, ask->cost);

    if (!ask->crowded && wait == 0) {
        spend(account, ask->cost, PRICES[ask->cost].taken);
        return true;
    }
    out->bits = bits_of(account, ask->cost);
    if (earned > 0 && earned + BITS_SLACK >= out->bits) {
        note_effort(account, ask->cost);
        return true;
    }
    out->wait = ((wait > 0 ? wait : CROWD_WAIT) + 999) / 1000;
    return false;
}

bool rates_take(struct rates *rates, const struct rates_ask *ask, struct rates_demand *out)
{
    const struct address network = address_network(&ask->address);
    unsigned earned = 0;
    size_t set;
    bool passes;

    if (ask->cost == COST_NONE) {
        return true;
    }
    set = find_set(rates, &network);
    if (ask->work.size > 0) {
        const struct hash32 note = sha256_of(ask->body);

        earned = work_earned(&rates->token_key, ask->work, &note, ask->ticks);
    }
    *out = (struct rates_demand){.wait = 1};
    pthread_mutex_lock(&rates->lock);
    passes = settle(open_account(rates, set, &network, ask->ticks), ask, earned, out);
    pthread_mutex_unlock(&rates->lock);
    if (!passes) {
        work_token(&rates->token_key, ask->ticks, out->bits, &out->token);
    }
    return passes;
}

void rates_refused(struct rates *rates, const struct address *address, enum cost cost,
                   uint64_t ticks)
{
    const struct address network = address_network(address);

    if (PRICES[cost].refused > 0) {
        const size_t set = find_set(rates, &network);

        pthread_mutex_lock(&rates->lock);
        spend(open_account(rates, set, &network, ticks), cost, PRICES[cost].refused);
        pthread_mutex_unlock(&rates->lock);
    }
}
