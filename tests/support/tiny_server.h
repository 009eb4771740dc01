/*
 * tiny_server.h - an HTTP server of one thread for tests of HTTP clients.
 *
 * GET /PATH answers with the file PATH of a folder, or 404. GET /endless never stops sending, and
 * GET /moved redirects to /checkpoint with a cookie. POST /echo answers with the body it got.
 */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

struct tiny_server {
    const char *folder; /* what is served */
    int socket;
    pthread_t thread;
    atomic_int requests; /* answered so far */
    char url[64];        /* http://127.0.0.1:PORT */
};

#define AUTO_SERVER __attribute__((cleanup(tiny_server_stop))) struct tiny_server

void tiny_server_start(const char *folder, struct tiny_server *out);
void tiny_server_stop(struct tiny_server *server);
