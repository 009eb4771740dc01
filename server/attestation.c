#include "server/attestation.h"

#include "log/entry.h"
#include "server/envelope.h"
#include "verifier/report_bundle.h"

struct result attestation_read(const struct report_evidence *evidence,
                               const struct identity *identity, struct sign_off *out)
{
    struct sign_off_entry entries[EVIDENCE_ENTRIES_MAX];
    const struct sign_off_evidence given = {
        .origin = identity_origin(identity), .entries = entries, .count = evidence->evidence.count};

    for (size_t i = 0; i < given.count; i++) {
        entries[i].index = evidence->evidence.entries[i].index;
        entries[i].raw = evidence->evidence.entries[i].entry;
    }
    TRY(sign_off_read(&given, out));
    REQUIRE(out->filed, INTERNAL, "sign_off.filing");
    return OK;
}

/* --- the in-toto statement --- */

static void write_subject(struct envelope *envelope, const struct sign_off *sign_off)
{
    char name[REPORT_BUNDLE_NAME_SIZE];

    report_bundle_name_document(sign_off->format, name);
    envelope_open_array(envelope, "subject");
    envelope_open_object(envelope, 0);
    envelope_string(envelope, "name", name);
    envelope_open_object(envelope, "digest");
    envelope_hex(envelope, "sha256", BYTES(sign_off->file.bytes));
    envelope_close(envelope);
    envelope_close(envelope);
    envelope_close(envelope);
}

static void write_lines(struct envelope *envelope, const char *key,
                        const struct sign_off_line *lines, size_t count)
{
    envelope_open_array(envelope, key);
    for (size_t i = 0; i < count; i++) {
        envelope_open_object(envelope, 0);
        envelope_text(envelope, "person", lines[i].person);
        envelope_text(envelope, "capacity", lines[i].capacity);
        if (lines[i].organisation.size > 0) {
            envelope_text(envelope, "organisation", lines[i].organisation);
        }
        envelope_string(envelope, "verdict", sign_off_verdict_name(lines[i].verdict));
        envelope_index(envelope, "index", lines[i].index);
        if (lines[i].verdict != SIGN_OFF_MISSING) {
            envelope_time(envelope, "time", lines[i].time);
        }
        envelope_close(envelope);
    }
    envelope_close(envelope);
}

static void write_report(struct envelope *envelope, const struct sign_off *sign_off)
{
    const struct bytes *const subjects = (const void *)sign_off->subjects.data;

    envelope_text(envelope, "report", sign_off->report);
    envelope_number(envelope, "version", sign_off->version);
    envelope_text(envelope, "kind", sign_off->kind);
    envelope_text(envelope, "team", sign_off->team);
    envelope_open_array(envelope, "organisations");
    for (size_t i = 0; i < sign_off->subjects.size / sizeof *subjects; i++) {
        envelope_text(envelope, 0, subjects[i]);
    }
    envelope_close(envelope);
    envelope_text(envelope, "title", sign_off->title);
    envelope_number(envelope, "size", sign_off->size);
    envelope_text(envelope, "format", sign_off->format);
    envelope_string(envelope, "state", sign_off_state_name(sign_off->state));
    if (sign_off->voided_how) {
        envelope_string(envelope, "void", sign_off->voided_how);
    }
    envelope_number(envelope, "since", sign_off->since);
    write_lines(envelope, "signers", sign_off_line_at(sign_off, 0), sign_off_line_count(sign_off));
    write_lines(envelope, "former", sign_off_former_at(sign_off, 0),
                sign_off_former_count(sign_off));
}

static struct result write_log(struct envelope *envelope, const struct report_evidence *evidence,
                               const struct identity *identity)
{
    AUTO_BUFFER vkey = BUFFER_INIT;

    TRY(vkey_write(&identity->log, &vkey));
    envelope_open_object(envelope, "log");
    envelope_text(envelope, "origin", identity_origin(identity));
    envelope_text(envelope, "vkey", buffer_view(&vkey));
    envelope_number(envelope, "size", evidence->head.size);
    envelope_base64(envelope, "root", BYTES(evidence->head.root.bytes));
    envelope_close(envelope);
    return OK;
}

/* As they were signed, with the enrolments that hold the keys. */
static struct result write_statements(struct envelope *envelope, const struct evidence *evidence)
{
    struct entry entry;

    envelope_open_array(envelope, "statements");
    for (size_t i = 0; i < evidence->count; i++) {
        TRY(entry_parse(evidence->entries[i].entry, &entry));
        envelope_open_object(envelope, 0);
        envelope_number(envelope, "index", evidence->entries[i].index);
        envelope_time(envelope, "time", entry.time);
        envelope_text(envelope, "note", entry.note);
        envelope_close(envelope);
    }
    envelope_close(envelope);
    return OK;
}

static struct result write_payload(const struct report_evidence *evidence,
                                   const struct sign_off *sign_off, const struct identity *identity,
                                   struct buffer *out)
{
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;

    envelope_begin(&envelope);
    envelope_string(&envelope, "_type", "https://in-toto.io/Statement/v1");
    write_subject(&envelope, sign_off);
    envelope_string(&envelope, "predicateType", ATTESTATION_PREDICATE);
    envelope_open_object(&envelope, "predicate");
    envelope_string(&envelope, "signedBy",
                    "The service key signs this export. Persons sign only the statements in it.");
    write_report(&envelope, sign_off);
    TRY(write_log(&envelope, evidence, identity));
    TRY(write_statements(&envelope, &evidence->evidence));
    envelope_close(&envelope);
    return envelope_write(&envelope, out);
}

/* --- the DSSE envelope --- */

static struct result append_part(struct buffer *out, struct bytes part)
{
    TRY(buffer_append_text(out, " "));
    TRY(buffer_append_decimal(out, part.size));
    TRY(buffer_append_text(out, " "));
    return buffer_append(out, part);
}

/* PAE: "DSSEv1", then type and payload, each behind its length. */
static struct result sign(struct bytes payload, const struct secret_key *secret,
                          struct signature *out)
{
    AUTO_BUFFER message = BUFFER_INIT;

    TRY(buffer_append_text(&message, "DSSEv1"));
    TRY(append_part(&message, LITERAL(ATTESTATION_PAYLOAD_TYPE)));
    TRY(append_part(&message, payload));
    return signature_make(secret, buffer_view(&message), out);
}

struct result attestation_write(const struct report_evidence *evidence,
                                const struct sign_off *sign_off, const struct identity *identity,
                                struct buffer *out)
{
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    AUTO_BUFFER payload = BUFFER_INIT;
    struct signature signature;

    TRY(write_payload(evidence, sign_off, identity, &payload));
    TRY(sign(buffer_view(&payload), &identity->service_secret, &signature));

    envelope_begin(&envelope);
    envelope_string(&envelope, "payloadType", ATTESTATION_PAYLOAD_TYPE);
    envelope_base64(&envelope, "payload", buffer_view(&payload));
    envelope_open_array(&envelope, "signatures");
    envelope_open_object(&envelope, 0);
    envelope_hex(&envelope, "keyid", BYTES(identity->service.id.bytes));
    envelope_base64(&envelope, "sig", BYTES(signature.bytes));
    envelope_close(&envelope);
    envelope_close(&envelope);
    return envelope_write(&envelope, out);
}
