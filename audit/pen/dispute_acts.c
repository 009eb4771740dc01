/* The acts of a trustee when a share does not fit: see trustee_acts.h. */
#include "pen/gather.h"
#include "pen/trustee_acts.h"
#include "protocol/statement.h"
#include "protocol/trustee.h"

/* Ceremony and own index: how both statements begin. */
static struct result begin(const struct device *device, const char *type,
                           const struct ceremony *ceremony, struct buffer *text)
{
    const size_t place = ceremony_find(ceremony, bytes_of_string(device->person));

    REQUIRE(place < ceremony->trustee_count, UNAUTHORIZED, "trustee.index");
    buffer_clear(text);
    TRY(statement_begin(text, type, bytes_of_string(device->origin)));
    TRY(statement_add_bytes(text, "密钥仪式", BYTES(ceremony->hash.bytes)));
    return statement_add_number(text, "序号", place + 1);
}

struct result act_complain(const struct device *device, struct record *record,
                           struct bytes ceremony, uint64_t dealer, struct buffer *text)
{
    AUTO_GATHERED *gathered = NULL;

    TRY(gather_ceremony(record, ceremony, &gathered));
    TRY(begin(device, "trustee.complain", &gathered->ceremony, text));
    return statement_add_number(text, "分发人", dealer);
}

struct result act_publish(const struct device *device, struct record *record, struct bytes ceremony,
                          uint64_t complainer, struct buffer *text)
{
    AUTO_GATHERED *gathered = NULL;
    SECRET_32 ephemeral;
    uint8_t plain[SHARE_PLAIN_BYTES]; /* about to be published */

    TRY(gather_ceremony(record, ceremony, &gathered));
    TRY(begin(device, "trustee.publish", &gathered->ceremony, text));
    const size_t place = ceremony_find(&gathered->ceremony, bytes_of_string(device->person));
    const struct trustee trustee = {place + 1, &device->keys.trustee, &device->keys.box};
    trustee_share_plain(&gathered->ceremony, &trustee, complainer, plain);
    TRY(trustee_ephemeral(&gathered->ceremony, &trustee, complainer, &ephemeral));
    TRY(statement_add_number(text, "投诉人", complainer));
    TRY(statement_add_bytes(text, "份额明文", BYTES(plain)));
    return statement_add_bytes(text, "临时私钥", BYTES(ephemeral.bytes));
}
