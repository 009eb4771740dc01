/*
 * policy.h - which logs are believed, and which witnesses must have seen a checkpoint.
 *
 * A tlog-policy file: lines `log <vkey> [url]`, `witness <name> <vkey> [url]`,
 * `group <name> all|any|<k> <members...>`, and exactly one `quorum <name>|none`. Names are defined
 * above their use, and a name stands in one group only. Log-formats 3.7.
 *
 * What counts is keys known to the policy, never lines present in a note.
 */
#pragma once

#include "log/checkpoint.h"

#define POLICY_LOGS_MAX      32
#define POLICY_WITNESSES_MAX 32
#define POLICY_GROUPS_MAX    32

struct policy_log {
    struct vkey key;
    struct bytes url; /* a view into the policy's text; empty if none */
};

struct policy_witness {
    struct bytes name;
    struct vkey key; /* of type VKEY_COSIGNATURE */
    struct bytes url;
};

/* Members are bits: witness i is bit i, group g is bit POLICY_WITNESSES_MAX + g. */
struct policy_group {
    struct bytes name;
    unsigned needed;
    uint64_t members;
};

struct policy {
    size_t log_count;
    size_t witness_count;
    size_t group_count;
    struct policy_log logs[POLICY_LOGS_MAX];
    struct policy_witness witnesses[POLICY_WITNESSES_MAX];
    struct policy_group groups[POLICY_GROUPS_MAX];
    uint64_t quorum; /* the one bit that must be fulfilled; 0: none */
};

/* The views in *out point into `text`. MALFORMED "policy.form" etc., with the line in `at`. */
MUST_CHECK struct result policy_parse(struct bytes text, struct policy *out);
/* A policy of one log and no witness. */
void policy_of_log(const struct vkey *log, struct policy *out);

/* What a checkpoint showed under a policy. */
struct policy_finding {
    size_t log;                /* which log of the policy signed it */
    size_t witnessed;          /* how many known witnesses cosigned it */
    bool fulfilled;            /* the quorum holds (always, if the quorum is none) */
    uint64_t earliest, latest; /* times of these cosignatures; 0 if there is none */
};

/*
 * Verifies a checkpoint note under the policy: its origin is one of the policy's logs, that log
 * signed it, every line of a known witness verifies. An unfulfilled quorum is a finding, not a
 * failure: policy_require() makes it one (UNAUTHORIZED "policy.quorum").
 */
MUST_CHECK struct result policy_verify(const struct policy *policy, struct bytes note,
                                       struct checkpoint *checkpoint,
                                       struct policy_finding *finding);
MUST_CHECK struct result policy_require(const struct policy_finding *finding);
