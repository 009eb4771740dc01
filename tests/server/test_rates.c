#include "scene.h"
#include "server/rates.h"

/* covers: admit, words_rates */

#define START  5000000 /* ticks */
#define FREE   10      /* filings that an address may make at once */
#define SECOND 1000

static struct rates *rates;
static struct rates_demand demand;

static int open_table(void **state)
{
    (void)state;
    check_ok(rates_open(&rates));
    return 0;
}

static int close_table(void **state)
{
    (void)state;
    rates_close(rates);
    return 0;
}

static struct address parsed(const char *text)
{
    struct address out;

    assert_true(address_parse(bytes_of_string(text), &out));
    return out;
}

static struct address numbered(unsigned i)
{
    char text[32];

    snprintf(text, sizeof text, "10.%u.%u.%u", i >> 16, (i >> 8) & 255, i & 255);
    return parsed(text);
}

static bool take(struct address address, enum cost cost, uint64_t ticks)
{
    const struct rates_ask ask = {.address = address, .cost = cost, .ticks = ticks};

    return rates_take(rates, &ask, &demand);
}

static unsigned take_all(struct address address, enum cost cost, uint64_t ticks)
{
    unsigned taken = 0;

    while (taken < 10000 && take(address, cost, ticks)) {
        taken++;
    }
    return taken;
}

/* The header for a demand. */
static struct bytes answer_to(const struct rates_demand *asked, struct bytes body,
                              struct buffer *out)
{
    const struct hash32 note = sha256_of(body);
    uint64_t nonce = 0;

    while (work_zero_bits(&asked->token, &note, nonce) < asked->bits) {
        nonce++;
    }
    check_ok(hex_append(out, BYTES(asked->token.bytes)));
    check_ok(buffer_append_text(out, "."));
    check_ok(buffer_append_decimal(out, nonce));
    return buffer_view(out);
}

static bool take_with(struct address address, struct bytes body, struct bytes work, uint64_t ticks)
{
    const struct rates_ask ask = {
        .address = address, .cost = COST_FILING, .body = body, .work = work, .ticks = ticks};

    return rates_take(rates, &ask, &demand);
}

static bool take_by_work(struct address address, struct bytes body, uint64_t ticks)
{
    AUTO_BUFFER work = BUFFER_INIT;

    answer_to(&demand, body, &work);
    return take_with(address, body, buffer_view(&work), ticks);
}

/* --- the table --- */

static void slows_one_address_and_no_other(void **state)
{
    (void)state;

    assert_int_equal(take_all(parsed("192.0.2.1"), COST_FILING, START), FREE);
    assert_int_equal(take_all(parsed("192.0.2.2"), COST_FILING, START), FREE);
    assert_false(take(parsed("192.0.2.1"), COST_FILING, START));
}

static void counts_a_64_of_ipv6_as_one(void **state)
{
    (void)state;

    assert_int_equal(take_all(parsed("2001:db8:0:1::1"), COST_FILING, START), FREE);
    assert_false(take(parsed("2001:db8:0:1:ffff::2"), COST_FILING, START));
    assert_true(take(parsed("2001:db8:0:2::1"), COST_FILING, START));
}

static void lets_in_again_at_the_time_it_named(void **state)
{
    const struct address me = parsed("192.0.2.1");
    uint64_t back;
    (void)state;

    assert_int_equal(take_all(me, COST_FILING, START), FREE);
    assert_in_range(demand.wait, 1, 60);
    back = START + (uint64_t)demand.wait * SECOND;
    assert_false(take(me, COST_FILING, back - SECOND));
    assert_true(take(me, COST_FILING, back));
    assert_int_equal(take_all(me, COST_FILING, back + 3600 * SECOND), FREE);
}

/* Asking in vain neither lengthens the wait nor, asked every millisecond, stops the draining. */
static void costs_nothing_to_be_told_to_wait(void **state)
{
    const struct address me = parsed("192.0.2.1");
    uint64_t now = START;
    (void)state;

    assert_int_equal(take_all(me, COST_FILING, START), FREE);
    while (!take(me, COST_FILING, now) && now < START + 60 * SECOND) {
        now++;
    }
    assert_in_range(now, START + SECOND, START + 7 * SECOND);
}

