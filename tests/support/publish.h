/*
 * publish.h - exports the log of a world as a service would serve it, for tests of the verifier.
 *
 * The forger here holds the log key and may change entries before the tree is built: what such a
 * log says is consistent in itself and still wrong.
 */
#pragma once

#include "log/vkey.h"
#include "support/world.h"

/* The log key that world_genesis() names. */
void publish_key(struct vkey *out);

/* Changes entry `index` (a copy), or does nothing. */
typedef void publish_forger(uint64_t index, struct buffer *entry);

/* Writes checkpoint, vkey, tiles and bundles of the first `size` entries below `folder`. */
void publish(struct world *world, uint64_t size, publish_forger *forger, const char *folder);
uint64_t publish_size(struct world *world);

/* Replaces the first `from` in the buffer by `to`; fails the test if there is none. */
void publish_replace(struct buffer *entry, const char *from, const char *to);
