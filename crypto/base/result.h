/*
 * result.h - how every function of this project says that it failed.
 *
 * A result carries the kind of failure, the name of the rule that does not hold
 * and the place: both strings are static, so a result is copied freely, owns
 * nothing and can be made on any thread. The words shown to people, and the
 * article a rule comes from, stand in one table: audit/record/refusal.c.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define MUST_CHECK __attribute__((warn_unused_result))

enum failure {
    NONE = 0,
    /* The input is at fault: an HTTP 4xx, a failed audit check. */
    MALFORMED,    /* the bytes do not parse */
    INVALID,      /* they parse, but a rule or a proof does not hold */
    UNAUTHORIZED, /* no valid signature or credential */
    NOT_FOUND,
    CONFLICT, /* already done, or not in this phase */
    BUSY,     /* a bounded resource is taken; the same input may be sent again */
    /* We are at fault: an HTTP 5xx, an audit that could not run. */
    STORAGE_FAILED,
    OUT_OF_MEMORY,
    INTERNAL,
};

/* A struct, so that no one can mistake it for a truth value. */
struct result {
    enum failure failure;
    /* Which rule, as "noun.rule" ("ballot.ring", "statement.character"); static; NULL if none. */
    const char *rule;
    /* Which field, by its label in the statement ("选择"), or NULL; static. */
    const char *field;
    /* Which of several (line, candidate, entry), counted as the rule counts; 0 if it says nothing.
     */
    uint64_t at;
};

#define OK ((struct result){NONE, 0, 0, 0})

static inline bool is_ok(struct result result)
{
    return result.failure == NONE;
}

static inline struct result fail(enum failure failure, const char *rule)
{
    return (struct result){failure, rule, 0, 0};
}

static inline struct result fail_field(enum failure failure, const char *rule, const char *field,
                                       uint64_t at)
{
    return (struct result){failure, rule, field, at};
}

/* Returns the result of `call` from the enclosing function if it failed. */
#define TRY(call)                                \
    do {                                         \
        const struct result try_result = (call); \
        if (try_result.failure != NONE) {        \
            return try_result;                   \
        }                                        \
    } while (0)

/* Fails with `failure` and `rule` unless `condition` holds. */
#define REQUIRE(condition, failure, rule)   \
    do {                                    \
        if (!(condition)) {                 \
            return fail((failure), (rule)); \
        }                                   \
    } while (0)
