/*
 * fuzz.h - what every fuzzer shares.
 *
 * A fuzzer feeds one parser, and where the parser accepts, demands that writing what was read
 * gives the same bytes again: there is one spelling for everything. Seeds: seeds.mjs.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/bytes.h"
#include "base/result.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Stops, so that libFuzzer keeps the input. */
#define DEMAND(condition)                                                         \
    do {                                                                          \
        if (!(condition)) {                                                       \
            (void)fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
            abort();                                                              \
        }                                                                         \
    } while (0)

#define DEMAND_OK(call) DEMAND(is_ok(call))
