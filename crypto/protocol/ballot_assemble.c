#include "protocol/ballot_assemble.h"

#include <string.h>

#include "primitive/elgamal.h"
#include "primitive/proof.h"
#include "primitive/signer.h"
#include "protocol/ballot_claims.h"
#include "protocol/ballot_seed.h"

/* The random part of one proof; big enough for grade and total. */
struct drawn {
    struct scalar nonces[TOTALS_MAX];
    struct scalar responses[TOTALS_MAX];
    struct challenge challenges[TOTALS_MAX];
};

/* Everything secret on the way from an intent to a note. */
struct assembly {
    const struct election *election;
    const struct ballot_intent *intent;
    struct hash64 root;
    struct hash64 proof_root;
    struct scalar randomness[CANDIDATES_MAX]; /* r_i */
    struct scalar randomness_sum;
    struct drawn drawn;
    struct point tag;
    struct buffer binary; /* selections, total proof, ring proof; reserved once, never moved */
};

#define SECRET_ASSEMBLY __attribute__((cleanup(assembly_wipe))) struct assembly

static void assembly_wipe(struct assembly *assembly)
{
    buffer_wipe(&assembly->binary);
    secret_wipe(assembly, sizeof *assembly);
}

static struct ballot_content content_of(const struct assembly *assembly)
{
    const struct election *const election = assembly->election;

    return (struct ballot_content){
        election, &assembly->tag,
        bytes_slice(buffer_view(&assembly->binary), 0,
                    election->candidate_count * election->sizes.selection)};
}

/* --- the intent --- */

static uint64_t same_point(const struct point *a, const struct point *b)
{
    uint64_t difference = 0;

    for (size_t i = 0; i < POINT_SIZE; i++) {
        difference |= (uint64_t)(a->bytes[i] ^ b->bytes[i]);
    }
    return mask_equal(difference, 0);
}

/* Σ of the weights of the chosen grades. */
static uint64_t chosen_total(const struct election *election, const uint8_t choices[])
{
    uint64_t total = 0;

    for (size_t i = 0; i < election->candidate_count; i++) {
        for (size_t grade = 0; grade < election->grade_count; grade++) {
            total += mask_equal(choices[i], grade) & election->grades[grade].weight;
        }
    }
    return total;
}

/* The place of the total in S, or the number of totals. */
static uint64_t total_place(const struct election *election, uint64_t total)
{
    uint64_t place = election->total_count;

    for (size_t i = 0; i < election->total_count; i++) {
        place ^= mask_equal(total, election->totals[i]) & (place ^ i);
    }
    return place;
}

/* All ones if every choice is a grade, and one of 0 for whom the member is recused from. */
static uint64_t are_choices_allowed(const struct election *election,
                                    const struct ballot_intent *intent)
{
    uint64_t allowed = UINT64_MAX;

    for (size_t i = 0; i < election->candidate_count; i++) {
        uint64_t known = 0;
        for (size_t grade = 0; grade < election->grade_count; grade++) {
            known |= mask_equal(intent->choices[i], grade);
        }
        allowed &= known;
    }
    for (size_t m = 0; m < election->roll_count; m++) {
        const uint64_t is_other = ~mask_equal(intent->member, m);
        for (size_t k = 0; k < election->roll[m].recused_count; k++) {
            allowed &= is_other | mask_equal(intent->choices[election->roll[m].recused[k]], 0);
        }
    }
    return allowed;
}

struct result ballot_intent_faults(const struct election *election,
                                   const struct ballot_intent *intent, uint64_t *out)
{
    uint64_t allowed = are_choices_allowed(election, intent);
    uint64_t is_member = 0;
    struct point key;

    if (election->total_count > 0) {
        const uint64_t place = total_place(election, chosen_total(election, intent->choices));
        allowed &= ~mask_equal(place, election->total_count);
    }
    TRY(point_base_multiply(&intent->vote_key, &key));
    for (size_t m = 0; m < election->roll_count; m++) {
        is_member |= mask_equal(intent->member, m) & same_point(&key, &election->roll[m].key);
    }
    *out = (~allowed & FAULT_CHOICES) | (~is_member & FAULT_MEMBER);
    return OK;
}

