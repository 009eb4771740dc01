#include "server/demo.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "server/app.h"
#include "server/demo_links.h"
#include "server/demo_stage.h"
#include "server/words.h"

#define DEMO_ORIGIN   "xiling.example/log/2026"
#define ARGUMENTS_MAX 64
#define MILLI         1000000L
#define SHORT_REST    100

struct demo {
    struct config config;
    bool hands_on;
};

/* Takes the demonstration's own option out and leaves the service's to config_parse. */
static struct result parse(int count, char *arguments[], struct demo *out)
{
    char *kept[ARGUMENTS_MAX];
    int kept_count = 0;

    REQUIRE(count < ARGUMENTS_MAX, MALFORMED, "config.option");
    for (int i = 0; i < count; i++) {
        if (strcmp(arguments[i], "--hands-on") == 0) {
            out->hands_on = true;
        } else {
            kept[kept_count++] = arguments[i];
        }
    }
    config_default(&out->config);
    return config_parse(kept_count, kept, &out->config);
}

static void rest(long milliseconds)
{
    const struct timespec pause = {milliseconds / 1000, milliseconds % 1000 * MILLI};

    (void)nanosleep(&pause, NULL);
}

/* Runs steps in order until one did something or waits for somebody, which *outcome says. */
static struct result run_steps(struct stage *stage, stage_step *const steps[], size_t count,
                               struct step_outcome *outcome)
{
    *outcome = (struct step_outcome){false, false};
    for (size_t i = 0; i < count && !outcome->acted && !outcome->blocked; i++) {
        TRY(client_sync(&stage->client));
        TRY(steps[i](stage, outcome));
    }
    return OK;
}

/* Until nothing is left to do: what waits here waits for the service, never for a person. */
static struct result run_to_the_end(struct stage *stage, stage_step *const steps[], size_t count)
{
    struct step_outcome outcome = {.acted = true};

    while (outcome.acted || outcome.blocked) {
        TRY(run_steps(stage, steps, count, &outcome));
        if (!outcome.acted && outcome.blocked) {
            rest(SHORT_REST);
        }
    }
    return OK;
}

static struct result set_the_stage(struct stage *stage)
{
    stage->sitting = &SITTING_BEFORE;
    TRY(run_to_the_end(stage, YEAR_BEFORE, YEAR_BEFORE_COUNT));
    stage->sitting = &SITTING_NOW;
    return run_to_the_end(stage, SETTING, SETTING_COUNT);
}

/* What goes on side by side: one may wait for somebody while the other goes on. */
struct track {
    stage_step *const *steps;
    size_t count;
    const char *told; /* the rule of its last failure */
};

/* A step that fails is tried again: the service may be stopping, or somebody was faster. */
static bool play_track(struct stage *stage, struct track *track)
{
    struct step_outcome outcome;
    const struct result result = run_steps(stage, track->steps, track->count, &outcome);

    if (!is_ok(result) && result.rule != track->told) {
        (void)fprintf(stderr, "demo: %s (%s)\n", words_find(result.rule)->what.en,
                      result.rule == NULL ? "internal" : result.rule);
        track->told = result.rule;
    }
    return is_ok(result);
}

static void play(struct stage *stage)
{
    struct track meeting = {.steps = PLAY, .count = PLAY_COUNT};
    struct track review = {.steps = REVIEW_PLAY, .count = REVIEW_PLAY_COUNT};

    for (;;) {
        const bool meets = play_track(stage, &meeting);
        const bool reviews = play_track(stage, &review);

        rest(meets && reviews ? 900 : 3000);
    }
}

static struct result help(const struct demo *demo)
{
    struct stage stage = {.data = demo->config.data, .hands_on = demo->hands_on};
    char url[128];

    (void)snprintf(url, sizeof url, "http://127.0.0.1:%u", demo->config.port);
    TRY(client_open(url, &stage.client));
    TRY(set_the_stage(&stage));
    TRY(links_print(&stage, demo->config.url));
    play(&stage);
    return OK;
}

/* The helpers' process: ends with the service. */
static int helpers_run(const struct demo *demo)
{
    (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
    const struct result result = help(demo);
    (void)fprintf(stderr, "demo: %s\n%s\n(%s)\n", words_find(result.rule)->what.zh,
                  words_find(result.rule)->what.en, result.rule == NULL ? "internal" : result.rule);
    return EXIT_FAILURE;
}

static struct result create_once(struct demo *demo)
{
    AUTO_BUFFER vkey = BUFFER_INIT;
    AUTO_BUFFER service_key = BUFFER_INIT;

    if (demo->config.origin == NULL || demo->config.origin[0] == 0) {
        demo->config.origin = DEMO_ORIGIN;
    }
    const struct result result = app_create(&demo->config, &vkey, &service_key);
    return result.failure == CONFLICT ? OK : result;
}

/*
 * On a terminal the journal would push the links out of sight: it goes to a file beside the data.
 * Returns the terminal, to be given back, or -1 where nothing was changed.
 */
static int put_journal_aside(const struct config *config)
{
    char path[APP_PATH_SIZE];
    int journal, terminal;

    if (!isatty(STDERR_FILENO) || !is_ok(app_path(config, "journal.log", path))) {
        return -1;
    }
    journal = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (journal < 0) {
        return -1;
    }
    (void)printf("运行日志 / journal: %s\n", path);
    (void)fflush(stdout);
    terminal = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
    (void)dup2(journal, STDERR_FILENO);
    (void)close(journal);
    return terminal;
}

static void take_journal_back(int terminal)
{
    if (terminal >= 0) {
        (void)dup2(terminal, STDERR_FILENO);
        (void)close(terminal);
    }
}

static struct result serve_with_helpers(struct demo *demo)
{
    TRY(create_once(demo));
    (void)fflush(stdout);
    const pid_t helpers = fork();
    REQUIRE(helpers >= 0, OUT_OF_MEMORY, "memory");
    if (helpers == 0) {
        _exit(helpers_run(demo));
    }
    const int terminal = put_journal_aside(&demo->config);
    const struct result result = app_run(&demo->config);
    take_journal_back(terminal);
    (void)kill(helpers, SIGTERM);
    (void)waitpid(helpers, NULL, 0);
    return result;
}

int demo_run(int argc, char **argv)
{
    struct demo demo = {.hands_on = false};
    struct result result = parse(argc - 1, argv + 1, &demo);

    if (is_ok(result)) {
        result = serve_with_helpers(&demo);
    }
    if (!is_ok(result)) {
        (void)fprintf(stderr, "xiling demo: %s\n%s\n(%s)\n", words_find(result.rule)->what.zh,
                      words_find(result.rule)->what.en,
                      result.rule == NULL ? "internal" : result.rule);
    }
    return is_ok(result) ? EXIT_SUCCESS : EXIT_FAILURE;
}
