// SPDX-License-Identifier: Apache-2.0
import { DatabaseSync } from 'node:sqlite';
import { reached } from '../../process/faults/faultPoints.js';

// `state` counts enrolments; -1 means revoked for good. Serial and AKI are lower-case hex without leading zeros.
const schema = `
CREATE TABLE IF NOT EXISTS users (
    id TEXT PRIMARY KEY,
    password TEXT NOT NULL,
    type TEXT NOT NULL,
    affiliation TEXT NOT NULL,
    attributes TEXT NOT NULL,
    state INTEGER NOT NULL DEFAULT 0,
    max_enrollments INTEGER NOT NULL,
    incorrect_password_attempts INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS affiliations (
    name TEXT PRIMARY KEY,
    parent TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS certificates (
    serial_number TEXT NOT NULL,
    authority_key_identifier TEXT NOT NULL,
    id TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('good', 'revoked')),
    reason INTEGER NOT NULL DEFAULT 0,
    expiry_ms INTEGER NOT NULL,
    revoked_at_ms INTEGER,
    pem TEXT NOT NULL,
    PRIMARY KEY (serial_number, authority_key_identifier)
) STRICT;
CREATE INDEX IF NOT EXISTS certificates_by_id ON certificates (id);
`;

/** The CA's state. Every answer a client has seen is on disk before it is sent: WAL with a sync per commit survives kill -9. */
export const openDatabase = (file: string): DatabaseSync => {
    const database = new DatabaseSync(file);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;');
    database.exec(schema);
    reached('ca.databaseOpened');
    return database;
};

/** Runs `work` in one transaction: all of its writes are kept, or none when it throws. */
export const inTransaction = <T>(database: DatabaseSync, work: () => T): T => {
    database.exec('BEGIN IMMEDIATE');
    try {
        const result = work();
        reached('ca.changeWritten');
        database.exec('COMMIT');
        reached('ca.changeCommitted');
        return result;
    } catch (error) {
        // SQLite has rolled back by itself when the disk is full.
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
    }
};

/** The column of a row as text. @throws TypeError when the column holds something else. */
export const textColumn = (row: Record<string, unknown>, column: string): string => {
    const value = row[column];
    if (typeof value !== 'string') throw new TypeError(`column ${column} is not text`);
    return value;
};

/** The column of a row as a number. @throws TypeError when the column holds something else. */
export const numberColumn = (row: Record<string, unknown>, column: string): number => {
    const value = row[column];
    if (typeof value !== 'number') throw new TypeError(`column ${column} is not a number`);
    return value;
};
