#include <stdio.h>

#include "base/code.h"
#include "base/encoding.h"
#include "base/text.h"
#include "pen/acts.h"
#include "pen/commands.h"
#include "protocol/statement.h"
#include "verifier/file.h"

struct result pen_print(struct bytes text)
{
    REQUIRE(fwrite(text.data, 1, text.size, stdout) == text.size && fflush(stdout) == 0,
            STORAGE_FAILED, "file.write");
    return OK;
}

static struct bytes without_line_end(struct bytes text)
{
    while (text.size > 0 && text.data[text.size - 1] <= ' ') {
        text.size--;
    }
    return text;
}

struct result pen_code(const struct options *options, struct key_code *out)
{
    SECRET_BUFFER file = BUFFER_INIT;
    const char *path;

    TRY(option_require(options, "key", &path));
    TRY(file_read(path, &file));
    return key_code_read(without_line_end(buffer_view(&file)), out->bytes);
}

struct result pen_device(const struct options *options, struct bytes origin, struct device *out)
{
    SECRET_CODE code;
    const char *person;

    TRY(option_require(options, "person", &person));
    TRY(pen_code(options, &code));
    return device_make(&code, bytes_of_string(person), origin, out);
}

static struct result device_of_options(const struct options *options, struct device *out)
{
    const char *origin;

    TRY(option_require(options, "origin", &origin));
    return pen_device(options, bytes_of_string(origin), out);
}

struct result command_key(const struct options *options)
{
    SECRET_CODE code;
    SECRET_BUFFER line = BUFFER_INIT;
    char shown[KEY_CODE_SIZE + 1];

    (void)options;
    key_code_draw(&code);
    key_code_print(code.bytes, shown);
    TRY(buffer_append_text(&line, shown));
    TRY(buffer_append_text(&line, "\n"));
    secret_wipe(shown, sizeof shown);
    return pen_print(buffer_view(&line));
}

static struct result print_key(const char *label, struct bytes key)
{
    AUTO_BUFFER line = BUFFER_INIT;

    TRY(buffer_append_text(&line, label));
    TRY(buffer_append_text(&line, "："));
    TRY(base64_append(&line, key));
    TRY(buffer_append_text(&line, "\n"));
    return pen_print(buffer_view(&line));
}

struct result command_public(const struct options *options)
{
    SECRET_DEVICE device;

    TRY(device_of_options(options, &device));
    TRY(print_key("签名公钥", BYTES(device.keys.sign_public.bytes)));
    return print_key("封存公钥", BYTES(device.keys.box.key.bytes));
}

/* `digits ENROL-NOTE NONCE`: the note or the text; the nonce in base64. */
struct result command_digits(const struct options *options)
{
    AUTO_BUFFER file = BUFFER_INIT;
    AUTO_STATEMENT statement = STATEMENT_INIT;
    uint8_t nonce[16];
    char digits[CHECK_DIGITS_SIZE + 2];

    if (options->word_count != 2) {
        return fail_field(INVALID, "options.missing", "FILE NONCE", 0);
    }
    TRY(file_read(options->words[0], &file));
    TRY(statement_parse(buffer_view(&file), &statement));
    TRY(base64_decode_fixed(bytes_of_string(options->words[1]), nonce, sizeof nonce));
    const struct hash32 hash = sha256_of(statement.text);
    check_digits_of(&hash, nonce, digits);
    digits[CHECK_DIGITS_SIZE] = '\n';
    return pen_print((struct bytes){(const uint8_t *)digits, CHECK_DIGITS_SIZE + 1});
}

struct result command_enrol(const struct options *options)
{
    SECRET_DEVICE device;
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER note = BUFFER_INIT;

    TRY(device_of_options(options, &device));
    TRY(act_enrol(&device, &text));
    TRY(device_note(&device, buffer_view(&text), &note));
    return pen_print(buffer_view(&note));
}

struct result command_session(const struct options *options)
{
    SECRET_DEVICE device;
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER note = BUFFER_INIT;
    uint8_t nonce[16];
    int64_t time;

    if (options->word_count != 2) {
        return fail_field(INVALID, "options.missing", "NONCE TIME", 0);
    }
    TRY(device_of_options(options, &device));
    TRY(base64_decode_fixed(bytes_of_string(options->words[0]), nonce, sizeof nonce));
    TRY(text_parse_time(bytes_of_string(options->words[1]), &time));
    TRY(act_session(&device, nonce, time, &text));
    TRY(device_note(&device, buffer_view(&text), &note));
    return pen_print(buffer_view(&note));
}
