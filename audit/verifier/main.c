/*
 * xiling-audit: verifies a log from the log alone. Exit status: 0 it holds, 1 it does not, 2 it
 * could not be tried.
 */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "record/refusal.h"
#include "verifier/commands.h"

#define STATUS_NOT_TRIED 2

struct command {
    const char *name;
    const char *usage;
    struct result (*run)(const struct options *options, int *status);
};

static const struct command COMMANDS[] = {
    {"verify",
     "verify URL|DIR [--vkey FILE] [--genesis HEX] [--older CHECKPOINT] [--policy FILE]\n"
     "                          [--openings FILE] [--threads N]\n"
     "                                                 replays a log, steps V1 to V21",
     command_verify},
    {"export",
     "export URL DIR [--vkey FILE]                   copies a log, verifying what it gets",
     command_export},
    {"receipt", "receipt FILE --vkey FILE [--policy FILE]       verifies a receipt, offline",
     command_receipt},
    {"report",
     "report BUNDLE|FOLDER [--log URL|DIR] [--vkey FILE] [--policy FILE]\n"
     "                          [--threads N]      checks the evidence bundle of a report",
     command_report},
    {"ballot",
     "ballot --manifest FILE --seed HEX --choices 2,0,1 --code CODE\n"
     "                          [--fingerprint CODE]   makes a challenged ballot again",
     command_ballot},
    {"types", "types [markdown|json]                          the table of statement types",
     command_types},
};

static const char *const OPTIONS[] = {"vkey",     "genesis",  "older",   "policy", "threads",
                                      "manifest", "seed",     "choices", "code",   "fingerprint",
                                      "log",      "openings", NULL};

#define COMMAND_COUNT (sizeof COMMANDS / sizeof COMMANDS[0])

static int print_usage(FILE *out)
{
    (void)fputs("西泠 xiling-audit\n", out);
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        (void)fprintf(out, "  xiling-audit %s\n", COMMANDS[i].usage);
    }
    (void)fputs("FILE may be the text itself where a key is asked for, and - for standard input.\n"
                "Exit status: 0 it holds, 1 it does not, 2 it could not be tried.\n",
                out);
    return out == stdout ? 0 : STATUS_NOT_TRIED;
}

static int print_failure(struct result result, const struct options *options)
{
    const struct refusal *words = refusal_find(result.rule);
    const char *place = options->misused != NULL ? options->misused : result.field;

    (void)fprintf(stderr, "%s%s%s\n%s\n%s\n", words->what.zh, place == NULL ? "" : ": ",
                  place == NULL ? "" : place, words->what.en, words->advice.en);
    if (result.at > 0) { /* of a file given: the line */
        (void)fprintf(stderr, "(%s, %llu)\n", result.rule, (unsigned long long)result.at);
        return STATUS_NOT_TRIED;
    }
    (void)fprintf(stderr, "(%s)\n", result.rule == NULL ? "internal" : result.rule);
    return STATUS_NOT_TRIED;
}

static int run(const struct command *command, int count, char *arguments[])
{
    struct options options;
    int status = 0;
    struct result result = options_read(count, arguments, OPTIONS, &options);

    if (is_ok(result)) {
        result = command->run(&options, &status);
    }
    return is_ok(result) ? status : print_failure(result, &options);
}

int main(int count, char *arguments[])
{
    if (sodium_init() < 0) {
        return STATUS_NOT_TRIED;
    }
    for (int i = 1; i < count; i++) {
        if (strcmp(arguments[i], "--help") == 0) {
            return print_usage(stdout);
        }
    }
    if (count < 2) {
        return print_usage(stderr);
    }
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(arguments[1], COMMANDS[i].name) == 0) {
            return run(&COMMANDS[i], count - 2, arguments + 2);
        }
    }
    return print_usage(stderr);
}
