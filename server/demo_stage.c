#include "server/demo_stage.h"

#include <string.h>

#include "base/encoding.h"
#include "protocol/statement.h"
#include "record/view.h"

struct result stage_compose(struct stage *stage, const char *type,
                            const struct stage_field fields[], size_t count, struct buffer *text)
{
    buffer_clear(text);
    TRY(statement_begin(text, type, buffer_view(&stage->client.origin)));
    for (size_t i = 0; i < count; i++) {
        TRY(statement_add_text(text, fields[i].label, fields[i].value));
    }
    return OK;
}

static struct result sign_as(struct stage *stage, const char *person, struct buffer *note)
{
    SECRET_DEVICE device;

    TRY(cast_device(stage->data, person, buffer_view(&stage->client.origin), &device));
    return device_sign(&device, note);
}

struct result stage_sign(struct stage *stage, struct bytes text, const char *const persons[],
                         const char *token)
{
    AUTO_BUFFER note = BUFFER_INIT;

    TRY(statement_note(text, &note));
    for (size_t i = 0; persons[i] != NULL; i++) {
        TRY(sign_as(stage, persons[i], &note));
    }
    return client_post(&stage->client, buffer_view(&note), token);
}

struct result stage_hide(const char *type, const char *label, const char *value,
                         const uint8_t salt[static 32], struct buffer *field)
{
    struct hidden_opening opening = {.value = bytes_of_string(value)};
    struct hash32 hidden;

    memcpy(opening.salt, salt, sizeof opening.salt);
    hidden_of(bytes_of_string(type), label, &opening, &hidden);
    buffer_clear(field);
    TRY(buffer_append_text(field, "#"));
    return base64_append(field, BYTES(hidden.bytes));
}

struct result stage_add_reason(struct stage_reason *reason, struct buffer *text)
{
    AUTO_BUFFER hidden = BUFFER_INIT;

    secret_random(reason->salt, sizeof reason->salt);
    TRY(stage_hide(reason->type, reason->label, reason->value, reason->salt, &hidden));
    return statement_add(text, reason->label, buffer_view(&hidden));
}

struct result stage_open_reason(struct stage *stage, const struct stage_reason *reason,
                                struct bytes text)
{
    const struct hash32 statement = sha256_of(text);
    const struct client_opening opening = {
        reason->type, reason->label, bytes_of_string(reason->value), reason->salt, &statement};

    return client_open_hidden(&stage->client, &opening);
}

static struct result take_state(void *context, const struct view_person *row)
{
    *(const char **)context = row->state;
    return OK;
}

struct result stage_person(struct stage *stage, const char *person, const char **state)
{
    *state = "none";
    const struct result result = view_person(client_record(&stage->client), bytes_of_string(person),
                                             take_state, (void *)state);
    return result.failure == NOT_FOUND ? OK : result;
}

struct search {
    const char *person;
    bool found;
};

static struct result look_for(void *context, const struct view_signin *row)
{
    struct search *search = context;

    search->found = search->found || bytes_is(row->person, search->person);
    return OK;
}

struct result stage_is_present(struct stage *stage, const char *person, bool *present)
{
    struct search search = {person, false};

    TRY(view_meeting_signins(client_record(&stage->client), stage_meeting(stage), look_for,
                             &search));
    *present = search.found;
    return OK;
}

bool stage_is_hands_on(const struct stage *stage)
{
    return stage->hands_on && stage->sitting->newcomer != NULL;
}

struct bytes stage_meeting(const struct stage *stage)
{
    return bytes_of_string(stage->sitting->meeting);
}

struct result stage_official(struct stage *stage, struct step_outcome *outcome, struct bytes text,
                             const char *const persons[])
{
    if (stage_is_hands_on(stage)) {
        outcome->blocked = true;
        return OK;
    }
    outcome->acted = true;
    return stage_sign(stage, text, persons, NULL);
}
