/*
 * device.h - a person's device without a browser: a key code, and what can be signed with it.
 *
 * The origin a device is pinned to is the only one it signs. Protocol sections 3 and 4.
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "protocol/keys.h"

struct device {
    char person[64];  /* id, which is the key name of what it signs */
    char origin[256]; /* the log it is pinned to */
    struct keys keys;
};

#define SECRET_DEVICE __attribute__((cleanup(device_wipe))) struct device

void device_wipe(struct device *device);

/* Derives all keys. INVALID "device.person", "device.origin" if one is empty or too long. */
MUST_CHECK struct result device_make(const struct key_code *code, struct bytes person,
                                     struct bytes origin, struct device *out);

/* The note of a text that this device alone signs, replacing *note. */
MUST_CHECK struct result device_note(const struct device *device, struct bytes text,
                                     struct buffer *note);

/*
 * Appends this device's line to a note (a text, its empty line, and lines of others). Refuses a
 * text of another origin ("statement.origin") and a text that does not parse.
 */
MUST_CHECK struct result device_sign(const struct device *device, struct buffer *note);
