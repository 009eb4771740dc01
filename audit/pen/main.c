/*
 * xiling-pen: a device without a browser. Makes a key, writes, checks and signs any statement from
 * files alone. Exit status: 0 done, 1 not done.
 */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "pen/commands.h"
#include "record/refusal.h"

struct command {
    const char *name;
    const char *usage;
    pen_command *run;
};

static const struct command COMMANDS[] = {
    {"key", "key                                    draws a key code: keep it on paper",
     command_key},
    {"public", "public KEY                             the public keys of a key code",
     command_public},
    {"enrol", "enrol KEY                              person.enrol", command_enrol},
    {"digits", "digits NOTE NONCE                      the 12 check digits of an enrolment",
     command_digits},
    {"session", "session NONCE TIME KEY                 session.open, to read what is not public",
     command_session},
    {"hide", "hide TYPE LABEL VALUE                  a hidden value, and its salt", command_hide},
    {"compose", "compose TYPE LABEL=VALUE… --origin O   a text of any type", command_compose},
    {"show", "show FILE                              what a text or note says and who signed",
     command_show},
    {"sign", "sign FILE KEY                          adds this device's signature line",
     command_sign},
    {"signin", "signin LOG --meeting ID --vote-key NEWFILE", command_signin},
    {"ballot", "ballot LOG --election ID --vote-key FILE --choices 2,1,0,…", command_ballot},
    {"burn", "burn LOG --election ID --vote-key FILE", command_burn},
    {"deal", "deal LOG --ceremony ID", command_deal},
    {"confirm", "confirm LOG --ceremony ID", command_confirm},
    {"rehearse", "rehearse LOG --ceremony ID", command_rehearse},
    {"complain", "complain LOG --ceremony ID --with DEALER    a share does not fit",
     command_complain},
    {"publish", "publish LOG --ceremony ID --with COMPLAINER answers with that one share, in clear",
     command_publish},
    {"share", "share LOG --election ID --sums CODE    CODE is read aloud at the close",
     command_share},
    {"draft",
     "draft freeze LOG --meeting ID | close LOG --election ID | result LOG --election ID |\n"
     "                   manifest LOG --election ID --opens T --closes T [--window S]\n"
     "                     --meeting ID --ceremony ID, or for a runoff --previous ELECTION-ID |\n"
     "                   minutes LOG --meeting ID --words TEXT",
     command_draft},
    {"seal",
     "seal FILE --to BOXKEY,…               a sealed document that each of them can open;\n"
     "                   --to-both BOXKEY,BOXKEY    one that only both can; tells hash and size",
     command_seal},
    {"open",
     "open FILE --key FILE                   opens a sealed document\n"
     "                   --passed SHARE,SHARE       one for two keepers, with what they passed on",
     command_open},
    {"pass", "pass FILE --key FILE --to BOXKEY       a keeper's share, sealed to one reader",
     command_pass},
    {"post", "post URL NOTE [--token TOKEN]          hands a note to a service", command_post},
};

static const char *const OPTIONS[] = {
    "key",      "person",   "origin", "log",    "vkey",    "genesis", "meeting", "election",
    "ceremony", "window",   "opens",  "closes", "words",   "sums",    "token",   "choices",
    "vote-key", "previous", "with",   "to",     "to-both", "passed",  NULL,
};

#define COMMAND_COUNT (sizeof COMMANDS / sizeof COMMANDS[0])

static int print_usage(FILE *out)
{
    (void)fputs("西泠 xiling-pen\n", out);
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        (void)fprintf(out, "  xiling-pen %s\n", COMMANDS[i].usage);
    }
    (void)fputs(
        "KEY is --key FILE --person ID --origin ORIGIN; acts with LOG take --key and --person "
        "too.\n"
        "LOG is --log DIR, an export (xiling-audit export), verified before anything is signed;\n"
        "--vkey pins its key, and whoever signs must give it. What a device has seen, opened and\n"
        "cast it keeps in files beside its key: a log must continue the newest one seen.\n"
        "- is standard input. What is made goes to standard output.\n",
        out);
    return out == stdout ? 0 : 1;
}

static int print_failure(struct result result, const struct options *options)
{
    const struct refusal *words = refusal_find(result.rule);
    const char *place = options->misused != NULL ? options->misused : result.field;

    (void)fprintf(stderr, "%s%s%s\n%s\n%s\n(%s)\n", words->what.zh, place == NULL ? "" : ": ",
                  place == NULL ? "" : place, words->what.en, words->advice.en,
                  result.rule == NULL ? "internal" : result.rule);
    return 1;
}

static int run(const struct command *command, int count, char *arguments[])
{
    struct options options;
    struct result result = options_read(count, arguments, OPTIONS, &options);

    if (is_ok(result)) {
        result = command->run(&options);
    }
    return is_ok(result) ? 0 : print_failure(result, &options);
}

int main(int count, char *arguments[])
{
    if (sodium_init() < 0) {
        return 1;
    }
    for (int i = 1; i < count; i++) {
        if (strcmp(arguments[i], "--help") == 0) {
            return print_usage(stdout);
        }
    }
    if (count < 2) {
        return print_usage(stderr);
    }
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(arguments[1], COMMANDS[i].name) == 0) {
            return run(&COMMANDS[i], count - 2, arguments + 2);
        }
    }
    return print_usage(stderr);
}
