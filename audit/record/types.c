#include "record/types.h"

static const struct type_list *const LISTS[] = {
    &PEOPLE_TYPES,   &ROLE_TYPES,    &CYCLE_TYPES,        &ORGANISATION_TYPES, &CONFLICT_TYPES,
    &TEAM_TYPES,     &REPORT_TYPES,  &NOTICE_RULES_TYPES, &NOTICE_TYPES,       &EXTENSION_TYPES,
    &LIST_TYPES,     &LEAD_TYPES,    &OBJECTION_TYPES,    &DELIVERY_TYPES,     &CASE_TYPES,
    &IDENTITY_TYPES, &HEARING_TYPES, &ANSWER_TYPES,       &MEETING_TYPES,      &CEREMONY_TYPES,
    &ELECTION_TYPES, &BALLOT_TYPES,  &TALLY_TYPES,
};

size_t type_list_count(void)
{
    return sizeof LISTS / sizeof LISTS[0];
}

const struct type_list *type_list_at(size_t index)
{
    return LISTS[index];
}

const struct type *type_find(struct bytes name)
{
    for (size_t list = 0; list < type_list_count(); list++) {
        for (size_t i = 0; i < LISTS[list]->count; i++) {
            if (bytes_is(name, LISTS[list]->rows[i].row->name)) {
                return &LISTS[list]->rows[i];
            }
        }
    }
    return 0;
}
