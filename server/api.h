/*
 * api.h - the handlers, one file an area. Addresses, bodies and answers stand in docs/api.md.
 */
#pragma once

#include "server/exchange.h"

/* api_entries.c: writing, and reading what was written */
handler handle_entry_post;
handler handle_entry_get;
handler handle_text_get;
handler handle_receipt_get;

/* api_log.c */
handler handle_checkpoint;
handler handle_vkey;
handler handle_tile;

/* api_public.c */
handler handle_pin;
handler handle_overview;
handler handle_ceremony;
handler handle_qr_svg;
handler handle_qr_png;

/* api_meeting.c */
handler handle_meeting;

/* api_election.c */
handler handle_election;

/* api_session.c */
handler handle_challenge;
handler handle_session_post;
handler handle_session_delete;
handler handle_me;

/* api_people.c */
handler handle_people;
handler handle_openings_get;
handler handle_opening_post;

/* api_invitations.c */
handler handle_invitation_post;

/* api_contacts.c */
handler handle_contact_post;

/* api_calendar.c */
handler handle_report_deadline;

/* api_documents.c */
stream_opener open_document;
handler handle_document_put;
handler handle_document_state;
handler handle_document_get;
handler handle_document_reads;

/* api_proposals.c */
handler handle_proposals_get;
handler handle_proposal_post;

/* reviews.c: organisations, reviewers and teams */
handler handle_organisations;
handler handle_review;
handler handle_team;

/* reports.c */
handler handle_reports;
handler handle_report;

/* api_print.c */
handler handle_report_parts;
handler handle_signing_page;

/* api_bundle.c: what a report proves, to be taken away */
handler handle_report_evidence;
handler handle_report_attestation;
handler handle_report_bundle;

/* api_notices.c */
handler handle_notices;
handler handle_notice;
handler handle_objection;

/* api_summaries.c: of cases, for the organisation that each is about */
handler handle_summaries;
/* api_shares.c: of identities that were opened */
handler handle_share_post;
handler handle_shares_get;

/* api_status.c: by receipt code */
handler handle_status;
handler handle_status_file;

/* api_plain.c, api_plain_status.c: pages for browsers without scripts */
handler handle_plain_notices;
handler handle_plain_form;
handler handle_plain_file;
handler handle_plain_status_form;
handler handle_plain_status;
