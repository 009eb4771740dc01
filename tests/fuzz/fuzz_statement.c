#include "fuzz.h"
#include "protocol/statement.h"

/* The text again, from what was read. */
static void write_text(const struct statement *statement, struct buffer *out)
{
    const struct statement_field *fields = (const void *)statement->fields.data;
    const size_t count = statement->fields.size / sizeof *fields;

    DEMAND_OK(buffer_append_text(out, "xiling/v1 "));
    DEMAND_OK(buffer_append(out, statement->type));
    DEMAND_OK(buffer_append_text(out, "\n日志："));
    DEMAND_OK(buffer_append(out, statement->origin));
    for (size_t i = 0; i < count; i++) {
        DEMAND_OK(buffer_append_text(out, "\n"));
        DEMAND_OK(buffer_append(out, fields[i].label));
        DEMAND_OK(buffer_append_text(out, "："));
        DEMAND_OK(buffer_append(out, fields[i].value));
    }
    DEMAND_OK(buffer_append_text(out, "\n"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct bytes input = {data, size};
    AUTO_STATEMENT statement = STATEMENT_INIT;
    AUTO_STATEMENT text_alone = STATEMENT_INIT;
    AUTO_BUFFER again = BUFFER_INIT;

    if (is_ok(statement_parse(input, &statement))) {
        DEMAND(bytes_starts_with(input, statement.text));
        write_text(&statement, &again);
        DEMAND(bytes_equal(buffer_view(&again), statement.text));
        DEMAND_OK(statement_parse_text(statement.text, &text_alone));
    }
    return 0;
}
