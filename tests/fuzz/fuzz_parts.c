#include "fuzz.h"
#include "log/parts.h"

/* A text has many compressions, so the parts may differ; what they carry may not. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER parts = BUFFER_INIT;
    AUTO_BUFFER again = BUFFER_INIT;

    if (is_ok(parts_read((struct bytes){data, size}, &text))) {
        DEMAND(text.size <= PARTS_TEXT_MAX);
        if (is_ok(parts_write(buffer_view(&text), &parts))) {
            DEMAND_OK(parts_read(buffer_view(&parts), &again));
            DEMAND(bytes_equal(buffer_view(&again), buffer_view(&text)));
        }
    }
    return 0;
}
