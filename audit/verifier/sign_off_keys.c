#include "verifier/sign_off_keys.h"

#include "base/encoding.h"
#include "base/text.h"

#define LINES_MAX 2

void sign_off_keys_free(struct sign_off_keys *keys)
{
    buffer_free(&keys->known);
}

static const struct signer *find(const struct sign_off_keys *keys, struct bytes name)
{
    const struct signer *const known = (const void *)keys->known.data;

    for (size_t i = 0; i < keys->known.size / sizeof *known; i++) {
        if (bytes_equal(bytes_slice(BYTES(known[i].name), 0, known[i].name_size), name)) {
            return &known[i];
        }
    }
    return NULL;
}

static struct result add(struct sign_off_keys *keys, const struct signer signers[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct bytes name = bytes_slice(BYTES(signers[i].name), 0, signers[i].name_size);

        REQUIRE(find(keys, name) == NULL, CONFLICT, "sign_off.enrolled");
        TRY(buffer_append(&keys->known,
                          (struct bytes){(const uint8_t *)&signers[i], sizeof signers[i]}));
    }
    return OK;
}

static struct result learn_enrolment(const struct statement *statement, struct signer *out)
{
    struct public_key key;

    TRY(statement_fixed(statement, "签名公钥", 0, key.bytes, sizeof key.bytes));
    return signer_make(statement_value(statement, "人员"), &key, out);
}

/* A line of the genesis: id, key to sign, key to seal, hidden name. */
static struct result learn_founder(struct bytes line, struct signer *out)
{
    const struct bytes id = text_cut(&line, ' ');
    struct public_key key;

    TRY(base64_decode_fixed(text_cut(&line, ' '), key.bytes, sizeof key.bytes));
    return signer_make(id, &key, out);
}

struct result sign_off_keys_learn(struct sign_off_keys *keys, const struct statement *statement)
{
    struct signer signers[STATEMENT_SIGNATURES_MAX] = {{.name_size = 0}};
    size_t count = statement_count(statement, "工作人员");

    if (bytes_is(statement->type, "person.enrol")) {
        TRY(learn_enrolment(statement, &signers[0]));
        count = 1;
    }
    REQUIRE(count <= STATEMENT_SIGNATURES_MAX, UNAUTHORIZED, "statement.signers");
    for (size_t i = 0; i < statement_count(statement, "工作人员"); i++) {
        TRY(learn_founder(statement_value_at(statement, "工作人员", i), &signers[i]));
    }
    TRY(statement_verify(statement, signers, count));
    return add(keys, signers, count);
}

struct result sign_off_keys_verify(const struct sign_off_keys *keys,
                                   const struct statement *statement)
{
    const size_t count = statement->signature_count;
    struct signer signers[LINES_MAX];

    REQUIRE(count >= 1 && count <= LINES_MAX, UNAUTHORIZED, "statement.signers");
    REQUIRE(count == 1 ||
                !bytes_equal(statement->signatures[0].name, statement->signatures[1].name),
            UNAUTHORIZED, "statement.signers");
    for (size_t i = 0; i < count; i++) {
        const struct signer *const known = find(keys, statement->signatures[i].name);

        REQUIRE(known != NULL, UNAUTHORIZED, "sign_off.key");
        signers[i] = *known;
    }
    return statement_verify(statement, signers, count);
}
