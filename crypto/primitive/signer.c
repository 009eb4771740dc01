#include "primitive/signer.h"

#include <string.h>

#include "base/encoding.h"
#include "base/text.h"

#define DASH LITERAL("\xE2\x80\x94 ")

enum {
    TYPE_ED25519 = 0x01,
    TYPE_PRIVATE = 0xff,
};

void key_id_of(struct bytes name, uint8_t type, struct bytes key, struct key_id *out)
{
    const struct bytes parts[] = {name, LITERAL("\n"), {&type, 1}, key};
    const struct hash32 hash = sha256_of_parts(parts, sizeof parts / sizeof parts[0]);

    memcpy(out->bytes, hash.bytes, sizeof out->bytes);
}

void key_id_of_ring(const struct hash32 *manifest, struct key_id *out)
{
    static const char NAME[] = "xiling/ring/v1";
    uint8_t key[sizeof NAME - 1 + sizeof manifest->bytes];

    memcpy(key, NAME, sizeof NAME - 1);
    memcpy(key + sizeof NAME - 1, manifest->bytes, sizeof manifest->bytes);
    key_id_of(LITERAL("ring"), TYPE_PRIVATE, BYTES(key), out);
}

bool signer_name_is_valid(struct bytes name)
{
    if (name.size == 0 || name.size > SIGNER_NAME_MAX) {
        return false;
    }
    return memchr(name.data, '+', name.size) == NULL && memchr(name.data, ' ', name.size) == NULL &&
           memchr(name.data, '\n', name.size) == NULL;
}

struct result signer_make(struct bytes name, const struct public_key *key, struct signer *out)
{
    REQUIRE(signer_name_is_valid(name), INVALID, "signer.name");
    *out = (struct signer){.name_size = name.size, .key = *key};
    memcpy(out->name, name.data, name.size);
    key_id_of(name, TYPE_ED25519, BYTES(key->bytes), &out->id);
    return OK;
}

struct result signature_line_append(struct buffer *note, struct bytes name, const struct key_id *id,
                                    struct bytes signature)
{
    AUTO_BUFFER payload = BUFFER_INIT;

    TRY(buffer_append(&payload, BYTES(id->bytes)));
    TRY(buffer_append(&payload, signature));
    TRY(buffer_append(note, DASH));
    TRY(buffer_append(note, name));
    TRY(buffer_append_text(note, " "));
    TRY(base64_append(note, buffer_view(&payload)));
    return buffer_append_text(note, "\n");
}

struct result signature_line_sign(struct buffer *note, struct bytes text, struct bytes name,
                                  const struct secret_key *secret)
{
    struct public_key key;
    struct signer signer;
    struct signature signature;

    public_key_of(secret, &key);
    TRY(signer_make(name, &key, &signer));
    TRY(signature_make(secret, text, &signature));
    return signature_line_append(note, name, &signer.id, BYTES(signature.bytes));
}

struct result signature_line_parse(struct bytes line, struct signature_line *out)
{
    REQUIRE(bytes_starts_with(line, DASH), MALFORMED, "signature.line");
    struct bytes rest = bytes_slice(line, DASH.size, line.size);
    out->name = text_cut(&rest, ' ');
    out->encoded = rest;
    REQUIRE(out->name.size > 0 && rest.size > 0, MALFORMED, "signature.line");
    REQUIRE(memchr(rest.data, ' ', rest.size) == NULL, MALFORMED, "signature.line");
    return OK;
}

struct result signature_line_decode(const struct signature_line *line, struct key_id *id,
                                    struct buffer *signature)
{
    AUTO_BUFFER payload = BUFFER_INIT;

    REQUIRE(is_ok(base64_decode_append(line->encoded, &payload)), MALFORMED, "signature.base64");
    REQUIRE(payload.size > sizeof id->bytes, MALFORMED, "signature.base64");
    memcpy(id->bytes, payload.data, sizeof id->bytes);
    return buffer_append(signature,
                         bytes_slice(buffer_view(&payload), sizeof id->bytes, payload.size));
}