static void does_not_mind_a_clock_that_goes_back(void **state)
{
    const struct address me = parsed("192.0.2.1");
    (void)state;

    assert_int_equal(take_all(me, COST_FILING, START), FREE);
    assert_false(take(me, COST_FILING, 1));
    assert_in_range(demand.wait, 1, 60);
    assert_false(take(me, COST_FILING, START));
    assert_true(take(me, COST_FILING, START + 60 * SECOND));
}

/* What one writes does not use up what another kind may. */
static void keeps_kinds_apart(void **state)
{
    const struct address me = parsed("192.0.2.1");
    (void)state;

    assert_int_equal(take_all(me, COST_FILING, START), FREE);
    assert_true(take(me, COST_WRITE, START));
    assert_true(take(me, COST_ASK, START));
    assert_int_equal(take_all(me, COST_NONE, START), 10000);
}

/* A hundred thousand addresses fit into the same memory: the old ones are forgotten. */
static void gives_way_to_new_addresses_when_it_is_full(void **state)
{
    const struct address me = parsed("192.0.2.1");
    (void)state;

    assert_int_equal(take_all(me, COST_FILING, START), FREE);
    for (unsigned i = 0; i < 100000; i++) {
        assert_true(take(numbered(i), COST_FILING, START + 1 + i % 100));
    }
    assert_int_equal(take_all(me, COST_FILING, START + 101), FREE);
}

/* A question that finds nothing costs far more than one that does: some at once, then few. */
static void slows_guessing(void **state)
{
    const struct address honest = parsed("192.0.2.1");
    const struct address guesser = parsed("192.0.2.2");
    unsigned guesses = 0;
    (void)state;

    for (uint64_t now = START; now < START + 3600 * SECOND; now += 100) {
        if (take(guesser, COST_ASK, now)) {
            rates_refused(rates, &guesser, COST_ASK, now);
            guesses++;
        }
    }
    assert_in_range(guesses, 6, 400);
    assert_true(take_all(honest, COST_ASK, START + 3600 * SECOND) > 100);
}

static void charges_others_only_for_what_is_refused(void **state)
{
    const struct address me = parsed("192.0.2.1");
    unsigned refused = 0;
    (void)state;

    assert_int_equal(take_all(me, COST_WRITE, START), 10000);
    while (take(me, COST_WRITE, START)) {
        rates_refused(rates, &me, COST_WRITE, START);
        refused++;
    }
    assert_in_range(refused, 100, 1000);
    assert_true(take(me, COST_WRITE, START + 60 * SECOND));
}

/* --- work --- */

static void passes_at_once_by_work(void **state)
{
    const struct address me = parsed("192.0.2.1");
    const struct bytes note = LITERAL("a note");
    (void)state;

    assert_int_equal(take_all(me, COST_FILING, START), FREE);
    assert_true(take_by_work(me, note, START + 5));
    assert_false(take(me, COST_FILING, START + 5));
}

static void refuses_work_for_another_text(void **state)
{
    const struct address me = parsed("192.0.2.1");
    AUTO_BUFFER work = BUFFER_INIT;
    (void)state;

    assert_int_equal(take_all(me, COST_FILING, START), FREE);
    answer_to(&demand, LITERAL("a note"), &work);
    assert_true(take_with(me, LITERAL("a note"), buffer_view(&work), START));
    assert_false(take_with(me, LITERAL("a notf"), buffer_view(&work), START));
}

/* It grows with what was done already, slowly, and ends where a telephone still can. */
static void asks_more_work_of_whoever_goes_on(void **state)
{
    const struct address me = parsed("192.0.2.1");
    unsigned first;
    (void)state;

    assert_int_equal(take_all(me, COST_FILING, START), FREE);
    first = demand.bits;
    for (unsigned i = 0; i < 40; i++) {
        const uint8_t note[] = {(uint8_t)i};

        assert_false(take(me, COST_FILING, START));
        assert_true(demand.bits <= WORK_BITS_MAX);
        assert_true(take_by_work(me, BYTES(note), START));
    }
    assert_false(take(me, COST_FILING, START));
    assert_true(demand.bits >= first + 2 && demand.bits <= WORK_BITS_MAX);
    assert_int_equal(take_all(parsed("192.0.2.2"), COST_FILING, START), FREE);
    assert_int_equal(demand.bits, first);
}

