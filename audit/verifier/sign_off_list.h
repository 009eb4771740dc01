/*
 * sign_off_list.h - the must-sign list of one version: what each act does to it, and its state.
 *
 * Inside of sign_off.c, which has verified signatures before. Times and indexes are the entry's.
 */
#pragma once

#include "protocol/statement.h"
#include "verifier/sign_off.h"

/* An act on the list. */
struct sign_off_act {
    const struct statement *statement;
    uint64_t index;
    uint64_t time;
};

/*
 * Appends a struct sign_off_line for each 须签 of a report.file and points *leader at the one 组长.
 * INVALID "report.signers" unless the lines are well formed, of different persons, with one leader.
 */
MUST_CHECK struct result sign_off_list_read(const struct statement *filing, struct buffer *lines,
                                            struct bytes *leader);

/* Each fails by the rule that refuses it, and then has changed nothing. */
MUST_CHECK struct result sign_off_list_sign(struct sign_off *list, const struct sign_off_act *act);
MUST_CHECK struct result sign_off_list_refuse(struct sign_off *list,
                                              const struct sign_off_act *act);
MUST_CHECK struct result sign_off_list_void(struct sign_off *list, const struct sign_off_act *act,
                                            const char *how);
/* `again`: the rule of the cycle is 重签. */
MUST_CHECK struct result sign_off_list_replace(struct sign_off *list,
                                               const struct sign_off_act *act, bool again);
MUST_CHECK struct result sign_off_list_delegate(struct sign_off *list,
                                                const struct sign_off_act *act, bool again);

/* Whether a line stands for this organisation. */
bool sign_off_list_has_organisation(const struct sign_off *list, struct bytes organisation);
