#include "verifier/sign_off.h"

void sign_off_free(struct sign_off *sign_off)
{
    buffer_free(&sign_off->subjects);
    buffer_free(&sign_off->lines);
    buffer_free(&sign_off->former);
    buffer_free(&sign_off->problems);
}

bool sign_off_holds(const struct sign_off *sign_off)
{
    return sign_off->filed && sign_off->problems.size == 0;
}

static const void *element(const struct buffer *list, size_t index, size_t size)
{
    return index < list->size / size ? list->data + index * size : NULL;
}

size_t sign_off_line_count(const struct sign_off *sign_off)
{
    return sign_off->lines.size / sizeof(struct sign_off_line);
}

const struct sign_off_line *sign_off_line_at(const struct sign_off *sign_off, size_t index)
{
    return element(&sign_off->lines, index, sizeof(struct sign_off_line));
}

size_t sign_off_former_count(const struct sign_off *sign_off)
{
    return sign_off->former.size / sizeof(struct sign_off_line);
}

const struct sign_off_line *sign_off_former_at(const struct sign_off *sign_off, size_t index)
{
    return element(&sign_off->former, index, sizeof(struct sign_off_line));
}

size_t sign_off_problem_count(const struct sign_off *sign_off)
{
    return sign_off->problems.size / sizeof(struct sign_off_problem);
}

const struct sign_off_problem *sign_off_problem_at(const struct sign_off *sign_off, size_t index)
{
    return element(&sign_off->problems, index, sizeof(struct sign_off_problem));
}

const char *sign_off_state_name(enum sign_off_state state)
{
    static const char *const NAMES[] = {
        [SIGN_OFF_OPEN] = "open",
        [SIGN_OFF_COMPLETE] = "complete",
        [SIGN_OFF_BLOCKED] = "blocked",
        [SIGN_OFF_VOID] = "void",
    };

    return NAMES[state];
}

const char *sign_off_verdict_name(enum sign_off_verdict verdict)
{
    static const char *const NAMES[] = {
        [SIGN_OFF_MISSING] = "missing",   [SIGN_OFF_AGREED] = "agreed",
        [SIGN_OFF_RESERVED] = "reserved", [SIGN_OFF_DISAGREED] = "disagreed",
        [SIGN_OFF_REFUSED] = "refused",
    };

    return NAMES[verdict];
}
