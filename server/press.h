/*
 * press.h - how many sheets may wait to be drawn, and the last ones that were.
 *
 * Drawing a sheet takes tens of milliseconds of a processor and anybody may ask for one, so few
 * may wait, and the same sheet is drawn once.
 */
#pragma once

#include "base/result.h"
#include "primitive/hash.h"
#include "server/blob.h"

#define PRESS_WAITING_MAX 4
#define PRESS_KEPT        8

struct press;

MUST_CHECK struct result press_open(struct press **out);
/* NULL is allowed. */
void press_close(struct press *press);

/* Takes a place, to be given back by press_leave(). BUSY "sheet.busy" if there is none. */
MUST_CHECK struct result press_enter(struct press *press);
void press_leave(struct press *press);

/* The sheet of this key, to be released; NULL if it is not kept. */
struct blob *press_find(struct press *press, const struct hash32 *key);
/* Keeps a sheet, in place of the one kept longest. */
void press_keep(struct press *press, const struct hash32 *key, struct blob *sheet);
