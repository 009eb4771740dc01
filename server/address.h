/*
 * address.h - whom a connection belongs to, as far as its address tells: what rates are kept by.
 *
 * IPv4 stands as in IPv4-mapped IPv6. A proxy in front of the service says who asked it, in the
 * last place of X-Forwarded-For: the places before that are whatever the client wrote.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"

struct sockaddr;

struct address {
    uint8_t bytes[16];
};

/* All zero if it is of neither family, which is then one address for all of these. */
struct address address_of(const struct sockaddr *peer);
/* Reads "192.0.2.1" or "2001:db8::1"; false if it is neither. */
bool address_parse(struct bytes text, struct address *out);
/*
 * Who asks: the peer, unless it is our `proxy` ("" if there is none) and the last of `forwarded`,
 * "a, b, c", is an address.
 */
struct address address_behind(const struct sockaddr *peer, const char *proxy,
                              struct bytes forwarded);
bool address_equal(const struct address *a, const struct address *b);
/* The part that one subscriber has: all of IPv4, the /64 of IPv6. */
struct address address_network(const struct address *address);