/* A token from before somebody went on for long is too cheap by now. */
static void takes_no_token_from_a_cheaper_time(void **state)
{
    const struct address me = parsed("192.0.2.1");
    AUTO_BUFFER cheap = BUFFER_INIT;
    (void)state;

    assert_int_equal(take_all(me, COST_FILING, START), FREE);
    answer_to(&demand, LITERAL("the last"), &cheap);
    for (unsigned i = 0; i < 40; i++) {
        const uint8_t note[] = {(uint8_t)i};

        assert_false(take(me, COST_FILING, START));
        assert_true(take_by_work(me, BYTES(note), START));
    }
    assert_false(take_with(me, LITERAL("the last"), buffer_view(&cheap), START));
}

/* Who cannot work, waits no longer because others at the same address did. */
static void keeps_the_wait_short_while_others_work(void **state)
{
    const struct address me = parsed("192.0.2.1");
    unsigned wait;
    (void)state;

    assert_int_equal(take_all(me, COST_FILING, START), FREE);
    wait = demand.wait;
    for (unsigned i = 0; i < 20; i++) {
        const uint8_t note[] = {(uint8_t)i};

        assert_true(take_by_work(me, BYTES(note), START));
        assert_false(take(me, COST_FILING, START));
        assert_int_equal(demand.wait, wait);
    }
    assert_true(take(me, COST_FILING, START + (uint64_t)wait * SECOND));
}

/* Where the queue is short, nobody passes free, and everybody by work. */
static void asks_work_of_all_while_it_is_crowded(void **state)
{
    struct rates_ask ask = {.address = parsed("192.0.2.1"),
                            .cost = COST_FILING,
                            .body = LITERAL("a note"),
                            .ticks = START,
                            .crowded = true};
    AUTO_BUFFER work = BUFFER_INIT;
    (void)state;

    assert_false(rates_take(rates, &ask, &demand));
    assert_true(demand.wait > 0);
    ask.work = answer_to(&demand, ask.body, &work);
    assert_true(rates_take(rates, &ask, &demand));
}

/* --- in the service --- */

static unsigned file_once(struct scene *scene, struct address address, struct bytes work,
                          struct response *response)
{
    struct request request = {.method = METHOD_POST,
                              .path = LITERAL("/api/entries"),
                              .body = LITERAL("xiling/v1 objection.file\nx\n\n"),
                              .address = address,
                              .work = work,
                              .ticks = START};

    scene_ask(scene, &request, response);
    return response->status;
}

/* The problem says when, what work, and where the paper goes. */
static void answers_429_with_all_one_needs(void **state)
{
    static const char *const PARTS[] = {"\"rule\":\"service.rate\"",
                                        "\"retry_after\":",
                                        "\"work\":{\"token\":\"",
                                        "\"bits\":",
                                        "区评审办",
                                        "Award Office"};
    AUTO_SCENE scene;
    AUTO_RESPONSE response = RESPONSE_INIT;
    (void)state;

    scene_open(&scene);
    for (unsigned i = 0; i < FREE; i++) {
        assert_int_not_equal(file_once(&scene, parsed("192.0.2.1"), EMPTY_BYTES, &response), 429);
        response_free(&response);
    }
    assert_int_equal(file_once(&scene, parsed("192.0.2.1"), EMPTY_BYTES, &response), 429);
    assert_true(response.retry_after > 0);
    for (size_t i = 0; i < sizeof PARTS / sizeof PARTS[0]; i++) {
        assert_true(text_find(scene_body(&response), bytes_of_string(PARTS[i])) != SIZE_MAX);
    }
    response_free(&response);
    assert_int_not_equal(file_once(&scene, parsed("192.0.2.2"), EMPTY_BYTES, &response), 429);
}

