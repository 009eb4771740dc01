/*
 * check.h - the few words our tests add to cmocka.
 *
 * Vectors are JSON files in tests/vectors; helpers that read them stand in
 * tests/support/vectors.h. A test program includes this file first.
 */
#pragma once

/* cmocka's header stands on the four before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

/* base/result.h has a function of the name of cmocka's macro; tests say fail_msg(). */
#undef fail
#undef fail_msg
#define fail_msg(...)              \
    do {                           \
        print_error(__VA_ARGS__);  \
        print_error("\n");         \
        _fail(__FILE__, __LINE__); \
    } while (0)

#include <stdio.h>
#include <string.h>

#include "base/bytes.h"
#include "base/result.h"

/* Fails the test, naming the rule, unless `call` succeeds. */
#define check_ok(call)                                                     \
    do {                                                                   \
        const struct result check_result = (call);                         \
        if (!is_ok(check_result)) {                                        \
            fail_msg("%s: failed with %s (%s, %llu)", #call,               \
                     check_result.rule ? check_result.rule : "no rule",    \
                     check_result.field ? check_result.field : "no field", \
                     (unsigned long long)check_result.at);                 \
        }                                                                  \
    } while (0)

/* Fails the test unless `call` fails with exactly this kind and rule. */
#define check_fails(call, expected_failure, expected_rule)          \
    do {                                                            \
        const struct result check_result = (call);                  \
        assert_int_equal(check_result.failure, (expected_failure)); \
        assert_non_null(check_result.rule);                         \
        assert_string_equal(check_result.rule, (expected_rule));    \
    } while (0)

#define check_bytes(a, b)                                                  \
    do {                                                                   \
        const struct bytes check_a = (a), check_b = (b);                   \
        assert_int_equal(check_a.size, check_b.size);                      \
        if (check_a.size > 0) {                                            \
            assert_memory_equal(check_a.data, check_b.data, check_a.size); \
        }                                                                  \
    } while (0)
