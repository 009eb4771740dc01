/*
 * port.h - a TCP port for a service of a test.
 */
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"

static inline bool port_is_free(unsigned port)
{
    const struct sockaddr_in address = {.sin_family = AF_INET,
                                        .sin_port = htons((uint16_t)port),
                                        .sin_addr = {htonl(INADDR_LOOPBACK)}};
    const int probe = socket(AF_INET, SOCK_STREAM, 0);
    bool free;

    assert_true(probe >= 0);
    free = bind(probe, (const struct sockaddr *)&address, sizeof address) == 0;
    close(probe);
    return free;
}

/* A port of this test's own, so that suites may run beside each other: below those the kernel
 * gives to clients (32768), and never the one of the test before, whose connections linger. */
static inline unsigned pick_port(void)
{
    static unsigned next;

    next = next ? next + 1 : (unsigned)getpid() * 61;
    while (!port_is_free(20000 + next % 12000)) {
        next++;
    }
    return 20000 + next % 12000;
}