/* --- ciphertexts and the proofs in the text --- */

/* One k for the proof, and z and c for each branch: protocol section 6, purposes. */
static void draw(struct assembly *assembly, const char *const purposes[3], uint64_t candidate,
                 size_t branches)
{
    const struct ballot_purpose nonce = {purposes[0], candidate, 0};
    struct drawn *const drawn = &assembly->drawn;

    ballot_scalar(&assembly->proof_root, nonce, &drawn->nonces[0]);
    for (size_t branch = 0; branch < branches; branch++) {
        const struct ballot_purpose response = {purposes[1], candidate, branch};
        const struct ballot_purpose challenge = {purposes[2], candidate, branch};

        drawn->nonces[branch] = drawn->nonces[0];
        ballot_scalar(&assembly->proof_root, response, &drawn->responses[branch]);
        ballot_challenge(&assembly->proof_root, challenge, &drawn->challenges[branch]);
    }
}

/* Appends the proof of one witness that the drawn randomness makes. */
static struct result prove(struct assembly *assembly, const struct claim *claim, uint64_t real,
                           const struct scalar *witness)
{
    const struct proof_secret secret = {.real = (size_t)real, .witnesses = witness};
    const struct proof_nonces nonces = {assembly->drawn.nonces, assembly->drawn.responses,
                                        assembly->drawn.challenges};

    TRY(proof_prove(claim, &secret, &nonces, &assembly->binary));
    secret_publish(assembly->binary.data, assembly->binary.size);
    return OK;
}

static struct result encrypt_grade(struct assembly *assembly, size_t candidate)
{
    const struct election *const election = assembly->election;
    const struct elgamal_messages messages = {election->weight_points, election->grade_count};
    const struct ballot_purpose purpose = {"grade r", candidate + 1, 0};
    struct scalar *const r = &assembly->randomness[candidate];
    struct ciphertext ciphertext;

    ballot_scalar(&assembly->root, purpose, r);
    scalar_add(&assembly->randomness_sum, r, &assembly->randomness_sum);
    TRY(elgamal_encrypt(&election->key, r, &messages, assembly->intent->choices[candidate],
                        &ciphertext));
    secret_publish(&ciphertext, sizeof ciphertext);
    TRY(buffer_append(&assembly->binary, BYTES(ciphertext.alpha.bytes)));
    return buffer_append(&assembly->binary, BYTES(ciphertext.beta.bytes));
}

static struct result select_grade(struct assembly *assembly, size_t candidate)
{
    static const char *const purposes[3] = {"grade k", "grade z", "grade c"};
    AUTO_CLAIM claim = {0};

    TRY(encrypt_grade(assembly, candidate));
    struct ballot_content content = content_of(assembly);
    content.selections.size = assembly->binary.size; /* this selection has no proof yet */
    TRY(ballot_grade_claim(&content, candidate, &claim));
    draw(assembly, purposes, candidate + 1, assembly->election->grade_count);
    return prove(assembly, &claim, assembly->intent->choices[candidate],
                 &assembly->randomness[candidate]);
}

static struct result prove_total(struct assembly *assembly)
{
    static const char *const purposes[3] = {"total k", "total z", "total c"};
    const struct election *const election = assembly->election;
    const struct ballot_content content = content_of(assembly);
    AUTO_CLAIM claim = {0};

    if (election->total_count == 0) {
        return OK;
    }
    TRY(ballot_total_claim(&content, &claim));
    draw(assembly, purposes, 0, election->total_count);
    return prove(assembly, &claim,
                 total_place(election, chosen_total(election, assembly->intent->choices)),
                 &assembly->randomness_sum);
}

static struct result select_all(struct assembly *assembly)
{
    const struct election *const election = assembly->election;
    const struct ballot_intent *const intent = assembly->intent;
    const struct election_sizes *const sizes = &election->sizes;

