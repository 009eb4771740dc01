#include <stdio.h>
#include <string.h>

#include "record/types.h"
#include "verifier/commands.h"

struct result command_types(const struct options *options, int *status)
{
    AUTO_BUFFER out = BUFFER_INIT;
    const bool json = options->word_count > 0 && strcmp(options->words[0], "json") == 0;

    TRY(json ? types_print_json(&out) : types_print_markdown(&out));
    (void)fwrite(out.data, 1, out.size, stdout);
    *status = 0;
    return OK;
}
