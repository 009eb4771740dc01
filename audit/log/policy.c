#include "log/policy.h"

#include <string.h>

#include "base/text.h"

#define GROUP_BIT(index)   (UINT64_C(1) << (POLICY_WITNESSES_MAX + (index)))
#define WITNESS_BIT(index) (UINT64_C(1) << (index))

/* What stays known while the lines of a policy are read. */
struct reading {
    struct policy *policy;
    uint64_t grouped; /* members of any group so far */
    bool has_quorum;
};

static bool is_policy_byte(uint8_t byte)
{
    return byte == '\t' || byte == '\n' || (byte >= 0x20 && byte != 0x7f);
}

static struct bytes trim_left(struct bytes line)
{
    while (line.size > 0 && (line.data[0] == ' ' || line.data[0] == '\t')) {
        line = bytes_slice(line, 1, line.size);
    }
    return line;
}

/* The next word of the line; empty at its end. */
static struct bytes take_word(struct bytes *line)
{
    const struct bytes rest = trim_left(*line);
    size_t size = 0;

    while (size < rest.size && rest.data[size] != ' ' && rest.data[size] != '\t') {
        size++;
    }
    *line = trim_left(bytes_slice(rest, size, rest.size));
    return bytes_slice(rest, 0, size);
}

/* The bit of a witness or group; 0 if the name is not defined (yet). */
static uint64_t find_name(const struct policy *policy, struct bytes name)
{
    for (size_t i = 0; i < policy->witness_count; i++) {
        if (bytes_equal(policy->witnesses[i].name, name)) {
            return WITNESS_BIT(i);
        }
    }
    for (size_t i = 0; i < policy->group_count; i++) {
        if (bytes_equal(policy->groups[i].name, name)) {
            return GROUP_BIT(i);
        }
    }
    return 0;
}

static bool name_is_new(const struct policy *policy, struct bytes name)
{
    return name.size > 0 && !bytes_is(name, "none") && find_name(policy, name) == 0;
}

static bool same_key(const struct vkey *a, const struct vkey *b)
{
    return memcmp(a->key.bytes, b->key.bytes, sizeof a->key.bytes) == 0;
}

static struct result read_log(struct reading *reading, struct bytes line)
{
    struct policy *policy = reading->policy;
    struct policy_log log;

    REQUIRE(policy->log_count < POLICY_LOGS_MAX, MALFORMED, "policy.limit");
    TRY(vkey_parse(take_word(&line), &log.key));
    REQUIRE(log.key.type == VKEY_ED25519, MALFORMED, "policy.key");
    log.url = take_word(&line);
    REQUIRE(line.size == 0, MALFORMED, "policy.form");
    for (size_t i = 0; i < policy->log_count; i++) {
        const struct vkey *other = &policy->logs[i].key;

        REQUIRE(!same_key(other, &log.key) && !bytes_equal(vkey_name(other), vkey_name(&log.key)),
                MALFORMED, "policy.key");
    }
    policy->logs[policy->log_count++] = log;
    return OK;
}

static struct result read_witness(struct reading *reading, struct bytes line)
{
    struct policy *policy = reading->policy;
    struct policy_witness witness;

    REQUIRE(policy->witness_count < POLICY_WITNESSES_MAX, MALFORMED, "policy.limit");
    witness.name = take_word(&line);
    REQUIRE(name_is_new(policy, witness.name), MALFORMED, "policy.name");
    TRY(vkey_parse(take_word(&line), &witness.key));
    REQUIRE(witness.key.type == VKEY_COSIGNATURE, MALFORMED, "policy.key");
    witness.url = take_word(&line);
    REQUIRE(line.size == 0, MALFORMED, "policy.form");
    for (size_t i = 0; i < policy->witness_count; i++) {
        REQUIRE(!same_key(&policy->witnesses[i].key, &witness.key), MALFORMED, "policy.key");
    }
    policy->witnesses[policy->witness_count++] = witness;
    return OK;
}

static struct result read_threshold(struct bytes word, unsigned members, unsigned *out)
{
    uint64_t number;

    REQUIRE(members > 0, MALFORMED, "policy.threshold");
    if (bytes_is(word, "all")) {
        *out = members;
        return OK;
    }
    if (bytes_is(word, "any")) {
        *out = 1;
        return OK;
    }
    REQUIRE(is_ok(text_parse_number(word, &number)) && number >= 1 && number <= members, MALFORMED,
            "policy.threshold");
    *out = (unsigned)number;
    return OK;
}

static struct result read_group(struct reading *reading, struct bytes line)
{
    struct policy *policy = reading->policy;
    struct policy_group group = {0};
    struct bytes threshold;
    unsigned members = 0;

