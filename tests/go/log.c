/*
 * log.c - writes a log as it is served, with a receipt and a proof of growth, for peer.go.
 *
 * usage: go-log FOLDER SIZE OLD-SIZE INDEX
 */
#include <stdlib.h>

#include "base/encoding.h"
#include "check.h"
#include "log/lines.h"
#include "support/small_log.h"

static void write_receipt(struct small_log *log, uint64_t index, const char *folder)
{
    AUTO_BUFFER receipt = BUFFER_INIT;

    small_log_receipt(log, index, SMALL_LOG_WITNESSES, &receipt);
    small_log_write_file(folder, "receipt.tlog-proof", buffer_view(&receipt));
}

/* The old size, its root, the proof, a line each. */
static void write_growth(struct small_log *log, uint64_t old, const char *folder)
{
    const struct merkle_source source = tree_source(&log->tree);
    const struct merkle_head head = small_log_head(log, old);
    AUTO_BUFFER growth = BUFFER_INIT;
    struct merkle_proof proof;

    check_ok(merkle_prove_consistency(&source, old, log->size, &proof));
    check_ok(buffer_append_decimal(&growth, old));
    check_ok(buffer_append_text(&growth, "\n"));
    check_ok(base64_append(&growth, BYTES(head.root.bytes)));
    check_ok(buffer_append_text(&growth, "\n"));
    check_ok(lines_write_proof(&proof, &growth));
    small_log_write_file(folder, "growth", buffer_view(&growth));
}

int main(int count, char **arguments)
{
    AUTO_SMALL_LOG log = {0};

    if (count != 5) {
        (void)fprintf(stderr, "usage: go-log FOLDER SIZE OLD-SIZE INDEX\n");
        return 2;
    }
    small_log_make(strtoull(arguments[2], NULL, 10), &log);
    small_log_export(&log, arguments[1]);
    write_growth(&log, strtoull(arguments[3], NULL, 10), arguments[1]);
    write_receipt(&log, strtoull(arguments[4], NULL, 10), arguments[1]);
    return 0;
}
