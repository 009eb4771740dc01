#include "server/plain_draft.h"

#include <string.h>

#include "base/text.h"
#include "record/organisation.h"
#include "server/form.h"
#include "server/id_number.h"

#define KIND_PERSON "个人"
#define KIND_UNIT   "单位"

const char *const PLAIN_GROUNDS[5] = {"申报材料不实", "三年内违法违规", "质量安全环保事故",
                                      "评审程序", "其他"};

void plain_draft_wipe(struct plain_draft *draft)
{
    buffer_wipe(&draft->number);
    buffer_wipe(&draft->uscc);
    secret_wipe(draft, sizeof *draft);
}

void plain_draft_fault(struct plain_draft *draft, struct plain_fault fault)
{
    if (draft->fault_count < PLAIN_FAULTS_MAX) {
        draft->faults[draft->fault_count++] = fault;
    }
}

const struct plain_fault *plain_draft_fault_of(const struct plain_draft *draft, const char *field)
{
    for (size_t i = 0; i < draft->fault_count; i++) {
        if (strcmp(draft->faults[i].field, field) == 0) {
            return &draft->faults[i];
        }
    }
    return 0;
}

/* Notes a fault unless `good`. */
static void want(struct plain_draft *draft, bool good, const char *field, const char *key)
{
    if (!good) {
        plain_draft_fault(draft, (struct plain_fault){.field = field, .key = key});
    }
}

/* --- what is written --- */

/* As `maxlength` counts: UTF-16 units, a line end as one. */
static uint64_t units_of(struct bytes text)
{
    uint64_t count = 0;
    uint32_t character;

    while (text_next(&text, &character)) {
        count += character == '\r' ? 0 : character > 0xFFFF ? 2 : 1;
    }
    return count;
}

/* A text of so many characters; `none` says that there is nothing. */
static struct bytes read_text(struct plain_draft *draft, const struct form *form, const char *field,
                              uint64_t most, const char *none)
{
    const struct bytes text = id_number_trim(form_value(form, field));

    if (!text_is_utf8(text)) {
        want(draft, false, field, "plain.utf8");
    } else if (text.size == 0) {
        want(draft, false, field, none);
    } else if (units_of(text) > most) {
        plain_draft_fault(
            draft, (struct plain_fault){.field = field, .key = "plain.long", .number = most});
    }
    return text;
}

static struct bytes read_choice(struct plain_draft *draft, const struct form *form,
                                const char *field, const char *const words[], size_t count,
                                const char *none)
{
    const struct bytes value = form_value(form, field);

    for (size_t i = 0; i < count; i++) {
        if (bytes_is(value, words[i])) {
            return value;
        }
    }
    want(draft, false, field, none);
    return EMPTY_BYTES;
}

static void read_content(struct plain_draft *draft, const struct form *form)
{
    static const char *const DISCLOSURES[] = {"不同意", "同意"};
    struct filing *const filing = &draft->filing;

    filing->subject = form_value(form, "subject");
    filing->ground = read_choice(draft, form, "ground", PLAIN_GROUNDS,
                                 sizeof PLAIN_GROUNDS / sizeof PLAIN_GROUNDS[0], "obj.ground.none");
    filing->request = read_text(draft, form, "request", PLAIN_REQUEST_MAX, "obj.request.none");
    filing->facts = read_text(draft, form, "facts", PLAIN_FACTS_MAX, "obj.facts.none");
    filing->disclosure =
        read_choice(draft, form, "disclosure", DISCLOSURES, 2, "obj.id.disclosure.none");
}

/* --- files --- */

/* Names of files that people try and that may hold macros. */
static bool is_office(struct bytes name)
{
    static const char *const ENDINGS[] = {".doc",  ".docx", ".wps", ".xls",
                                          ".xlsx", ".zip",  ".rar", ".7z"};

    for (size_t i = 0; i < sizeof ENDINGS / sizeof ENDINGS[0]; i++) {
        const size_t size = strlen(ENDINGS[i]);
        size_t same = 0;

        while (name.size >= size && same < size &&
               (name.data[name.size - size + same] | 0x20) == ((uint8_t)ENDINGS[i][same] | 0x20)) {
            same++;
        }
        if (same == size) {
            return true;
        }
    }
    return false;
}

/* What is wrong with a file; NULL if nothing is. */
static const char *fault_of(const struct form_file *file, const char *format)
{
    if (file->size == 0) {
        return "obj.file.empty";
    }
    if (file->size > FORM_FILE_MAX) {
        return "obj.file.large";
    }
    if (file->bytes.size != file->size) {
        return "obj.file.together";
    }
    return format ? 0 : is_office(file->name) ? "obj.file.office" : "obj.file.format";
}

