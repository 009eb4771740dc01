#include "fuzz.h"
#include "log/tile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct bytes input = {data, size};
    struct tile tile;
    AUTO_BUFFER again = BUFFER_INIT;

    if (is_ok(tile_path_parse(input, &tile))) {
        DEMAND(tile.width >= 1 && tile.width <= TILE_WIDTH && tile.level <= TILE_LEVEL_MAX);
        DEMAND_OK(tile_path_write(&tile, &again));
        DEMAND(bytes_equal(buffer_view(&again), input));
    }
    return 0;
}
