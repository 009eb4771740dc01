/*
 * database.h - the one SQLite file of a service: how it is opened, and transactions on it.
 *
 * WAL and synchronous=FULL: what is committed survives a power cut, readers never wait.
 */
#pragma once

#include <sqlite3.h>

#include "base/bytes.h"
#include "base/result.h"

struct record;

#define AUTO_DATABASE __attribute__((cleanup(database_close_scope))) sqlite3
void database_close_scope(sqlite3 **database);

/* For the writer: made if it is not there, with the tables of the record and the private ones. */
MUST_CHECK struct result database_open(const char *path, sqlite3 **out);
/* Read-only. NOT_FOUND "database.missing". */
MUST_CHECK struct result database_open_reader(const char *path, sqlite3 **out);
void database_close(sqlite3 *database);

/* On the record's connection. Rolling back never fails: nothing is left if it does. */
MUST_CHECK struct result database_begin(struct record *record);      /* for writing */
MUST_CHECK struct result database_begin_read(struct record *record); /* one snapshot */
MUST_CHECK struct result database_commit(struct record *record);
void database_rollback(struct record *record);
/* A point inside a transaction to come back to: begin, then keep or undo. */
MUST_CHECK struct result database_mark(struct record *record);
MUST_CHECK struct result database_keep(struct record *record);
MUST_CHECK struct result database_undo(struct record *record);

/* Copies the whole database, as of one moment, to a new file, while the service runs. */
MUST_CHECK struct result database_copy(const char *path, const char *copy);
