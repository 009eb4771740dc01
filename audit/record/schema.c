/*
 * Entries are named by their index in the log; SQL knows that word, so columns say `position`.
 * Times are seconds since 1970. Hashes, keys and points are blobs of 32 bytes. A column that says
 * where something happened is NULL until it has. Nothing here is more than the log's statements
 * make of it: drop every table but `entry`, replay, and the same rows stand again.
 */
#include "record/schema.h"

static const char *const SCHEMA[] = {
    /* The log: each entry, the SHA-256 of its statement's text, and the root after it. */
    "CREATE TABLE IF NOT EXISTS entry ("
    " position INTEGER PRIMARY KEY,"
    " bytes BLOB NOT NULL,"
    " text_hash BLOB NOT NULL UNIQUE,"
    " type TEXT NOT NULL,"
    " time INTEGER NOT NULL,"
    " root BLOB NOT NULL"
    ") STRICT",

    /* The tree: the hash of every complete subtree, leaves at level 0. */
    "CREATE TABLE IF NOT EXISTS node ("
    " level INTEGER NOT NULL,"
    " place INTEGER NOT NULL,"
    " hash BLOB NOT NULL,"
    " PRIMARY KEY (level, place)"
    ") STRICT, WITHOUT ROWID",

    "CREATE TRIGGER IF NOT EXISTS entry_stands BEFORE UPDATE ON entry"
    " BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END",
    "CREATE TRIGGER IF NOT EXISTS entry_stays BEFORE DELETE ON entry"
    " BEGIN SELECT RAISE(ABORT, 'the log is never cut'); END",
    "CREATE TRIGGER IF NOT EXISTS node_stands BEFORE UPDATE ON node"
    " BEGIN SELECT RAISE(ABORT, 'the tree is never changed'); END",
    "CREATE TRIGGER IF NOT EXISTS node_stays BEFORE DELETE ON node"
    " BEGIN SELECT RAISE(ABORT, 'the tree is never cut'); END",

    /* What entry 0 fixed: one row. */
    "CREATE TABLE IF NOT EXISTS genesis ("
    " only INTEGER PRIMARY KEY CHECK (only = 0),"
    " origin TEXT NOT NULL,"
    " text_hash BLOB NOT NULL,"
    " log_key BLOB NOT NULL,"
    " service_key BLOB NOT NULL,"
    " rules_hash BLOB NOT NULL"
    ") STRICT",

    /* Everybody who was ever invited; keys stand once two officers have confirmed them. */
    "CREATE TABLE IF NOT EXISTS person ("
    " id TEXT PRIMARY KEY,"
    " hidden_name TEXT NOT NULL,"
    " invited INTEGER NOT NULL,"
    " confirmed INTEGER,"
    " revoked INTEGER,"
    " enrol_hash BLOB,"
    " sign_key BLOB UNIQUE,"
    " box_key BLOB UNIQUE"
    ") STRICT",

    /* Each pair of keys a person's device has offered; a confirmation names one. */
    "CREATE TABLE IF NOT EXISTS enrolment ("
    " text_hash BLOB PRIMARY KEY,"
    " person TEXT NOT NULL REFERENCES person (id),"
    " position INTEGER NOT NULL,"
    " sign_key BLOB NOT NULL,"
    " box_key BLOB NOT NULL"
    ") STRICT",

    /* Who has held which role, from which entry to which. */
    "CREATE TABLE IF NOT EXISTS role ("
    " person TEXT NOT NULL REFERENCES person (id),"
    " role TEXT NOT NULL,"
    " granted INTEGER NOT NULL,"
    " ended INTEGER,"
    " PRIMARY KEY (person, role, granted)"
    ") STRICT",

    /* One award year: its numbers, and the manifest lines a first round copies. */
    "CREATE TABLE IF NOT EXISTS cycle ("
    " id TEXT PRIMARY KEY,"
    " year INTEGER NOT NULL UNIQUE,"
    " position INTEGER NOT NULL,"
    " document TEXT NOT NULL,"
    " quorum_numerator INTEGER NOT NULL,"
    " quorum_denominator INTEGER NOT NULL,"
    " runoffs INTEGER NOT NULL,"
    " lines TEXT NOT NULL"
    ") STRICT",

    /* One meeting of the committee, with its draw, its freeze and its minutes. */
    "CREATE TABLE IF NOT EXISTS meeting ("
    " id TEXT PRIMARY KEY,"
    " cycle TEXT NOT NULL REFERENCES cycle (id),"
    " position INTEGER NOT NULL,"
    " place TEXT NOT NULL,"
    " time INTEGER NOT NULL,"
    " chair TEXT NOT NULL,"
    " first_scrutineer TEXT NOT NULL,"
    " second_scrutineer TEXT NOT NULL,"
    " quorum INTEGER NOT NULL,"
    " commitment BLOB,"
    " revealed INTEGER,"
    " recorded INTEGER,"
    " frozen INTEGER,"
    " present INTEGER,"
    " minutes INTEGER"
    ") STRICT",

    /* The members appointed to a meeting, in the order of its text. */
    "CREATE TABLE IF NOT EXISTS appointed ("
    " meeting TEXT NOT NULL REFERENCES meeting (id),"
    " place INTEGER NOT NULL,"
    " person TEXT NOT NULL REFERENCES person (id),"
    " PRIMARY KEY (meeting, place),"
    " UNIQUE (meeting, person)"
    ") STRICT",

    /* The candidates of a meeting; `drawn` is their place on the ballot, once drawn. */
    "CREATE TABLE IF NOT EXISTS candidate ("
    " meeting TEXT NOT NULL REFERENCES meeting (id),"
    " place INTEGER NOT NULL,"
    " id TEXT NOT NULL,"
    " name TEXT NOT NULL,"
    " drawn INTEGER,"
    " PRIMARY KEY (meeting, place),"
    " UNIQUE (meeting, id)"
    ") STRICT",

    /* Every sign-in, repeated ones too; the last one of a person stands. */
    "CREATE TABLE IF NOT EXISTS signin ("
    " position INTEGER PRIMARY KEY,"
    " meeting TEXT NOT NULL REFERENCES meeting (id),"
    " person TEXT NOT NULL REFERENCES person (id),"
    " vote_key BLOB NOT NULL UNIQUE,"
    " random BLOB NOT NULL"
    ") STRICT",
    "CREATE INDEX IF NOT EXISTS signin_of ON signin (meeting, person, position)",

    /* Who does not vote on which candidate. */
    "CREATE TABLE IF NOT EXISTS recusal ("
    " meeting TEXT NOT NULL REFERENCES meeting (id),"
    " person TEXT NOT NULL,"
    " candidate TEXT NOT NULL,"
    " position INTEGER NOT NULL,"
    " PRIMARY KEY (meeting, person, candidate)"
    ") STRICT",

    /* One key ceremony; election_key is K, known when the last trustee has dealt. */
    "CREATE TABLE IF NOT EXISTS ceremony ("
    " hash BLOB PRIMARY KEY,"
    " id TEXT NOT NULL UNIQUE,"
    " position INTEGER NOT NULL,"
    " threshold INTEGER NOT NULL,"
    " trustees INTEGER NOT NULL,"
    " dealings_hash BLOB,"
    " election_key BLOB,"
    " disputed INTEGER,"
    " judged INTEGER"
    ") STRICT",

    /* The trustees of a ceremony and how far each has come; the first dealing of each stands. */
    "CREATE TABLE IF NOT EXISTS trustee ("
    " ceremony BLOB NOT NULL REFERENCES ceremony (hash),"
    " place INTEGER NOT NULL,"
    " person TEXT NOT NULL REFERENCES person (id),"
    " deal_hash BLOB,"
    " share_key BLOB,"
    " rehearsal BLOB,"
    " dealt INTEGER,"
    " confirmed INTEGER,"
    " rehearsed INTEGER,"
    " PRIMARY KEY (ceremony, place),"
    " UNIQUE (ceremony, person)"
    ") STRICT",

    /* A share that does not fit: dealer and complainer, by their numbers. */
    "CREATE TABLE IF NOT EXISTS complaint ("
    " ceremony BLOB NOT NULL REFERENCES ceremony (hash),"
    " dealer INTEGER NOT NULL,"
    " complainer INTEGER NOT NULL,"
    " position INTEGER NOT NULL,"
    " published INTEGER,"
    " wrong INTEGER,"
    " PRIMARY KEY (ceremony, dealer, complainer)"
    ") STRICT",

    /* One election by its manifest M, and the batch of ballots logged last. */
    "CREATE TABLE IF NOT EXISTS election ("
    " manifest BLOB PRIMARY KEY,"
    " id TEXT NOT NULL UNIQUE,"
    " meeting TEXT NOT NULL REFERENCES meeting (id),"
    " round INTEGER NOT NULL,"
    " previous BLOB REFERENCES election (manifest),"
    " tied_grade INTEGER NOT NULL," /* the grade a runoff is about; 0 in a first round */
    " ceremony BLOB NOT NULL REFERENCES ceremony (hash),"
    " position INTEGER NOT NULL,"
    " opens INTEGER NOT NULL,"
    " closes INTEGER NOT NULL,"
    " batch_window INTEGER NOT NULL,"
    " roll INTEGER NOT NULL,"
    " threshold INTEGER NOT NULL,"
    " ballots INTEGER NOT NULL DEFAULT 0,"
    " burned INTEGER NOT NULL DEFAULT 0,"
    " batch_time INTEGER NOT NULL DEFAULT 0,"
    " batch_size INTEGER NOT NULL DEFAULT 0,"
    " batch_last INTEGER NOT NULL DEFAULT 0," /* position of its last ballot */
    " batch_tag BLOB,"
    " closed INTEGER,"
    " closed_time INTEGER,"
    " sums_hash BLOB,"
    " paper INTEGER,"
    " paper_ballots INTEGER NOT NULL DEFAULT 0,"
    " result INTEGER,"
    " cancelled INTEGER"
    ") STRICT",

    /* The roll of an election, so that a revocation finds what it cancels. */
    "CREATE TABLE IF NOT EXISTS roll ("
    " manifest BLOB NOT NULL REFERENCES election (manifest),"
    " person TEXT NOT NULL,"
    " PRIMARY KEY (manifest, person)"
    ") STRICT, WITHOUT ROWID",

    /* Every tag used: by a ballot (person NULL) or by a burn. One tag, one ballot. */
    "CREATE TABLE IF NOT EXISTS tag ("
    " manifest BLOB NOT NULL REFERENCES election (manifest),"
    " tag BLOB NOT NULL,"
    " position INTEGER NOT NULL,"
    " person TEXT,"
    " PRIMARY KEY (manifest, tag)"
    ") STRICT, WITHOUT ROWID",

    /* The sums that the trustees open, kept at the close: alpha and beta of each candidate. */
    "CREATE TABLE IF NOT EXISTS sums ("
    " manifest BLOB NOT NULL REFERENCES election (manifest),"
    " place INTEGER NOT NULL,"
    " alpha BLOB NOT NULL,"
    " beta BLOB NOT NULL,"
    " PRIMARY KEY (manifest, place)"
    ") STRICT",

    /* The shares published, their points one after another. */
    "CREATE TABLE IF NOT EXISTS share ("
    " manifest BLOB NOT NULL REFERENCES election (manifest),"
    " trustee INTEGER NOT NULL,"
    " points BLOB NOT NULL,"
    " position INTEGER NOT NULL,"
    " PRIMARY KEY (manifest, trustee)"
    ") STRICT",

    /* Votes counted from paper, by candidate's place and grade. */
    "CREATE TABLE IF NOT EXISTS paper ("
    " manifest BLOB NOT NULL REFERENCES election (manifest),"
    " place INTEGER NOT NULL,"
    " grade INTEGER NOT NULL,"
    " votes INTEGER NOT NULL,"
    " PRIMARY KEY (manifest, place, grade)"
    ") STRICT",

    /* What the result in force says: who is seated in a grade, and who is tied for it. */
    "CREATE TABLE IF NOT EXISTS standing ("
    " manifest BLOB NOT NULL REFERENCES election (manifest),"
    " grade INTEGER NOT NULL,"
    " place INTEGER NOT NULL," /* in the order of the result's lines */
    " candidate TEXT NOT NULL,"
    " tied INTEGER NOT NULL CHECK (tied IN (0, 1)),"
    " PRIMARY KEY (manifest, grade, tied, place)"
    ") STRICT",

    /* What a change of a team does to an open report, where the cycle says it; else it is 保留. */
    "CREATE TABLE IF NOT EXISTS after_change ("
    " cycle TEXT PRIMARY KEY REFERENCES cycle (id),"
    " rule TEXT NOT NULL"
    ") STRICT",

    /* Who is reviewed, and who represents it now. */
    "CREATE TABLE IF NOT EXISTS organisation ("
    " id TEXT PRIMARY KEY,"
    " name TEXT NOT NULL,"
    " code TEXT NOT NULL UNIQUE,"
    " representative TEXT NOT NULL UNIQUE REFERENCES person (id),"
    " position INTEGER NOT NULL"
    ") STRICT",

    /* The qualification list of a cycle. */
    "CREATE TABLE IF NOT EXISTS qualified ("
    " cycle TEXT NOT NULL REFERENCES cycle (id),"
    " organisation TEXT NOT NULL REFERENCES organisation (id),"
    " position INTEGER NOT NULL,"
    " PRIMARY KEY (cycle, organisation)"
    ") STRICT",

    /* Who has undertaken secrecy, and whose last declaration of conflicts stands where. */
    "CREATE TABLE IF NOT EXISTS undertaking ("
    " cycle TEXT NOT NULL REFERENCES cycle (id),"
    " person TEXT NOT NULL REFERENCES person (id),"
    " position INTEGER NOT NULL,"
    " PRIMARY KEY (cycle, person)"
    ") STRICT",
    "CREATE TABLE IF NOT EXISTS declaration ("
    " cycle TEXT NOT NULL REFERENCES cycle (id),"
    " person TEXT NOT NULL REFERENCES person (id),"
    " position INTEGER NOT NULL,"
    " PRIMARY KEY (cycle, person)"
    ") STRICT",

    /* Conflicts of interest: where one was first declared, where one was found. */
    "CREATE TABLE IF NOT EXISTS conflict ("
    " cycle TEXT NOT NULL REFERENCES cycle (id),"
    " person TEXT NOT NULL REFERENCES person (id),"
    " organisation TEXT NOT NULL REFERENCES organisation (id),"
    " declared INTEGER,"
    " found INTEGER,"
    " PRIMARY KEY (cycle, person, organisation)"
    ") STRICT",

    /* A review team as it now is, what it reviews, and how it became so. */
    "CREATE TABLE IF NOT EXISTS team ("
    " id TEXT PRIMARY KEY,"
    " cycle TEXT NOT NULL REFERENCES cycle (id),"
    " leader TEXT NOT NULL REFERENCES person (id),"
    " position INTEGER NOT NULL"
    ") STRICT",
    "CREATE TABLE IF NOT EXISTS team_member ("
    " team TEXT NOT NULL REFERENCES team (id),"
    " person TEXT NOT NULL REFERENCES person (id),"
    " PRIMARY KEY (team, person)"
    ") STRICT",
    "CREATE TABLE IF NOT EXISTS team_subject ("
    " team TEXT NOT NULL REFERENCES team (id),"
    " organisation TEXT NOT NULL REFERENCES organisation (id),"
    " PRIMARY KEY (team, organisation)"
    ") STRICT",
    "CREATE TABLE IF NOT EXISTS team_change ("
    " position INTEGER PRIMARY KEY,"
    " team TEXT NOT NULL REFERENCES team (id),"
    " leaver TEXT NOT NULL,"
    " successor TEXT NOT NULL"
    ") STRICT",

    /* A report and its newest version; what it is about is the same in every version. */
    "CREATE TABLE IF NOT EXISTS report ("
    " id TEXT PRIMARY KEY,"
    " kind TEXT NOT NULL,"
    " team TEXT NOT NULL REFERENCES team (id),"
    " position INTEGER NOT NULL,"
    " newest INTEGER NOT NULL"
    ") STRICT",
    "CREATE TABLE IF NOT EXISTS report_subject ("
    " report TEXT NOT NULL REFERENCES report (id),"
    " organisation TEXT NOT NULL REFERENCES organisation (id),"
    " PRIMARY KEY (report, organisation)"
    ") STRICT",

    /* A version: the frozen file, and the state that its list makes, since which entry. */
    "CREATE TABLE IF NOT EXISTS report_version ("
    " report TEXT NOT NULL REFERENCES report (id),"
    " version INTEGER NOT NULL,"
    " position INTEGER NOT NULL,"
    " title TEXT NOT NULL,"
    " file BLOB NOT NULL,"
    " size INTEGER NOT NULL,"
    " format TEXT NOT NULL,"
    " deadline INTEGER NOT NULL,"
    " state TEXT NOT NULL CHECK (state IN ('open', 'complete', 'blocked', 'void')),"
    " since INTEGER NOT NULL,"
    " void_how TEXT," /* 'superseded', 'voided', 'team' */
    " PRIMARY KEY (report, version)"
    ") STRICT",
    "CREATE INDEX IF NOT EXISTS report_of_file ON report_version (file)",

    /* Who must sign a version, and what each has done; and the signatures that count no more. */
    "CREATE TABLE IF NOT EXISTS must_sign ("
    " report TEXT NOT NULL,"
    " version INTEGER NOT NULL,"
    " place INTEGER NOT NULL,"
    " person TEXT NOT NULL REFERENCES person (id),"
    " capacity TEXT NOT NULL,"
    " organisation TEXT REFERENCES organisation (id),"
    " signed INTEGER,"
    " opinion TEXT,"
    " reason TEXT,"
    " refused INTEGER,"
    " PRIMARY KEY (report, version, place)"
    ") STRICT",
    "CREATE TABLE IF NOT EXISTS former_signature ("
    " signed INTEGER PRIMARY KEY,"
    " report TEXT NOT NULL,"
    " version INTEGER NOT NULL,"
    " person TEXT NOT NULL,"
    " capacity TEXT NOT NULL,"
    " organisation TEXT,"
    " opinion TEXT NOT NULL,"
    " reason TEXT"
    ") STRICT",

    /* Every entry that touches a version, for its evidence. */
    "CREATE TABLE IF NOT EXISTS report_act ("
    " report TEXT NOT NULL,"
    " version INTEGER NOT NULL,"
    " position INTEGER NOT NULL,"
    " PRIMARY KEY (report, version, position)"
    ") STRICT, WITHOUT ROWID",
};

#define SCHEMA_COUNT (sizeof SCHEMA / sizeof SCHEMA[0])

size_t schema_count(void)
{
    return SCHEMA_COUNT + NOTICE_SCHEMA_COUNT;
}

const char *schema_at(size_t index)
{
    return index < SCHEMA_COUNT ? SCHEMA[index] : NOTICE_SCHEMA[index - SCHEMA_COUNT];
}
