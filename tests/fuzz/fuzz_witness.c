#include "fuzz.h"
#include "log/policy.h"
#include "log/witness.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct bytes input = {data, size};
    struct witness_request request;
    struct policy policy;
    AUTO_BUFFER again = BUFFER_INIT;

    if (is_ok(witness_request_parse(input, &request))) {
        DEMAND_OK(witness_request_write(&request, &again));
        DEMAND(bytes_equal(buffer_view(&again), input));
    }
    if (is_ok(policy_parse(input, &policy))) {
        DEMAND(policy.log_count <= POLICY_LOGS_MAX);
        DEMAND(policy.witness_count <= POLICY_WITNESSES_MAX);
        DEMAND(policy.group_count <= POLICY_GROUPS_MAX);
    }
    return 0;
}