static void read_files(struct plain_draft *draft, const struct form *form, const char *field,
                       size_t most)
{
    const bool seals = strcmp(field, "seal") == 0;
    struct filing_file *const files = seals ? draft->filing.seals : draft->filing.files;
    size_t count = 0;
    struct form_file file;

    for (; form_file(form, field, count, &file) && count < most; count++) {
        const char *const format = filing_format(file.bytes);
        const char *const key = fault_of(&file, format);

        files[count] = (struct filing_file){file.name, file.bytes, format};
        if (key) {
            plain_draft_fault(
                draft, (struct plain_fault){
                           .field = field, .key = key, .name = file.name, .size = file.size});
        }
    }
    if (form_file(form, field, most, &file)) {
        plain_draft_fault(
            draft, (struct plain_fault){.field = field, .key = "obj.file.many", .number = most});
    }
    *(seals ? &draft->filing.seal_count : &draft->filing.file_count) = count;
}

void plain_draft_read_files(const struct form *form, struct plain_draft *out)
{
    read_files(out, form, "file", FILING_FILES_MAX);
    want(out, out->filing.file_count > 0, "file", "status.more.none");
}

/* --- who one is --- */

static void add_line(struct plain_draft *draft, const char *label, struct bytes value)
{
    struct filing *const filing = &draft->filing;

    filing->identity[filing->identity_count++] = (struct objection_line){label, value};
}

/* The words of a refused number, name or telephone: obj.identity.check of identity.check. */
static void judge(struct plain_draft *draft, const char *field, struct result judged)
{
    static const char *const KEYS[] = {
        "obj.identity.name",     "obj.identity.resident", "obj.identity.resident_old",
        "obj.identity.date",     "obj.identity.check",    "obj.identity.permit",
        "obj.identity.foreign",  "obj.identity.hongkong", "obj.identity.taiwan",
        "obj.identity.passport", "obj.identity.type",     "obj.identity.phone",
    };
    const char *key = "plain.utf8";

    for (size_t i = 0; !is_ok(judged) && i < sizeof KEYS / sizeof KEYS[0]; i++) {
        key = strcmp(KEYS[i] + strlen("obj."), judged.rule) == 0 ? KEYS[i] : key;
    }
    want(draft, is_ok(judged), field, key);
}

static struct bytes read_name(struct plain_draft *draft, const struct form *form, const char *field)
{
    const struct bytes typed = form_value(form, field);

    judge(draft, field, id_number_check_name(typed));
    return id_number_trim(typed);
}

/* In capitals: as the licence has it. */
static struct result read_uscc(struct plain_draft *draft, const struct form *form)
{
    SECRET_BUFFER code = BUFFER_INIT;

    TRY(buffer_append(&code, id_number_trim(form_value(form, "uscc"))));
    for (size_t i = 0; i < code.size; i++) {
        if (code.data[i] >= 'a' && code.data[i] <= 'z') {
            code.data[i] = (uint8_t)(code.data[i] - 'a' + 'A');
        }
    }
    want(draft, is_ok(organisation_check_code(buffer_view(&code))), "uscc", "obj.identity.uscc");
    return buffer_append(&draft->uscc, buffer_view(&code));
}

static struct result read_unit(struct plain_draft *draft, const struct form *form)
{
    add_line(draft, "单位名称",
             read_text(draft, form, "unit", PLAIN_SHORT_MAX, "obj.identity.unit"));
    TRY(read_uscc(draft, form));
    add_line(draft, "统一社会信用代码", buffer_view(&draft->uscc));
    add_line(draft, "法定代表人", read_name(draft, form, "legal"));
    add_line(draft, "代理人", read_name(draft, form, "agent"));
    read_files(draft, form, "seal", FILING_SEALS_MAX);
    want(draft, draft->filing.seal_count > 0, "seal", "obj.identity.seal");
    return OK;
}

static struct result read_document(struct plain_draft *draft, const struct form *form, uint64_t now)
{
    const struct bytes type = form_value(form, "type");
    const struct bytes number = form_value(form, "number");
    const struct result judged = id_number_check(type, number, now);
    const bool typed = is_ok(judged) || strcmp(judged.rule, "identity.type") != 0;

    judge(draft, typed ? "number" : "type", judged);
    judge(draft, "phone", id_number_check_phone(form_value(form, "phone")));
    if (text_is_utf8(number)) {
        TRY(id_number_tidy(number, &draft->number));
    }
    add_line(draft, "证件类型", type);
    add_line(draft, "证件号码", buffer_view(&draft->number));
    add_line(draft, "电话", id_number_trim(form_value(form, "phone")));
    return OK;
}

static struct result read_identity(struct plain_draft *draft, const struct form *form, uint64_t now)
{
    static const char *const KINDS[] = {KIND_PERSON, KIND_UNIT};

    draft->filing.kind = read_choice(draft, form, "kind", KINDS, 2, "obj.id.kind.none");
    if (bytes_is(draft->filing.kind, KIND_UNIT)) {
        TRY(read_unit(draft, form));
    } else if (draft->filing.kind.size > 0) {
        add_line(draft, "姓名", read_name(draft, form, "name"));
    }
    return read_document(draft, form, now);
}

struct result plain_draft_read(const struct form *form, struct bytes notice, uint64_t now,
                               struct plain_draft *out)
{
    out->filing.notice = notice;
    read_content(out, form);
    read_files(out, form, "file", FILING_FILES_MAX);
    TRY(read_identity(out, form, now));
    want(out, bytes_is(form_value(form, "promise"), "1"), "promise", "obj.promise.none");
    return OK;
}
