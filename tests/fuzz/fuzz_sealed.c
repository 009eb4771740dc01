#include <string.h>

#include "fuzz.h"
#include "primitive/sealed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct bytes input = {data, size};
    struct sealed_document document;
    struct box_pair strangers[2];
    AUTO_BUFFER plain = BUFFER_INIT;

    if (is_ok(sealed_parse(input, &document))) {
        DEMAND(document.count >= 1 && document.count <= SEALED_READERS_MAX);
        DEMAND(document.head.size + document.chunks.size == size);
        memset(strangers, 7, sizeof strangers);
        DEMAND(!is_ok(sealed_open(&document, strangers, document.suite, &plain)));
        DEMAND(plain.size == 0);
    }
    return 0;
}
