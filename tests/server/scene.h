/*
 * scene.h - a service without sockets in a folder of its own, two officers, and their statements.
 *
 * Handlers are run through the route table, and tickets submitted and waited for, as http.c does.
 */
#pragma once

#include <semaphore.h>

#include "base/encoding.h"
#include "base/text.h"
#include "check.h"
#include "protocol/keys.h"
#include "protocol/statement.h"
#include "server/app.h"
#include "server/clock.h"
#include "server/identity.h"
#include "server/job.h"
#include "server/pipeline.h"
#include "server/routes.h"
#include "server/ticket.h"
#include "support/temporary.h"

#define SCENE_ORIGIN   "award.example/log/2026"
#define SCENE_OFFICERS 2

struct scene {
    struct temporary folder;
    struct config config;
    struct app *app;
    struct keys officers[SCENE_OFFICERS]; /* officer-1, officer-2 */
    char cookie[80];                      /* of the session requests are made with, or "" */
};

#define AUTO_SCENE __attribute__((cleanup(scene_close))) struct scene

static inline void scene_start(struct scene *scene)
{
    check_ok(app_open(&scene->config, &scene->app));
}

static inline void scene_stop(struct scene *scene)
{
    app_stop(scene->app);
    scene->app = 0;
}

/* A new folder with keys and an empty log, running. */
static inline void scene_open(struct scene *scene)
{
    AUTO_BUFFER vkey = BUFFER_INIT;
    AUTO_BUFFER service_key = BUFFER_INIT;

    *scene = (struct scene){.app = 0};
    temporary_make(&scene->folder);
    config_default(&scene->config);
    scene->config.data = scene->folder.path;
    scene->config.origin = SCENE_ORIGIN;
    scene->config.url = "http://127.0.0.1:8200";
    check_ok(app_create(&scene->config, &vkey, &service_key));
    for (size_t i = 0; i < SCENE_OFFICERS; i++) {
        struct key_code code;

        key_code_draw(&code);
        check_ok(keys_derive(&code, &scene->officers[i]));
    }
    scene_start(scene);
}

static inline void scene_close(struct scene *scene)
{
    scene_stop(scene);
    temporary_remove(&scene->folder);
}

static inline void scene_wake(void *carrier)
{
    sem_post(carrier);
}

/* Submits a response's ticket or job, waits until it is done, and has the answer written. */
static inline void scene_finish(struct scene *scene, const struct request *request,
                                struct response *response)
{
    sem_t done;

    sem_init(&done, 0, 0);
    if (response->ticket) {
        response->ticket->done = scene_wake;
        response->ticket->carrier = &done;
        pipeline_submit(scene->app->pipeline, response->ticket);
    } else {
        response->job.done = scene_wake;
        response->job.carrier = &done;
        jobs_submit(scene->app->jobs, &response->job);
    }
    sem_wait(&done);
    sem_destroy(&done);
    route_finish(scene->app, request, response);
}

/* Runs one request; everything of it but method, path and body is given in `request`. */
static inline void scene_ask(struct scene *scene, struct request *request,
                             struct response *response)
{
    const struct route *const route = route_find(request->method, request->path, &request->tail);

    *response = (struct response)RESPONSE_INIT;
    assert_non_null(route);
    request->now = request->now ? request->now : clock_now();
    request->cookie = bytes_of_string(scene->cookie);
    route_run(route, scene->app, request, response);
    if (response->ticket || response->job.work) {
        scene_finish(scene, request, response);
    }
}

static inline void scene_get(struct scene *scene, const char *path, struct response *response)
{
    struct request request = {.method = METHOD_GET, .path = bytes_of_string(path)};

    scene_ask(scene, &request, response);
}

static inline void scene_post(struct scene *scene, const char *path, struct bytes body,
                              struct response *response)
{
    struct request request = {.method = METHOD_POST, .path = bytes_of_string(path), .body = body};

    scene_ask(scene, &request, response);
}

static inline struct bytes scene_body(const struct response *response)
{
    return response->blob ? blob_view(response->blob) : buffer_view(&response->body);
}

/* The value of a text field of a JSON body, as it stands there: enough for tests. */
static inline struct bytes scene_field(const struct response *response, const char *key)
{
    char quoted[64];
    struct bytes rest = scene_body(response);
    size_t at;

    snprintf(quoted, sizeof quoted, "\"%s\":\"", key);
    at = text_find(rest, bytes_of_string(quoted));
    if (at == SIZE_MAX) {
        return EMPTY_BYTES;
    }
    rest = bytes_slice(rest, at + strlen(quoted), rest.size);
    return text_cut(&rest, '"');
}

static inline bool scene_says(const struct response *response, const char *words)
{
    return text_find(scene_body(response), bytes_of_string(words)) != SIZE_MAX;
}

static inline void check_status(const struct response *response, unsigned status)
{
    if (response->status != status) {
        fail_msg("status %u and not %u: %.*s", response->status, status,
                 (int)scene_body(response).size, (const char *)scene_body(response).data);
    }
}