    REQUIRE(policy->group_count < POLICY_GROUPS_MAX, MALFORMED, "policy.limit");
    group.name = take_word(&line);
    REQUIRE(name_is_new(policy, group.name), MALFORMED, "policy.name");
    threshold = take_word(&line);
    for (; line.size > 0; members++) {
        const uint64_t member = find_name(policy, take_word(&line));

        REQUIRE(member != 0 && (reading->grouped & member) == 0, MALFORMED, "policy.name");
        reading->grouped |= member;
        group.members |= member;
    }
    TRY(read_threshold(threshold, members, &group.needed));
    policy->groups[policy->group_count++] = group;
    return OK;
}

static struct result read_quorum(struct reading *reading, struct bytes line)
{
    const struct bytes name = take_word(&line);

    REQUIRE(!reading->has_quorum && line.size == 0, MALFORMED, "policy.form");
    reading->has_quorum = true;
    if (!bytes_is(name, "none")) {
        reading->policy->quorum = find_name(reading->policy, name);
        REQUIRE(reading->policy->quorum != 0, MALFORMED, "policy.name");
    }
    return OK;
}

static struct result read_line(struct reading *reading, struct bytes line)
{
    struct bytes rest = line;
    const struct bytes word = take_word(&rest);

    if (word.size == 0 || line.data[0] == '#') {
        return OK;
    }
    if (bytes_is(word, "log")) {
        return read_log(reading, rest);
    }
    if (bytes_is(word, "witness")) {
        return read_witness(reading, rest);
    }
    if (bytes_is(word, "group")) {
        return read_group(reading, rest);
    }
    REQUIRE(bytes_is(word, "quorum"), MALFORMED, "policy.form");
    return read_quorum(reading, rest);
}

struct result policy_parse(struct bytes text, struct policy *out)
{
    struct reading reading = {out, 0, false};
    uint64_t number = 0;

    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < text.size; i++) {
        REQUIRE(is_policy_byte(text.data[i]), MALFORMED, "policy.form");
    }
    while (text.size > 0) {
        struct result read = read_line(&reading, text_cut(&text, '\n'));

        number++;
        if (!is_ok(read)) {
            read.at = number;
            return read;
        }
    }
    REQUIRE(reading.has_quorum && out->log_count > 0, MALFORMED, "policy.form");
    return OK;
}

void policy_of_log(const struct vkey *log, struct policy *out)
{
    memset(out, 0, sizeof *out);
    out->logs[0].key = *log;
    out->log_count = 1;
}

static struct result find_log(const struct policy *policy, struct bytes origin, size_t *out)
{
    for (size_t i = 0; i < policy->log_count; i++) {
        if (bytes_equal(vkey_name(&policy->logs[i].key), origin)) {
            *out = i;
            return OK;
        }
    }
    return fail(INVALID, "checkpoint.origin");
}

static bool is_fulfilled(const struct policy *policy, uint64_t known)
{
    for (size_t i = 0; i < policy->group_count; i++) {
        const struct policy_group *group = &policy->groups[i];
        unsigned count = 0;

        for (uint64_t rest = group->members & known; rest != 0; rest &= rest - 1) {
            count++;
        }
        if (count >= group->needed) {
            known |= GROUP_BIT(i);
        }
    }
    return policy->quorum == 0 || (known & policy->quorum) != 0;
}

static void weigh(const struct policy *policy, const struct note_seal seals[],
                  struct policy_finding *finding)
{
    uint64_t known = 0;

    for (size_t i = 0; i < policy->witness_count; i++) {
        if (!seals[i].verified) {
            continue;
        }
        known |= WITNESS_BIT(i);
        if (finding->witnessed == 0 || seals[i].time < finding->earliest) {
            finding->earliest = seals[i].time;
        }
        if (seals[i].time > finding->latest) {
            finding->latest = seals[i].time;
        }
        finding->witnessed++;
    }
    finding->fulfilled = is_fulfilled(policy, known);
}

struct result policy_verify(const struct policy *policy, struct bytes note,
                            struct checkpoint *checkpoint, struct policy_finding *finding)
{
    const struct vkey *keys[1 + POLICY_WITNESSES_MAX];
    struct note_seal seals[1 + POLICY_WITNESSES_MAX];
    struct signed_note parsed;

    memset(finding, 0, sizeof *finding);
    TRY(signed_note_parse(note, &parsed));
    TRY(checkpoint_parse(parsed.text, checkpoint));
    TRY(find_log(policy, checkpoint->origin, &finding->log));
    keys[0] = &policy->logs[finding->log].key;
    for (size_t i = 0; i < policy->witness_count; i++) {
        keys[1 + i] = &policy->witnesses[i].key;
    }
    TRY(signed_note_verify(&parsed, keys, 1 + policy->witness_count, seals));
    REQUIRE(seals[0].verified, UNAUTHORIZED, "checkpoint.signature");
    weigh(policy, seals + 1, finding);
    return OK;
}

struct result policy_require(const struct policy_finding *finding)
{
    REQUIRE(finding->fulfilled, UNAUTHORIZED, "policy.quorum");
    return OK;
}
