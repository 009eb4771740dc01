/*
 * sign_off.h - what the evidence of a report says: who signed what, and what follows from it.
 *
 * Given are entries whose inclusion under one checkpoint was verified (log/evidence.h) and, if it
 * is at hand, the hash of the document. They are folded in the order of the log:
 *
 *   keys      of person.enrol and of the genesis's officers; one key a person
 *   filing    the first report.file: it names report, version, file and must-sign list
 *   lines     report.sign and report.refusal of that version, by the list as it then stands
 *   changes   team.replace and organisation.delegate: the leaver's line is the newcomer's,
 * unsigned, and what the leaver signed is former; where the team's cycle says 换人后：重签 (the
 *             evidence then holds its team.form and cycle.open), the version becomes void instead.
 *             A complete version stays.
 *   void      report.void, or the filing of the next version
 *
 * Nothing here says that the evidence is all there is: that only the whole log can say
 * (`xiling-audit report --log`). web/lib/sign_off.js is the same in JavaScript, and
 * tests/vectors/sign-off.json is what both must answer. Pure. Protocol section 7, rule C31.
 *
 * Problems do not end the reading: each is a rule and the entry it met, and what that entry says
 * does not count. Rules in the order in which an entry is judged; the first that does not hold is
 * its one problem:
 *   sign_off.order            its index is not above the one before it
 *   entry.…, statement.…      the bytes
 *   sign_off.stranger         it is none of the types above
 *   statement.…               origin and row
 *   sign_off.stranger         it is of another report, version, team, subject, cycle
 *   statement.signers         the number of lines, or a name twice, or not the person it names
 *   sign_off.key              the evidence holds no key of a signer before this entry
 *   statement.…               names and signatures
 *   sign_off.leader           what only the leader signs is signed by somebody else
 *   sign_off.enrolled         a second key of the same person
 *   sign_off.filing           a second report.file of this version
 *   report.signers            its must-sign list: form, a person twice, not exactly one leader
 *   report.superseded, .voided, .hash, .refusal, .signer, .capacity, .reason, .signed, .refused
 *   team.member, team.present as the record refuses them
 * and at the end sign_off.filing (there is no report.file; of no entry) or sign_off.document (the
 * document's hash is not the one that the filing names; of the filing). Without a filing that holds
 * nothing but keys is judged.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/hash.h"

/* An entry whose inclusion was verified. */
struct sign_off_entry {
    uint64_t index;
    struct bytes raw; /* log/entry.h */
};

struct sign_off_evidence {
    struct bytes origin; /* of the checkpoint */
    const struct sign_off_entry *entries;
    size_t count;
    const struct hash32 *document; /* or NULL: not at hand */
};

#define SIGN_OFF_NONE UINT64_MAX

enum sign_off_state {
    SIGN_OFF_OPEN,
    SIGN_OFF_COMPLETE, /* every line is signed 同意 or 保留意见, or refused before a witness */
    SIGN_OFF_BLOCKED,  /* somebody on the list says 不同意 */
    SIGN_OFF_VOID,
};

enum sign_off_verdict {
    SIGN_OFF_MISSING,
    SIGN_OFF_AGREED,    /* 同意 */
    SIGN_OFF_RESERVED,  /* 保留意见 */
    SIGN_OFF_DISAGREED, /* 不同意 */
    SIGN_OFF_REFUSED,   /* the organisation did, witnessed */
};

/* A line of the must-sign list as it stands, or of somebody who left it. Views into the entries. */
struct sign_off_line {
    struct bytes person;
    struct bytes capacity;     /* 组长, 评审员 or 受评组织 */
    struct bytes organisation; /* of 受评组织; else empty */
    enum sign_off_verdict verdict;
    uint64_t index;      /* of the signature or refusal; SIGN_OFF_NONE if missing */
    uint64_t time;       /* of that entry, seconds since 1970 */
    struct hash32 text;  /* SHA-256 of its text */
    struct bytes reason; /* "#…", or empty */
};

struct sign_off_problem {
    struct result result; /* never OK */
    uint64_t index;       /* of the entry; SIGN_OFF_NONE if it is of none */
};

struct sign_off {
    bool filed; /* false: there is no filing, and only `problems` says anything */
    struct bytes report;
    struct bytes kind;
    struct bytes team;
    struct bytes title;
    struct bytes format; /* PDF, JPEG, PNG or TXT */
    uint64_t version;
    uint64_t size; /* of the file in bytes */
    struct hash32 file;
    uint64_t deadline;
    uint64_t index; /* of the filing */
    uint64_t time;  /* of that entry */
    enum sign_off_state state;
    uint64_t since;         /* the entry that made the state */
    const char *voided_how; /* "superseded", "voided", "team"; NULL unless void */
    struct buffer subjects; /* of struct bytes: the organisations, in the filing's order */
    struct buffer lines;    /* of struct sign_off_line, in the list's order */
    struct buffer former;   /* of struct sign_off_line, in the order they left */
    struct buffer problems; /* of struct sign_off_problem, in the order of the entries */
};

#define SIGN_OFF_INIT  \
    {                  \
        .filed = false \
    }
#define AUTO_SIGN_OFF __attribute__((cleanup(sign_off_free))) struct sign_off
void sign_off_free(struct sign_off *sign_off);

/*
 * Fills *out, which is SIGN_OFF_INIT; its views point into the entries. Fails only for want of
 * memory: what does not hold is a problem, not a failure.
 */
MUST_CHECK struct result sign_off_read(const struct sign_off_evidence *evidence,
                                       struct sign_off *out);

/* It is filed and there are no problems. */
bool sign_off_holds(const struct sign_off *sign_off);

/* The lists; NULL beyond their end. */
size_t sign_off_line_count(const struct sign_off *sign_off);
const struct sign_off_line *sign_off_line_at(const struct sign_off *sign_off, size_t index);
size_t sign_off_former_count(const struct sign_off *sign_off);
const struct sign_off_line *sign_off_former_at(const struct sign_off *sign_off, size_t index);
size_t sign_off_problem_count(const struct sign_off *sign_off);
const struct sign_off_problem *sign_off_problem_at(const struct sign_off *sign_off, size_t index);

const char *sign_off_state_name(enum sign_off_state state);       /* "open", "complete" … */
const char *sign_off_verdict_name(enum sign_off_verdict verdict); /* "missing", "agreed" … */
