/* The tables of notices, objections and cases: see schema.h. */
#include "record/schema.h"

const char *const NOTICE_SCHEMA[] = {
    /* The terms of a cycle's notices and cases, and the days that its table makes free or not. */
    "CREATE TABLE IF NOT EXISTS notice_rules ("
    " cycle TEXT PRIMARY KEY REFERENCES cycle (id),"
    " position INTEGER NOT NULL,"
    " notice_days INTEGER NOT NULL,"
    " accept INTEGER NOT NULL,"
    " investigate INTEGER NOT NULL,"
    " answer INTEGER NOT NULL,"
    " supplement INTEGER NOT NULL,"
    " material_hours INTEGER NOT NULL,"
    " keep_days INTEGER NOT NULL"
    ") STRICT",
    "CREATE TABLE IF NOT EXISTS workday ("
    " cycle TEXT NOT NULL REFERENCES cycle (id),"
    " day INTEGER NOT NULL,"
    " working INTEGER NOT NULL CHECK (working IN (0, 1)),"
    " PRIMARY KEY (cycle, day)"
    ") STRICT, WITHOUT ROWID",

    /* A public notice: its list, the people it names, and where it was seen. */
    "CREATE TABLE IF NOT EXISTS notice ("
    " id TEXT PRIMARY KEY,"
    " cycle TEXT NOT NULL REFERENCES cycle (id),"
    " position INTEGER NOT NULL,"
    " opens INTEGER NOT NULL,"
    " closes INTEGER NOT NULL,"
    " settled INTEGER"
    ") STRICT",
    "CREATE TABLE IF NOT EXISTS notice_row ("
    " notice TEXT NOT NULL REFERENCES notice (id),"
    " place INTEGER NOT NULL,"
    " grade INTEGER NOT NULL,"
    " organisation TEXT NOT NULL REFERENCES organisation (id),"
    " removed INTEGER,"
    " PRIMARY KEY (notice, place),"
    " UNIQUE (notice, organisation)"
    ") STRICT",
    "CREATE TABLE IF NOT EXISTS notice_handler ("
    " notice TEXT NOT NULL REFERENCES notice (id),"
    " person TEXT NOT NULL REFERENCES person (id),"
    " PRIMARY KEY (notice, person)"
    ") STRICT",
    "CREATE TABLE IF NOT EXISTS notice_keeper ("
    " notice TEXT NOT NULL REFERENCES notice (id),"
    " person TEXT NOT NULL REFERENCES person (id),"
    " PRIMARY KEY (notice, person)"
    ") STRICT",
    "CREATE TABLE IF NOT EXISTS notice_extension (" /* the last one's end is the notice's */
    " position INTEGER PRIMARY KEY,"
    " notice TEXT NOT NULL REFERENCES notice (id),"
    " days INTEGER NOT NULL,"
    " resolution TEXT NOT NULL,"
    " closes INTEGER NOT NULL"
    ") STRICT",
    "CREATE TABLE IF NOT EXISTS notice_proof ("
    " position INTEGER PRIMARY KEY,"
    " notice TEXT NOT NULL REFERENCES notice (id),"
    " media TEXT NOT NULL,"
    " address TEXT NOT NULL,"
    " content BLOB NOT NULL,"
    " seen INTEGER NOT NULL"
    ") STRICT",

    /* What came by telephone, on paper or without a name, and what was done about it. */
    "CREATE TABLE IF NOT EXISTS lead ("
    " id TEXT PRIMARY KEY,"
    " notice TEXT NOT NULL REFERENCES notice (id),"
    " position INTEGER NOT NULL,"
    " source TEXT NOT NULL,"
    " disposed INTEGER,"
    " disposition TEXT"
    ") STRICT",

    /* An objection by the SHA-256 of its text: one case, the keys of one objector. */
    "CREATE TABLE IF NOT EXISTS objection ("
    " hash BLOB PRIMARY KEY,"
    " notice TEXT NOT NULL REFERENCES notice (id),"
    " number INTEGER NOT NULL,"
    " position INTEGER NOT NULL UNIQUE,"
    " time INTEGER NOT NULL,"
    " late INTEGER NOT NULL CHECK (late IN (0, 1)),"
    " sign_key BLOB NOT NULL UNIQUE,"
    " box_key BLOB NOT NULL UNIQUE,"
    " state TEXT NOT NULL,"
    " before TEXT NOT NULL DEFAULT ''," /* where a request for a supplement found it */
    " since INTEGER NOT NULL,"          /* entry that made the state */
    " received INTEGER,"
    " verified TEXT,"
    " assigned TEXT,"
    " joined BLOB,"
    " opened INTEGER,"   /* the last opening of the identity */
    " asked INTEGER,"    /* the one request for a supplement */
    " accepted INTEGER," /* time */
    " extended INTEGER,"
    " reported INTEGER,"
    " finding TEXT,"
    " closed INTEGER," /* entry, and its time */
    " closed_time INTEGER,"
    " erased INTEGER,"
    " UNIQUE (notice, number)"
    ") STRICT",

    /* Texts that name sealed parts (the filing, a supplement), and the parts of each. */
    "CREATE TABLE IF NOT EXISTS part_text ("
    " hash BLOB PRIMARY KEY,"
    " objection BLOB NOT NULL REFERENCES objection (hash),"
    " position INTEGER NOT NULL,"
    " due INTEGER NOT NULL,"
    " received INTEGER,"
    " lapsed INTEGER"
    ") STRICT",
    "CREATE TABLE IF NOT EXISTS sealed_part ("
    " text BLOB NOT NULL REFERENCES part_text (hash),"
    " place INTEGER NOT NULL,"
    " kind TEXT NOT NULL,"
    " hash BLOB NOT NULL,"
    " size INTEGER NOT NULL,"
    " PRIMARY KEY (text, place)"
    ") STRICT",
    "CREATE INDEX IF NOT EXISTS sealed_part_of ON sealed_part (hash)",

    /* What the organisation was told of a case, and whether it has replied. */
    "CREATE TABLE IF NOT EXISTS case_hearing ("
    " objection BLOB PRIMARY KEY REFERENCES objection (hash),"
    " position INTEGER NOT NULL,"
    " summary BLOB NOT NULL,"
    " reply_key BLOB NOT NULL UNIQUE,"
    " due INTEGER NOT NULL,"
    " replied INTEGER"
    ") STRICT",

    /* Sealed files that statements of a case name (case_file.h). */
    "CREATE TABLE IF NOT EXISTS case_file ("
    " position INTEGER PRIMARY KEY,"
    " objection BLOB NOT NULL REFERENCES objection (hash),"
    " kind TEXT NOT NULL,"
    " state TEXT NOT NULL,"
    " basis TEXT NOT NULL,"
    " hash BLOB NOT NULL,"
    " size INTEGER NOT NULL"
    ") STRICT",
    "CREATE INDEX IF NOT EXISTS case_file_of ON case_file (hash)",

    /* Whether a handler may act on a case: the last word of each. */
    "CREATE TABLE IF NOT EXISTS case_declaration ("
    " objection BLOB NOT NULL REFERENCES objection (hash),"
    " person TEXT NOT NULL REFERENCES person (id),"
    " conflict INTEGER NOT NULL CHECK (conflict IN (0, 1)),"
    " position INTEGER NOT NULL,"
    " PRIMARY KEY (objection, person)"
    ") STRICT",

    /* Every opening of an identity: by which two keepers, to whom. */
    "CREATE TABLE IF NOT EXISTS identity_opening ("
    " position INTEGER PRIMARY KEY,"
    " objection BLOB NOT NULL REFERENCES objection (hash),"
    " reader TEXT NOT NULL,"
    " first_keeper TEXT NOT NULL,"
    " second_keeper TEXT NOT NULL"
    ") STRICT",

    /* Every act on a case, and the terms it was promised to be handled in. */
    "CREATE TABLE IF NOT EXISTS case_act ("
    " position INTEGER PRIMARY KEY,"
    " objection BLOB NOT NULL REFERENCES objection (hash),"
    " type TEXT NOT NULL,"
    " state TEXT NOT NULL,"
    " time INTEGER NOT NULL"
    ") STRICT",
    "CREATE TABLE IF NOT EXISTS case_term ("
    " objection BLOB NOT NULL REFERENCES objection (hash),"
    " position INTEGER NOT NULL," /* of the entry that began it */
    " state TEXT NOT NULL,"
    " due INTEGER NOT NULL,"
    " met INTEGER," /* time; a term is missed if that, or now, is after it */
    " PRIMARY KEY (objection, position)"
    ") STRICT, WITHOUT ROWID",
};

const size_t NOTICE_SCHEMA_COUNT = sizeof NOTICE_SCHEMA / sizeof NOTICE_SCHEMA[0];
