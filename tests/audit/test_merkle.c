#include "base/encoding.h"
#include "check.h"
#include "log/tree.h"
#include "support/vectors.h"

/* covers: merkle, tree */

static struct hash32 hash_of_hex(const char *hex)
{
    struct hash32 hash;

    check_ok(hex_decode(bytes_of_string(hex), hash.bytes, sizeof hash.bytes));
    return hash;
}

static void check_hash(struct hash32 hash, const char *hex)
{
    const struct hash32 expected = hash_of_hex(hex);

    check_bytes(BYTES(hash.bytes), BYTES(expected.bytes));
}

static void hashes_as_rfc6962_does(void **state)
{
    (void)state;

    check_hash(merkle_empty_root(),
               "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    check_hash(merkle_leaf(EMPTY_BYTES),
               "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    check_hash(merkle_leaf(LITERAL("L123456")),
               "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
}

static const char *const LEAVES[8] = {
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
};

static const char *const ROOTS[8] = {
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

static struct hash32 public_leaf(size_t index)
{
    const struct bytes hex = bytes_of_string(LEAVES[index]);
    uint8_t bytes[32];

    if (hex.size > 0) {
        check_ok(hex_decode(hex, bytes, hex.size / 2));
    }
    return merkle_leaf((struct bytes){bytes, hex.size / 2});
}

static void grow(struct tree *tree, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        const struct hash32 leaf = public_leaf(i);

        check_ok(tree_append(tree, &leaf));
    }
}

static void grows_to_the_public_roots(void **state)
{
    AUTO_TREE tree = {0};
    const struct merkle_source source = tree_source(&tree);
    struct hash32 root;
    (void)state;

    check_hash(tree_root(&tree),
               "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (size_t i = 0; i < 8; i++) {
        const struct hash32 leaf = public_leaf(i);

        check_ok(tree_append(&tree, &leaf));
        check_hash(tree_root(&tree), ROOTS[i]);
    }
    for (size_t size = 1; size <= 8; size++) {
        check_ok(merkle_root_at(&source, size, &root));
        check_hash(root, ROOTS[size - 1]);
    }
    check_fails(merkle_root_at(&source, 9, &root), NOT_FOUND, "merkle.range");
}

/* Tessera's log of fifteen. */
static void grows_to_the_roots_of_tessera(void **state)
{
    static const char *const WORDS[15] = {"one",    "two",   "three",    "four",    "five",
                                          "six",    "seven", "eit",      "nain",    "ten",
                                          "ileven", "twelf", "threeten", "fourten", "fivten"};
    AUTO_TREE tree = {0};
    AUTO_BUFFER root = BUFFER_INIT;
    (void)state;

    for (size_t i = 0; i < 15; i++) {
        const struct hash32 leaf = merkle_leaf(bytes_of_string(WORDS[i]));
        struct hash32 hash;

        check_ok(tree_append(&tree, &leaf));
        hash = tree_root(&tree);
        if (i == 0 || i == 1 || i == 14) {
            check_ok(base64_append(&root, BYTES(hash.bytes)));
        }
    }
    check_bytes(buffer_view(&root), LITERAL("0Nc2CrefWKseHj/mStd+LqC8B+NrX0btIiPt2SmN+ek="
                                            "T1X2GdkhUjV3iyufF9b0kVsWFxIU0VI4EpNml2Teci4="
                                            "rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs="));
}

static void check_public_path(const struct merkle_proof *proof)
{
    AUTO_BUFFER text = BUFFER_INIT;

    assert_int_equal(proof->count, 3);
    for (size_t i = 0; i < proof->count; i++) {
        check_ok(base64_append(&text, BYTES(proof->hashes[i].bytes)));
    }
    check_bytes(buffer_view(&text), LITERAL("lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c="
                                            "Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4="
                                            "a0eq8p7jwq+a+Im8H7klTavTEXfxYjLdaqsDXKOb9uQ="));
}

static void proves_as_others_do(void **state)
{
    AUTO_TREE tree = {0};
    const struct merkle_source source = tree_source(&tree);
    struct merkle_proof proof;
    (void)state;

    grow(&tree, 8);
    check_ok(merkle_prove_inclusion(&source, 0, 8, &proof));
    check_public_path(&proof);
    check_ok(merkle_prove_consistency(&source, 1, 8, &proof));
    check_public_path(&proof);
}

/* Every index and every pair of sizes of a tree whose size is not a power of two. */
static void verifies_every_proof_it_makes(void **state)
{
    enum { SIZE = 70 };
    AUTO_TREE tree = {0};
    const struct merkle_source source = tree_source(&tree);
    struct merkle_head heads[SIZE + 1] = {{0}};
    struct merkle_proof proof;
    struct hash32 leaf;
    (void)state;

    for (uint64_t size = 1; size <= SIZE; size++) {
        leaf = merkle_leaf((struct bytes){(const uint8_t *)&size, sizeof size});
        check_ok(tree_append(&tree, &leaf));
        heads[size] = (struct merkle_head){size, tree_root(&tree)};
        for (uint64_t i = 0; i < size; i++) {
            check_ok(source.read(source.context, 0, i, &leaf));
            check_ok(merkle_prove_inclusion(&source, i, size, &proof));
            check_ok(merkle_verify_inclusion(&leaf, i, size, &heads[size].root, &proof));
        }
        for (uint64_t from = 1; from <= size; from++) {
            check_ok(merkle_prove_consistency(&source, from, size, &proof));
            check_ok(merkle_verify_consistency(&heads[from], &heads[size], &proof));
        }
    }
}

static void refuses_a_proof_of_another_leaf_index_or_size(void **state)
{
    AUTO_TREE tree = {0};
    const struct merkle_source source = tree_source(&tree);
    struct merkle_proof proof;
    struct hash32 leaf, root;
    (void)state;

    grow(&tree, 7);
    root = tree_root(&tree);
    leaf = public_leaf(2);
    check_ok(merkle_prove_inclusion(&source, 2, 7, &proof));
    check_ok(merkle_verify_inclusion(&leaf, 2, 7, &root, &proof));
    for (uint64_t i = 0; i < 8; i++) {
        const struct hash32 other = public_leaf(i);

        if (i != 2) {
            check_fails(merkle_verify_inclusion(&leaf, i, 7, &root, &proof), INVALID,
                        "merkle.inclusion");
            check_fails(merkle_verify_inclusion(&other, 2, 7, &root, &proof), INVALID,
                        "merkle.inclusion");
        }
    }
    check_fails(merkle_verify_inclusion(&leaf, 2, 0, &root, &proof), INVALID, "merkle.inclusion");
    check_fails(merkle_verify_inclusion(&leaf, 2, UINT64_MAX, &root, &proof), INVALID,
                "merkle.inclusion");
}

static void refuses_ranges_that_do_not_exist(void **state)
{
    AUTO_TREE tree = {0};
    const struct merkle_source source = tree_source(&tree);
    struct merkle_proof proof;
    (void)state;

    grow(&tree, 8);
    check_fails(merkle_prove_inclusion(&source, 8, 8, &proof), INTERNAL, "merkle.range");
    check_fails(merkle_prove_consistency(&source, 0, 8, &proof), INTERNAL, "merkle.range");
    check_fails(merkle_prove_consistency(&source, 9, 8, &proof), INTERNAL, "merkle.range");
    check_fails(merkle_prove_inclusion(&source, 0, UINT64_MAX, &proof), INTERNAL, "merkle.range");
}

/* False if one of the hashes is no hash: then our verifier has refused by parsing. */
static bool read_hash(json_t *value, struct hash32 *out)
{
    const char *text = json_string_value(value);

    return text != NULL &&
           is_ok(base64_decode_fixed(bytes_of_string(text), out->bytes, sizeof out->bytes));
}

static bool read_proof(json_t *list, struct merkle_proof *out)
{
    json_t *value;
    size_t i;

    out->count = 0;
    json_array_foreach(list, i, value)
    {
        if (out->count == MERKLE_PROOF_MAX || !read_hash(value, &out->hashes[out->count])) {
            return false;
        }
        out->count++;
    }
    return true;
}

/* Some indices are 2^64 - 1, which jansson does not read: -1 becomes the same number. */
static json_t *open_inclusion_vectors(void)
{
    static char text[200000];
    FILE *file = fopen("tests/vectors/merkle-inclusion.json", "rb");
    json_error_t error;

    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    assert_true(feof(file));
    (void)fclose(file);
    for (char *at = text; (at = strstr(at, "18446744073709551615")) != NULL;) {
        memcpy(at, "                  -1", 20);
    }
    return json_loads(text, 0, &error);
}

static void agrees_with_the_public_inclusion_vectors(void **state)
{
    json_t *root = open_inclusion_vectors();
    json_t *vector;
    size_t i;
    (void)state;

    assert_true(json_array_size(root) > 0);
    json_array_foreach(root, i, vector)
    {
        struct merkle_proof proof;
        struct hash32 leaf, head;
        const bool accepted =
            read_hash(vector_get(vector, "leafHash"), &leaf) &&
            read_hash(vector_get(vector, "root"), &head) &&
            read_proof(vector_get(vector, "proof"), &proof) &&
            is_ok(merkle_verify_inclusion(&leaf, vector_number(vector, "leafIdx"),
                                          vector_number(vector, "treeSize"), &head, &proof));

        if (accepted == vector_flag(vector, "wantErr")) {
            fail_msg("%s", vector_text(vector, "name"));
        }
    }
    vectors_close(root);
}

static void agrees_with_the_public_consistency_vectors(void **state)
{
    json_t *root = vectors_open("merkle-consistency.json");
    json_t *vector;
    size_t i;
    (void)state;

    assert_true(json_array_size(root) > 0);
    json_array_foreach(root, i, vector)
    {
        struct merkle_head older = {.size = vector_number(vector, "size1")};
        struct merkle_head newer = {.size = vector_number(vector, "size2")};
        struct merkle_proof proof;
        const bool accepted = read_hash(vector_get(vector, "root1"), &older.root) &&
                              read_hash(vector_get(vector, "root2"), &newer.root) &&
                              read_proof(vector_get(vector, "proof"), &proof) &&
                              is_ok(merkle_verify_consistency(&older, &newer, &proof));

        if (accepted == vector_flag(vector, "wantErr")) {
            /* Roots of 12 bytes, say, are fine with the others; we insist on 32. */
            assert_false(read_hash(vector_get(vector, "root1"), &older.root));
        }
    }
    vectors_close(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hashes_as_rfc6962_does),
        cmocka_unit_test(grows_to_the_public_roots),
        cmocka_unit_test(grows_to_the_roots_of_tessera),
        cmocka_unit_test(proves_as_others_do),
        cmocka_unit_test(verifies_every_proof_it_makes),
        cmocka_unit_test(refuses_a_proof_of_another_leaf_index_or_size),
        cmocka_unit_test(refuses_ranges_that_do_not_exist),
        cmocka_unit_test(agrees_with_the_public_inclusion_vectors),
        cmocka_unit_test(agrees_with_the_public_consistency_vectors),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
