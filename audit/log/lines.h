/*
 * lines.h - lines of hashes, as proofs are written in receipts and in requests to witnesses.
 */
#pragma once

#include "log/merkle.h"

/* Takes the line before the next LF off `text`; false, and nothing moves, if there is no LF. */
bool lines_take(struct bytes *text, struct bytes *line);
/* As lines_take(), of a line that begins with `word`: *line is what follows it. */
bool lines_take_word(struct bytes *text, const char *word, struct bytes *line);

/* Appends each hash in base64, one a line, and then an empty line. */
MUST_CHECK struct result lines_write_proof(const struct merkle_proof *proof, struct buffer *out);
/* Takes at most MERKLE_PROOF_MAX hashes and the empty line. MALFORMED "merkle.form". */
MUST_CHECK struct result lines_take_proof(struct bytes *text, struct merkle_proof *out);
