#include "fuzz.h"
#include "log/checkpoint.h"

static void read_text(struct bytes input)
{
    struct checkpoint checkpoint;
    AUTO_BUFFER again = BUFFER_INIT;

    if (is_ok(checkpoint_parse(input, &checkpoint))) {
        DEMAND_OK(checkpoint_write(&checkpoint, &again));
        DEMAND(bytes_equal(buffer_view(&again), input));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct bytes input = {data, size};
    struct signed_note note;

    read_text(input);
    if (is_ok(signed_note_parse(input, &note))) {
        DEMAND(note.text.size + 1 + note.lines.size == size);
        read_text(note.text);
    }
    return 0;
}
