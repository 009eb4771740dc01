#include "server/config.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/address.h"

/* One row an option that takes a word. */
struct option_row {
    const char *name;
    size_t offset;
};

static const struct option_row WORDS[] = {
    {"--data", offsetof(struct config, data)},
    {"--web", offsetof(struct config, web)},
    {"--host", offsetof(struct config, host)},
    {"--origin", offsetof(struct config, origin)},
    {"--url", offsetof(struct config, url)},
    {"--witnesses", offsetof(struct config, witnesses)},
    {"--logs", offsetof(struct config, logs)},
    {"--output", offsetof(struct config, output)},
    {"--smtp", offsetof(struct config, smtp)},
    {"--mail-from", offsetof(struct config, mail_from)},
    {"--proxy", offsetof(struct config, proxy)},
};

static const struct option_row NUMBERS[] = {
    {"--port", offsetof(struct config, port)},
    {"--threads", offsetof(struct config, threads)},
};

void config_default(struct config *out)
{
    *out = (struct config){
        .data = "data",
        .web = "web",
        .host = "127.0.0.1",
        .origin = "",
        .url = "",
        .witnesses = "",
        .logs = "",
        .output = "",
        .smtp = "",
        .mail_from = "",
        .proxy = "",
        .port = 8080,
        .threads = 4,
    };
}

static bool read_number(const char *text, unsigned *out)
{
    char *end = 0;
    const long number = strtol(text, &end, 10);

    if (*text < '0' || *text > '9' || *end || number > 65535) {
        return false;
    }
    *out = (unsigned)number;
    return true;
}

/* Whether `name` is an option with a value, and the value was good. */
static bool read_option(struct config *config, const char *name, const char *value)
{
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        if (strcmp(name, WORDS[i].name) == 0) {
            memcpy((char *)config + WORDS[i].offset, &value, sizeof value);
            return true;
        }
    }
    for (size_t i = 0; i < sizeof NUMBERS / sizeof NUMBERS[0]; i++) {
        if (strcmp(name, NUMBERS[i].name) == 0) {
            unsigned number = 0;
            const bool good = read_number(value, &number);

            memcpy((char *)config + NUMBERS[i].offset, &number, sizeof number);
            return good;
        }
    }
    return false;
}

/* Both or none; a server that is not spoken to in SMTP would be found out only much later. */
static struct result check_mail(const struct config *config)
{
    const bool server =
        strncmp(config->smtp, "smtp://", 7) == 0 || strncmp(config->smtp, "smtps://", 8) == 0;

    REQUIRE(
        (config->smtp[0] == 0 && config->mail_from[0] == 0) ||
            (server && strchr(config->mail_from, '@') && !strpbrk(config->mail_from, "<>\r\n ")),
        MALFORMED, "config.mail");
    return OK;
}

/* A proxy that is not recognised would make one address of all who come through it. */
static struct result check_proxy(const struct config *config)
{
    struct address proxy;

    REQUIRE(config->proxy[0] == 0 || address_parse(bytes_of_string(config->proxy), &proxy),
            MALFORMED, "config.proxy");
    return OK;
}

struct result config_parse(int argc, char **argv, struct config *out)
{
    config_default(out);
    for (int i = 0; i < argc; i++) {
        if (strcmp(argv[i], "--verbose") == 0) {
            out->verbose = true;
            continue;
        }
        if (i + 1 == argc || !read_option(out, argv[i], argv[i + 1])) {
            return fail_field(MALFORMED, "config.option", 0, (uint64_t)i);
        }
        i++;
    }
    TRY(check_mail(out));
    TRY(check_proxy(out));
    if (out->threads < 2) {
        return fail(MALFORMED, "config.threads");
    }
    if (out->url[0] == 0) {
        snprintf(out->own_url, sizeof out->own_url, "http://%s:%u", out->host, out->port);
        out->url = out->own_url;
    }
    return OK;
}
