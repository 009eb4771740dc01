#include "server/lodging.h"

#include "server/app.h"
#include "server/clock.h"
#include "server/deposit.h"
#include "server/identity.h"
#include "server/intake.h"
#include "server/submission.h"

#define AUTO_DEPOSIT __attribute__((cleanup(close_deposit))) struct deposit

void lodging_wipe(struct lodging *lodging)
{
    key_code_wipe(&lodging->code);
    buffer_free(&lodging->text);
}

static void close_deposit(struct deposit **deposit)
{
    deposit_close(*deposit);
}

static struct result store(void *context, const struct filing_part *part, struct bytes document)
{
    return deposit_store(context, &part->hash, document);
}

static struct result sign_and_submit(struct app *app, struct bytes text, const struct keys *keys)
{
    AUTO_BUFFER note = BUFFER_INIT;

    TRY(filing_sign(text, keys, &note));
    TRY(submission_wait(app->pipeline, buffer_view(&note)));
    intake_wake(app->intake);
    return OK;
}

static struct result submit(struct lodging *lodging, const struct filing_sealed *sealed)
{
    TRY(filing_write_text(identity_origin(lodging->app->identity), lodging->filing, sealed,
                          clock_now(), &lodging->text));
    lodging->text_hash = sha256_of(buffer_view(&lodging->text));
    return sign_and_submit(lodging->app, buffer_view(&lodging->text), &sealed->keys);
}

/* The deposit is closed on every way out: then what no entry names is taken back. */
struct result lodging_run(struct lodging *lodging)
{
    SECRET_SEALED sealed = {.part_count = 0};
    AUTO_DEPOSIT *deposit = 0;

    key_code_draw(&lodging->code);
    TRY(keys_derive(&lodging->code, &sealed.keys));
    secret_random(sealed.salt, sizeof sealed.salt);
    TRY(deposit_begin(&lodging->app->deposits, &deposit));
    TRY(filing_seal(lodging->filing, lodging->circle, &sealed, store, deposit));
    return submit(lodging, &sealed);
}

struct result lodging_supplement(const struct lodging *lodging, const struct hash32 *objection,
                                 const struct keys *keys)
{
    SECRET_SEALED sealed = {.part_count = 0};
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_DEPOSIT *deposit = 0;

    TRY(deposit_begin(&lodging->app->deposits, &deposit));
    TRY(filing_seal_files(lodging->filing, lodging->circle, &sealed, store, deposit));
    TRY(filing_write_supplement(identity_origin(lodging->app->identity), objection, &sealed,
                                clock_now(), &text));
    return sign_and_submit(lodging->app, buffer_view(&text), keys);
}
