/*
 * xiling - the service and its administration.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/app.h"
#include "server/backup.h"
#include "server/demo.h"
#include "server/subject_list.h"
#include "server/witness.h"
#include "server/words.h"

static const char USAGE[] =
    "usage: xiling COMMAND [OPTION...]\n"
    "\n"
    "  init    make keys and an empty log:     --data DIR --origin NAME\n"
    "  serve   run the service:                --data DIR [--host ADDRESS] [--port N]\n"
    "                                          [--url URL] [--web DIR] [--threads N]\n"
    "                                          [--witnesses FILE] [--verbose]\n"
    "                                          [--smtp smtp://HOST:PORT --mail-from ADDRESS]\n"
    "                                          [--proxy ADDRESS]\n"
    "  witness make a witness's key, or be it: --data DIR --origin NAME | --data DIR --logs FILE\n"
    "                                          [--host ADDRESS] [--port N] [--threads N]\n"
    "  backup  copy the data while it runs:    --data DIR --output FILE\n"
    "  openings  whom accepted cases are about, for an authorised auditor: --data DIR > FILE\n"
    "  demo    a district of fictional members: see server/run --help\n";

static int report(struct result result)
{
    const struct refusal *const refusal = words_find(result.rule);

    if (is_ok(result)) {
        return EXIT_SUCCESS;
    }
    fprintf(stderr, "xiling: %s (%llu): %s\n", result.rule ? result.rule : "internal",
            (unsigned long long)result.at, refusal->what.en);
    return EXIT_FAILURE;
}

static struct result run_init(const struct config *config)
{
    AUTO_BUFFER vkey = BUFFER_INIT;
    AUTO_BUFFER service_key = BUFFER_INIT;
    const char *vkey_text;
    const char *service_text;

    TRY(app_create(config, &vkey, &service_key));
    TRY(buffer_terminate(&vkey, &vkey_text));
    TRY(buffer_terminate(&service_key, &service_text));
    printf("vkey %s\nservice %s\n", vkey_text, service_text);
    return OK;
}

/* With a name it makes the key, with logs it runs. */
static struct result run_witness(const struct config *config)
{
    AUTO_BUFFER vkey = BUFFER_INIT;
    const char *text;

    if (config->logs[0]) {
        return app_run_witness(config);
    }
    TRY(witness_create(config->data, bytes_of_string(config->origin), &vkey));
    TRY(buffer_terminate(&vkey, &text));
    printf("%s\n", text);
    return OK;
}

static const struct {
    const char *name;
    struct result (*run)(const struct config *config);
} COMMANDS[] = {
    {"init", run_init},
    {"serve", app_run},
    {"witness", run_witness},
    {"backup", backup_make},
    {"openings", subject_list_print},
};

int main(int argc, char **argv)
{
    struct config config;
    struct result parsed;

    if (argc > 1 && strcmp(argv[1], "demo") == 0) {
        return demo_run(argc - 1, argv + 1);
    }
    for (size_t i = 0; argc > 1 && i < sizeof COMMANDS / sizeof COMMANDS[0]; i++) {
        if (strcmp(argv[1], COMMANDS[i].name) == 0) {
            parsed = config_parse(argc - 2, argv + 2, &config);
            return report(is_ok(parsed) ? COMMANDS[i].run(&config) : parsed);
        }
    }
    fputs(USAGE, argc > 1 ? stderr : stdout);
    return argc > 1 ? 2 : EXIT_SUCCESS;
}