/* Ballots and what officers sign are no filings, whatever the address has filed. */
static void hinders_no_ballot_and_no_officer(void **state)
{
    static const char *const NOTES[] = {"xiling/v1 ballot\nx\n\n",
                                        "xiling/v1 election.close\nx\n\n",
                                        "xiling/v1 objection.answer\nx\n\n"};
    AUTO_SCENE scene;
    (void)state;

    scene_open(&scene);
    for (unsigned i = 0; i < 2 * FREE; i++) {
        AUTO_RESPONSE response = RESPONSE_INIT;

        (void)file_once(&scene, parsed("192.0.2.1"), EMPTY_BYTES, &response);
    }
    for (size_t i = 0; i < sizeof NOTES / sizeof NOTES[0]; i++) {
        struct request request = {.method = METHOD_POST,
                                  .path = LITERAL("/api/entries"),
                                  .body = bytes_of_string(NOTES[i]),
                                  .address = parsed("192.0.2.1"),
                                  .ticks = START};
        AUTO_RESPONSE response = RESPONSE_INIT;

        scene_ask(&scene, &request, &response);
        assert_int_not_equal(response.status, 429);
    }
}

/* Places for filings run out at their own bound, and first ask for work. */
static void fills_the_filings_queue_alone(void **state)
{
    static struct ticket *tickets[PIPELINE_FILINGS_MAX];
    struct ticket *other;
    AUTO_RESPONSE response = RESPONSE_INIT;
    AUTO_SCENE scene;
    (void)state;

    scene_open(&scene);
    for (size_t i = 0; i < PIPELINE_FILINGS_MAX; i++) {
        assert_true(pipeline_is_crowded(scene.app->pipeline) == (i >= PIPELINE_FILINGS_CROWD));
        check_ok(ticket_make(LITERAL("xiling/v1 objection.withdraw\nx\n\n"), &tickets[i]));
        check_ok(pipeline_reserve(scene.app->pipeline, tickets[i]));
    }
    assert_int_equal(file_once(&scene, parsed("192.0.2.9"), EMPTY_BYTES, &response), 429);
    check_ok(ticket_make(LITERAL("xiling/v1 objection.file\nx\n\n"), &other));
    check_fails(pipeline_reserve(scene.app->pipeline, other), BUSY, "objection.queue");
    ticket_free(other);
    check_ok(ticket_make(LITERAL("xiling/v1 election.close\nx\n\n"), &other));
    check_ok(pipeline_reserve(scene.app->pipeline, other));
    ticket_free(other);
    check_ok(ticket_make(LITERAL("xiling/v1 ballot\nx\n\n"), &other));
    check_ok(pipeline_reserve(scene.app->pipeline, other));
    ticket_free(other);
    for (size_t i = 0; i < PIPELINE_FILINGS_MAX; i++) {
        ticket_free(tickets[i]);
    }
    assert_false(pipeline_is_crowded(scene.app->pipeline));
}

#define OF_TABLE(test) cmocka_unit_test_setup_teardown(test, open_table, close_table)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OF_TABLE(slows_one_address_and_no_other),
        OF_TABLE(counts_a_64_of_ipv6_as_one),
        OF_TABLE(lets_in_again_at_the_time_it_named),
        OF_TABLE(costs_nothing_to_be_told_to_wait),
        OF_TABLE(does_not_mind_a_clock_that_goes_back),
        OF_TABLE(keeps_kinds_apart),
        OF_TABLE(gives_way_to_new_addresses_when_it_is_full),
        OF_TABLE(slows_guessing),
        OF_TABLE(charges_others_only_for_what_is_refused),
        OF_TABLE(passes_at_once_by_work),
        OF_TABLE(refuses_work_for_another_text),
        OF_TABLE(asks_more_work_of_whoever_goes_on),
        OF_TABLE(takes_no_token_from_a_cheaper_time),
        OF_TABLE(keeps_the_wait_short_while_others_work),
        OF_TABLE(asks_work_of_all_while_it_is_crowded),
        cmocka_unit_test(answers_429_with_all_one_needs),
        cmocka_unit_test(hinders_no_ballot_and_no_officer),
        cmocka_unit_test(fills_the_filings_queue_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
