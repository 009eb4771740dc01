#include "verifier/options.h"

#include <string.h>

#include "base/text.h"

static bool is_known(const char *name, const char *const known[])
{
    for (size_t i = 0; known[i] != NULL; i++) {
        if (strcmp(known[i], name) == 0) {
            return true;
        }
    }
    return false;
}

struct result options_read(int count, char *const arguments[], const char *const known[],
                           struct options *out)
{
    *out = (struct options){.word_count = 0};
    for (int i = 0; i < count; i++) {
        const char *argument = arguments[i];

        out->misused = argument;
        REQUIRE(out->word_count + out->pair_count < OPTIONS_MAX, INVALID, "options.unknown");
        if (strncmp(argument, "--", 2) != 0) {
            out->words[out->word_count++] = argument;
            continue;
        }
        REQUIRE(is_known(argument + 2, known), INVALID, "options.unknown");
        REQUIRE(i + 1 < count, INVALID, "options.value");
        out->names[out->pair_count] = argument + 2;
        out->values[out->pair_count++] = arguments[++i];
    }
    out->misused = NULL;
    return OK;
}

const char *option(const struct options *options, const char *name)
{
    for (size_t i = 0; i < options->pair_count; i++) {
        if (strcmp(options->names[i], name) == 0) {
            return options->values[i];
        }
    }
    return NULL;
}

struct result option_require(const struct options *options, const char *name, const char **out)
{
    *out = option(options, name);
    return *out != NULL ? OK : fail_field(INVALID, "options.missing", name, 0);
}

struct result option_number(const struct options *options, const char *name, uint64_t otherwise,
                            uint64_t *out)
{
    const char *text = option(options, name);

    *out = otherwise;
    if (text == NULL) {
        return OK;
    }
    REQUIRE(is_ok(text_parse_number(bytes_of_string(text), out)), INVALID, "options.number");
    return OK;
}