static inline void check_refused(const struct response *response, unsigned status, const char *rule)
{
    char words[96];

    check_status(response, status);
    snprintf(words, sizeof words, "\"rule\":\"%s\"", rule);
    if (!scene_says(response, words)) {
        fail_msg("not refused by %s: %.*s", rule, (int)scene_body(response).size,
                 (const char *)scene_body(response).data);
    }
}

/* --- statements --- */

static inline void scene_sign(struct buffer *note, struct bytes text, const char *name,
                              const struct keys *keys)
{
    if (note->size == 0) {
        check_ok(statement_note(text, note));
    }
    check_ok(signature_line_sign(note, text, bytes_of_string(name), &keys->sign_secret));
}

static inline void scene_write_founder(const struct scene *scene, size_t index, struct buffer *text)
{
    AUTO_BUFFER line = BUFFER_INIT;
    const struct keys *const keys = &scene->officers[index];
    struct hash32 hidden;
    const struct hidden_opening name = {{(uint8_t)index}, LITERAL("何示例")};

    hidden_of(LITERAL("log.genesis"), "工作人员", &name, &hidden);
    check_ok(buffer_append_text(&line, index == 0 ? "officer-1 " : "officer-2 "));
    check_ok(base64_append(&line, BYTES(keys->sign_public.bytes)));
    check_ok(buffer_append_text(&line, " "));
    check_ok(base64_append(&line, BYTES(keys->box.key.bytes)));
    check_ok(buffer_append_text(&line, " #"));
    check_ok(base64_append(&line, BYTES(hidden.bytes)));
    check_ok(statement_add(text, "工作人员", buffer_view(&line)));
}

static inline void scene_write_genesis(const struct scene *scene, struct buffer *note)
{
    const struct identity *const identity = scene->app->identity;
    AUTO_BUFFER text = BUFFER_INIT;
    const struct hash32 rules = sha256_of(LITERAL("rules"));

    check_ok(statement_begin(&text, "log.genesis", LITERAL(SCENE_ORIGIN)));
    check_ok(statement_add_bytes(&text, "记录公钥", BYTES(identity->log.key.bytes)));
    check_ok(statement_add_bytes(&text, "服务公钥", BYTES(identity->service.key.bytes)));
    check_ok(statement_add_bytes(&text, "规则文件", BYTES(rules.bytes)));
    scene_write_founder(scene, 0, &text);
    scene_write_founder(scene, 1, &text);
    scene_sign(note, buffer_view(&text), "officer-1", &scene->officers[0]);
    scene_sign(note, buffer_view(&text), "officer-2", &scene->officers[1]);
}

/* What a person.invite of number `number` hides: the name, with a salt of that number. */
static inline struct hidden_opening scene_name(unsigned number)
{
    return (struct hidden_opening){{(uint8_t)number, (uint8_t)(number >> 8), 7}, LITERAL("沈示例")};
}

/* The text of a person.invite for `person-<number>`, and the note that officer-1 signs. */
static inline void scene_write_invite(const struct scene *scene, unsigned number,
                                      struct buffer *note)
{
    AUTO_BUFFER text = BUFFER_INIT;
    const struct hidden_opening name = scene_name(number);
    struct hash32 hidden;
    char person[32];

    snprintf(person, sizeof person, "person-%u", number);
    hidden_of(LITERAL("person.invite"), "姓名", &name, &hidden);
    check_ok(statement_begin(&text, "person.invite", LITERAL(SCENE_ORIGIN)));
    check_ok(statement_add_text(&text, "人员", person));
    check_ok(statement_add_hidden(&text, "姓名", &hidden));
    scene_sign(note, buffer_view(&text), "officer-1", &scene->officers[0]);
}

static inline void scene_post_genesis(struct scene *scene)
{
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_RESPONSE response;

    scene_write_genesis(scene, &note);
    scene_post(scene, "/api/entries", buffer_view(&note), &response);
    check_status(&response, 200);
}

/* Opens a session for officer number `index` from 0; later requests carry its cookie. */
static inline void scene_sign_in(struct scene *scene, size_t index)
{
    const char *const name = index == 0 ? "officer-1" : "officer-2";
    AUTO_RESPONSE challenge;
    AUTO_RESPONSE opened;
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER note = BUFFER_INIT;

    scene->cookie[0] = 0;
    scene_get(scene, "/api/challenge", &challenge);
    check_ok(statement_begin(&text, "session.open", LITERAL(SCENE_ORIGIN)));
    check_ok(statement_add_text(&text, "人员", name));
    check_ok(statement_add(&text, "随机数", scene_field(&challenge, "nonce")));
    check_ok(statement_add_time(&text, "时间", (int64_t)clock_now()));
    scene_sign(&note, buffer_view(&text), name, &scene->officers[index]);
    scene_post(scene, "/api/sessions", buffer_view(&note), &opened);
    check_status(&opened, 200);
    snprintf(scene->cookie, sizeof scene->cookie, "%.64s", opened.cookie + strlen("session="));
}