    TRY(buffer_reserve(&assembly->binary,
                       election->candidate_count * sizes->selection + sizes->total + sizes->ring));
    TRY(point_multiply(&intent->vote_key, &election->tag_base, &assembly->tag));
    secret_publish(&assembly->tag, sizeof assembly->tag);
    ballot_root(election, &intent->seed, intent->choices, &assembly->root);
    ballot_proof_root(&assembly->root, &assembly->tag, &assembly->proof_root);
    for (size_t i = 0; i < election->candidate_count; i++) {
        TRY(select_grade(assembly, i));
    }
    return prove_total(assembly);
}

/* --- the text and its ring --- */

static struct result write_text(const struct assembly *assembly, struct buffer *text)
{
    const struct election *const election = assembly->election;
    const struct ballot_content content = content_of(assembly);

    TRY(statement_begin(text, "ballot", election->origin));
    TRY(statement_add(text, "选举", election->id));
    TRY(statement_add_bytes(text, "清单", BYTES(election->manifest.bytes)));
    TRY(statement_add_bytes(text, "标签", BYTES(assembly->tag.bytes)));
    TRY(statement_add(text, "附码", BYTES(assembly->intent->code.characters)));
    for (size_t i = 0; i < election->candidate_count; i++) {
        TRY(statement_add_bytes(text, "选择", content_selection(&content, i)));
    }
    if (election->total_count == 0) {
        return OK;
    }
    return statement_add_bytes(
        text, "总额",
        bytes_slice(buffer_view(&assembly->binary), content.selections.size, SIZE_MAX));
}

/* x, then the r of each candidate the member is recused from: chosen by mask among all members. */
static void select_witnesses(const struct assembly *assembly, struct scalar witnesses[])
{
    const struct election *const election = assembly->election;

    memset(witnesses, 0, (1 + CANDIDATES_MAX) * sizeof *witnesses);
    witnesses[0] = assembly->intent->vote_key;
    for (size_t m = 0; m < election->roll_count; m++) {
        const struct election_member *const member = &election->roll[m];
        const uint64_t is_self = mask_equal(assembly->intent->member, m);

        for (size_t k = 0; k < member->recused_count; k++) {
            scalar_select(is_self, &assembly->randomness[member->recused[k]], &witnesses[1 + k],
                          &witnesses[1 + k]);
        }
    }
}

struct ring_witnesses {
    struct scalar scalars[1 + CANDIDATES_MAX];
};

static void ring_witnesses_wipe(struct ring_witnesses *witnesses)
{
    secret_wipe(witnesses, sizeof *witnesses);
}

static struct result prove_ring(struct assembly *assembly, struct bytes text)
{
    __attribute__((cleanup(ring_witnesses_wipe))) struct ring_witnesses witnesses;
    SECRET_BUFFER storage = BUFFER_INIT;
    AUTO_CLAIM claim = {0};
    struct proof_nonces nonces;
    const struct ballot_content content = content_of(assembly);
    const struct bytes secrets[1] = {BYTES(assembly->intent->vote_key.bytes)};
    const struct nonce_seed seed = {secrets, 1, BYTES(assembly->proof_root.bytes)};

    select_witnesses(assembly, witnesses.scalars);
    ballot_ring_claim(&content, text, &claim);
    TRY(proof_derive_nonces(&claim, &seed, &storage, &nonces));
    const struct proof_secret secret = {.real = assembly->intent->member,
                                        .witnesses = witnesses.scalars};
    TRY(proof_prove(&claim, &secret, &nonces, &assembly->binary));
    secret_publish(assembly->binary.data, assembly->binary.size);
    return OK;
}

struct result ballot_assemble(const struct election *election, const struct ballot_intent *intent,
                              struct buffer *note)
{
    SECRET_ASSEMBLY assembly = {.election = election, .intent = intent};
    AUTO_BUFFER text = BUFFER_INIT;
    struct key_id id;

    TRY(select_all(&assembly));
    TRY(write_text(&assembly, &text));
    const size_t ring_start = assembly.binary.size;
    TRY(prove_ring(&assembly, buffer_view(&text)));
    key_id_of_ring(&election->manifest, &id);
    TRY(statement_note(buffer_view(&text), note));
    return signature_line_append(note, LITERAL("ring"), &id,
                                 bytes_slice(buffer_view(&assembly.binary), ring_start, SIZE_MAX));
}
