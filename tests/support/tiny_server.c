#include "support/tiny_server.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"

/* False when the other side has gone. */
static bool send_all(int connection, const char *data, size_t size)
{
    while (size > 0) {
        const ssize_t sent = send(connection, data, size, MSG_NOSIGNAL);

        if (sent <= 0) {
            return false;
        }
        data += sent;
        size -= (size_t)sent;
    }
    return true;
}

static void answer(int connection, const char *status, const char *body, size_t size)
{
    char head[160];
    const int length =
        snprintf(head, sizeof head,
                 "HTTP/1.1 %s\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n", status, size);

    if (send_all(connection, head, (size_t)length)) {
        (void)send_all(connection, body, size);
    }
}

static void answer_endlessly(int connection)
{
    static const char HEAD[] = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
    static char block[1 << 16];

    if (send_all(connection, HEAD, sizeof HEAD - 1)) {
        while (send_all(connection, block, sizeof block)) {
        }
    }
}

static void answer_file(int connection, const char *folder, const char *path)
{
    static char contents[1 << 20];
    char name[512];
    FILE *file;
    size_t size;

    (void)snprintf(name, sizeof name, "%s%s", folder, path);
    file = fopen(name, "rb");
    if (file == NULL) {
        answer(connection, "404 Not Found", "", 0);
        return;
    }
    size = fread(contents, 1, sizeof contents, file);
    (void)fclose(file);
    answer(connection, "200 OK", contents, size);
}

/* Reads until the head and the announced body are there. */
static size_t read_request(int connection, char *request, size_t capacity)
{
    size_t size = 0;

    for (;;) {
        const ssize_t got = recv(connection, request + size, capacity - 1 - size, 0);
        const char *length;
        const char *end;

        if (got <= 0) {
            return 0;
        }
        size += (size_t)got;
        request[size] = '\0';
        end = strstr(request, "\r\n\r\n");
        length = strstr(request, "Content-Length: ");
        if (end != NULL && (length == NULL ||
                            (size_t)(end + 4 - request) + strtoul(length + 16, NULL, 10) <= size)) {
            return size;
        }
    }
}

static void serve(struct tiny_server *server, int connection)
{
    static const char MOVED[] = "HTTP/1.1 302 Found\r\nLocation: /checkpoint\r\n"
                                "Set-Cookie: session=abc; HttpOnly\r\nContent-Length: 0\r\n"
                                "Connection: close\r\n\r\n";
    static char request[1 << 17];
    const size_t size = read_request(connection, request, sizeof request);
    char *path = strchr(request, ' ');
    char *path_end = size == 0 || path == NULL ? NULL : strchr(path + 1, ' ');

    if (path_end == NULL) {
        return;
    }
    const char *body = strstr(path_end, "\r\n\r\n") + 4;
    *path_end = '\0';
    (void)atomic_fetch_add(&server->requests, 1);
    if (strcmp(path + 1, "/endless") == 0) {
        answer_endlessly(connection);
    } else if (strcmp(path + 1, "/moved") == 0) {
        (void)send_all(connection, MOVED, sizeof MOVED - 1);
    } else if (strcmp(path + 1, "/echo") == 0) {
        answer(connection, "200 OK", body, size - (size_t)(body - request));
    } else {
        answer_file(connection, server->folder, path + 1);
    }
}

static void *run(void *context)
{
    struct tiny_server *server = context;

    for (;;) {
        const int connection = accept(server->socket, NULL, NULL);

        if (connection < 0) {
            return NULL;
        }
        serve(server, connection);
        (void)close(connection);
    }
}

void tiny_server_start(const char *folder, struct tiny_server *out)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;

    memset(out, 0, sizeof *out);
    out->folder = folder;
    out->socket = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(bind(out->socket, (struct sockaddr *)&address, size), 0);
    assert_int_equal(listen(out->socket, 16), 0);
    assert_int_equal(getsockname(out->socket, (struct sockaddr *)&address, &size), 0);
    (void)snprintf(out->url, sizeof out->url, "http://127.0.0.1:%u",
                   (unsigned)ntohs(address.sin_port));
    assert_int_equal(pthread_create(&out->thread, NULL, run, out), 0);
}

void tiny_server_stop(struct tiny_server *server)
{
    (void)shutdown(server->socket, SHUT_RDWR);
    (void)pthread_join(server->thread, NULL);
    (void)close(server->socket);
}
