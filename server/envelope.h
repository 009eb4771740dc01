/*
 * envelope.h - JSON out and in. It is only the envelope of the HTTP interface: nothing in it is
 * ever signed or hashed.
 *
 * Writing is a walk: open, add, close; a failure on the way is remembered and told at the end.
 * Inside an array the key is NULL.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"

#define ENVELOPE_DEPTH 8

struct json_t;

struct envelope {
    struct json_t *stack[ENVELOPE_DEPTH];
    size_t depth;
    bool broken;
};

#define ENVELOPE_INIT \
    {                 \
        {0}, 0, false \
    }
#define AUTO_ENVELOPE __attribute__((cleanup(envelope_free))) struct envelope

void envelope_begin(struct envelope *envelope); /* the outermost object */
void envelope_free(struct envelope *envelope);
void envelope_open_object(struct envelope *envelope, const char *key);
void envelope_open_array(struct envelope *envelope, const char *key);
void envelope_close(struct envelope *envelope);
void envelope_text(struct envelope *envelope, const char *key, struct bytes text); /* UTF-8 */
void envelope_string(struct envelope *envelope, const char *key, const char *text);
void envelope_number(struct envelope *envelope, const char *key, uint64_t number);
/* null if it is UINT64_MAX */
void envelope_index(struct envelope *envelope, const char *key, uint64_t index);
void envelope_flag(struct envelope *envelope, const char *key, bool flag);
void envelope_null(struct envelope *envelope, const char *key);
void envelope_base64(struct envelope *envelope, const char *key, struct bytes bytes);
void envelope_hex(struct envelope *envelope, const char *key, struct bytes bytes);
void envelope_time(struct envelope *envelope, const char *key, uint64_t seconds);
/* Closes the outermost object and appends the text. INTERNAL "envelope.broken". */
MUST_CHECK struct result envelope_write(struct envelope *envelope, struct buffer *out);

/* An object that was received. */
struct envelope_input {
    struct json_t *root;
};

#define AUTO_INPUT __attribute__((cleanup(envelope_input_free))) struct envelope_input

/* MALFORMED "envelope.form": not one JSON object, or a key twice. */
MUST_CHECK struct result envelope_read(struct bytes text, struct envelope_input *out);
void envelope_input_free(struct envelope_input *input);
/* A view into the input. MALFORMED "envelope.field" with the key, which is static. */
MUST_CHECK struct result envelope_get(const struct envelope_input *input, const char *key,
                                      struct bytes *out);
