#include "server/report_print.h"

#include "log/entry.h"
#include "log/parts.h"
#include "record/journal.h"
#include "record/view_report.h"
#include "server/app.h"
#include "server/attestation.h"
#include "server/disclosures.h"
#include "server/phrase.h"
#include "server/press.h"
#include "server/readers.h"
#include "server/signing_page.h"

/* Where a word lies in the store, which moves while it grows. */
struct place {
    size_t key, key_size;
    size_t text, text_size;
};

struct glossary {
    struct record *record;
    const struct sign_off *sign_off;
    struct bytes name_key; /* of the person whose hidden name is looked for */
    struct buffer store;
    struct buffer places; /* of struct place */
    struct buffer words;  /* of struct signing_page_word, once all are there */
};

#define AUTO_GLOSSARY __attribute__((cleanup(glossary_free))) struct glossary

static void glossary_free(struct glossary *glossary)
{
    buffer_free(&glossary->store);
    buffer_free(&glossary->places);
    buffer_free(&glossary->words);
}

static struct result add_word(struct glossary *glossary, struct bytes key, struct bytes text)
{
    struct place place = {.key = glossary->store.size, .key_size = key.size};

    TRY(buffer_append(&glossary->store, key));
    place.text = glossary->store.size;
    place.text_size = text.size;
    TRY(buffer_append(&glossary->store, text));
    return buffer_append(&glossary->places, (struct bytes){(const uint8_t *)&place, sizeof place});
}

static struct signing_page_word word_at(const struct glossary *glossary, size_t index)
{
    const struct place *const place =
        (const struct place *)(const void *)glossary->places.data + index;
    const struct bytes store = buffer_view(&glossary->store);

    return (struct signing_page_word){bytes_slice(store, place->key, place->key_size),
                                      bytes_slice(store, place->text, place->text_size)};
}

static size_t count_places(const struct glossary *glossary)
{
    return glossary->places.size / sizeof(struct place);
}

/* --- what may be read --- */

static struct result add_opening(void *context, const struct disclosure_row *row)
{
    return add_word(context, row->hidden, row->value);
}

/* The hidden name is among the openings if it may be read. */
static struct result add_person(void *context, const struct view_person *row)
{
    struct glossary *const glossary = context;
    const size_t count = count_places(glossary);

    for (size_t i = 0; i < count; i++) {
        const struct signing_page_word word = word_at(glossary, i);

        if (bytes_equal(word.key, row->hidden_name)) {
            AUTO_BUFFER name = BUFFER_INIT;

            TRY(buffer_append(&name, word.text)); /* adding moves the store */
            return add_word(glossary, row->id, buffer_view(&name));
        }
    }
    return OK;
}

static struct result add_organisation(void *context, const struct view_organisation *row)
{
    return add_word(context, row->id, row->name);
}

static struct result add_people(struct glossary *glossary)
{
    const struct sign_off *const sign_off = glossary->sign_off;

    for (size_t i = 0; i < sign_off_line_count(sign_off); i++) {
        TRY(view_person(glossary->record, sign_off_line_at(sign_off, i)->person, add_person,
                        glossary));
    }
    for (size_t i = 0; i < sign_off_former_count(sign_off); i++) {
        TRY(view_person(glossary->record, sign_off_former_at(sign_off, i)->person, add_person,
                        glossary));
    }
    return OK;
}

static struct result add_organisations(struct glossary *glossary)
{
    const struct bytes *const subjects = (const void *)glossary->sign_off->subjects.data;
    const size_t count = glossary->sign_off->subjects.size / sizeof *subjects;

    for (size_t i = 0; i < count; i++) {
        TRY(view_organisation(glossary->record, subjects[i], add_organisation, glossary));
    }
    return OK;
}

static struct result gather_words(struct glossary *glossary, struct bytes person)
{
    TRY(add_organisations(glossary));
    if (person.size > 0) {
        TRY(disclosures_of(glossary->record, person, add_opening, glossary));
        TRY(add_people(glossary));
    }
    for (size_t i = 0; i < count_places(glossary); i++) {
        const struct signing_page_word word = word_at(glossary, i);

        TRY(buffer_append(&glossary->words, (struct bytes){(const uint8_t *)&word, sizeof word}));
    }
    return OK;
}

/* --- the page --- */

static struct result load_time(struct record *record, uint64_t size, uint64_t *out)
{
    AUTO_BUFFER raw = BUFFER_INIT;
    struct entry entry;

    TRY(journal_load_entry(record, size - 1, &raw));
    TRY(entry_parse(buffer_view(&raw), &entry));
    *out = entry.time;
    return OK;
}

/* Everything that the page is made of. */
static struct hash32 key_of(const struct signing_page *page, const struct glossary *glossary)
{
    const struct bytes parts[] = {page->parts, buffer_view(&glossary->store),
                                  buffer_view(&glossary->places)};

    return sha256_of_parts(parts, sizeof parts / sizeof parts[0]);
}

static struct result print(struct app *app, const struct signing_page *page,
                           const struct hash32 *key, struct buffer *out)
{
    AUTO_BLOB *sheet = press_find(app->press, key);
    AUTO_BUFFER pdf = BUFFER_INIT;

    if (!sheet) {
        TRY(signing_page_make(page, &pdf));
        TRY(blob_make(&pdf, &sheet));
        press_keep(app->press, key, sheet);
    }
    return buffer_append(out, blob_view(sheet));
}

struct result report_print(struct app *app, const struct report_evidence *evidence,
                           struct bytes person, struct buffer *out)
{
    AUTO_READER reader = READER_INIT;
    AUTO_SIGN_OFF sign_off = SIGN_OFF_INIT;
    AUTO_GLOSSARY glossary = {.sign_off = &sign_off};
    AUTO_BUFFER parts = BUFFER_INIT;
    AUTO_BUFFER address = BUFFER_INIT;
    struct signing_page page = {.sign_off = &sign_off,
                                .evidence = &evidence->evidence,
                                .origin = identity_origin(app->identity),
                                .head = evidence->head};
    struct hash32 key;

    TRY(attestation_read(evidence, app->identity, &sign_off));
    TRY(report_print_parts(evidence, &parts));
    TRY(phrase_add(&address, app->config->url, LITERAL("/report-check.html"), ""));
    TRY(readers_lend(app->readers, &reader));
    glossary.record = reader.record;
    TRY(gather_words(&glossary, person));
    TRY(load_time(reader.record, evidence->head.size, &page.time));
    page.parts = buffer_view(&parts);
    page.address = buffer_view(&address);
    page.words = (const void *)glossary.words.data;
    page.word_count = glossary.words.size / sizeof *page.words;
    key = key_of(&page, &glossary);
    return print(app, &page, &key, out);
}

struct result report_print_parts(const struct report_evidence *evidence, struct buffer *out)
{
    AUTO_BUFFER text = BUFFER_INIT;

    TRY(evidence_write(&evidence->evidence, &text));
    return parts_write(buffer_view(&text), out);
}
