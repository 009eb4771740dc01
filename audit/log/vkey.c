#include "log/vkey.h"

#include <stdio.h>
#include <string.h>

#include "base/code.h"
#include "base/encoding.h"
#include "base/text.h"
#include "primitive/hash.h"

#define KEY_SIZE 32

/* Unicode White_Space, and the ASCII controls. */
static bool is_space_or_control(uint32_t character)
{
    return character <= 0x20 || character == 0x7f || character == 0x85 || character == 0xa0 ||
           character == 0x1680 || (character >= 0x2000 && character <= 0x200a) ||
           character == 0x2028 || character == 0x2029 || character == 0x202f ||
           character == 0x205f || character == 0x3000;
}

bool vkey_name_is_valid(struct bytes name)
{
    struct bytes rest = name;
    uint32_t character;

    while (text_next(&rest, &character)) {
        if (character == '+' || is_space_or_control(character)) {
            return false;
        }
    }
    return rest.size == 0 && name.size > 0 && name.size <= VKEY_NAME_MAX;
}

struct result vkey_make(struct bytes name, enum vkey_type type, const struct public_key *key,
                        struct vkey *out)
{
    REQUIRE(vkey_name_is_valid(name), MALFORMED, "vkey.name");
    REQUIRE(public_key_is_valid(key), MALFORMED, "vkey.key");
    memset(out, 0, sizeof *out);
    out->name_size = name.size;
    memcpy(out->name, name.data, name.size);
    out->type = type;
    out->key = *key;
    key_id_of(name, (uint8_t)type, BYTES(key->bytes), &out->id);
    return OK;
}

static struct result parse_key(struct bytes text, enum vkey_type *type, struct public_key *out)
{
    uint8_t decoded[1 + KEY_SIZE];

    REQUIRE(is_ok(base64_decode_fixed(text, decoded, sizeof decoded)), MALFORMED, "vkey.form");
    REQUIRE(decoded[0] == VKEY_ED25519 || decoded[0] == VKEY_COSIGNATURE, MALFORMED, "vkey.form");
    *type = decoded[0] == VKEY_ED25519 ? VKEY_ED25519 : VKEY_COSIGNATURE;
    memcpy(out->bytes, decoded + 1, KEY_SIZE);
    return OK;
}

struct result vkey_parse(struct bytes text, struct vkey *out)
{
    struct bytes rest = text;
    const struct bytes name = text_cut(&rest, '+');
    const struct bytes digits = text_cut(&rest, '+');
    enum vkey_type type;
    struct public_key key;
    struct key_id id;

    REQUIRE(is_ok(hex_decode(digits, id.bytes, sizeof id.bytes)), MALFORMED, "vkey.form");
    TRY(parse_key(rest, &type, &key));
    TRY(vkey_make(name, type, &key, out));
    REQUIRE(memcmp(id.bytes, out->id.bytes, sizeof id.bytes) == 0, MALFORMED, "vkey.id");
    return OK;
}

struct result vkey_write(const struct vkey *vkey, struct buffer *out)
{
    uint8_t typed[1 + KEY_SIZE] = {(uint8_t)vkey->type};

    memcpy(typed + 1, vkey->key.bytes, KEY_SIZE);
    TRY(buffer_append(out, vkey_name(vkey)));
    TRY(buffer_append_text(out, "+"));
    TRY(hex_append(out, BYTES(vkey->id.bytes)));
    TRY(buffer_append_text(out, "+"));
    return base64_append(out, BYTES(typed));
}

struct result vkey_print_fingerprint(const struct vkey *vkey,
                                     char out[static VKEY_FINGERPRINT_SIZE + 1])
{
    AUTO_BUFFER text = BUFFER_INIT;
    char code[SHORT_CODE_SIZE + 1];

    TRY(vkey_write(vkey, &text));
    const struct hash32 hash = sha256_of(buffer_view(&text));

    short_code_print(hash.bytes, code);
    (void)snprintf(out, VKEY_FINGERPRINT_SIZE + 1, "%.4s %.4s %.4s", code, code + 4, code + 8);
    return OK;
}

struct bytes vkey_name(const struct vkey *vkey)
{
    return (struct bytes){vkey->name, vkey->name_size};
}

bool vkey_equal(const struct vkey *a, const struct vkey *b)
{
    return a->type == b->type && memcmp(a->key.bytes, b->key.bytes, KEY_SIZE) == 0 &&
           bytes_equal(vkey_name(a), vkey_name(b));
}
