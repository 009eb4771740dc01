/*
 * grades.h - what a cycle calls its grades.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"

/* `lines` of cycle_load_lines(); empty if the cycle has no such grade. A view of them. */
struct bytes grade_name(struct bytes lines, uint64_t grade);
