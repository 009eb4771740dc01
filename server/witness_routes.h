/*
 * witness_routes.h - the addresses of a witness.
 *
 *     POST /add-checkpoint               tlog-witness
 *     GET  /<SHA-256 of origin>/checkpoint   what was cosigned last
 *     GET  /vkey
 *
 * Log-formats 3.9.
 */
#pragma once

#include "server/routes.h"

/* As route_find. */
const struct route *witness_route_find(enum method method, struct bytes path, struct bytes *tail);
