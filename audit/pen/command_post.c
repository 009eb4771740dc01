#include <stdio.h>

#include "pen/commands.h"
#include "verifier/fetch.h"
#include "verifier/file.h"

#define URL_SIZE 2048
#define HTTP_OK  200
#define ACCEPTED 202

/* `post URL NOTE [--token TOKEN]`: hands a note to a service; prints its receipt or its refusal. */
struct result command_post(const struct options *options)
{
    AUTO_FETCH *fetch = NULL;
    AUTO_BUFFER note = BUFFER_INIT;
    char url[URL_SIZE];
    char header[URL_SIZE];
    struct fetch_answer answer = {.status = 0};

    if (options->word_count != 2) {
        return fail_field(INVALID, "options.missing", "URL NOTE", 0);
    }
    const char *token = option(options, "token");
    (void)snprintf(url, sizeof url, "%s/api/entries", options->words[0]);
    (void)snprintf(header, sizeof header, "X-Invitation: %s", token == NULL ? "" : token);
    TRY(file_read(options->words[1], &note));
    TRY(fetch_open(&fetch));
    const struct fetch_request request = {.url = url,
                                          .body = buffer_view(&note),
                                          .is_post = true,
                                          .header = token == NULL ? NULL : header};
    struct result result = fetch_send(fetch, &request, &answer);
    if (is_ok(result)) {
        result = pen_print(buffer_view(&answer.body));
    }
    buffer_free(&answer.body);
    TRY(result);
    REQUIRE(answer.status == HTTP_OK || answer.status == ACCEPTED, INVALID, "pen.refused");
    return OK;
}
