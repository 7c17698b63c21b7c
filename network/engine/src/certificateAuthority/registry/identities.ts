// SPDX-License-Identifier: Apache-2.0
import type { DatabaseSync } from 'node:sqlite';
import { CaError } from '../caError.js';
import type { Attribute } from './attributes.js';
import { numberColumn, textColumn } from './database.js';

/** An identity the CA knows, by its enrolment id. */
export interface Identity {
    readonly id: string;
    readonly passwordHash: string;
    readonly type: string;
    /** Dot-separated path; the empty string is the root. */
    readonly affiliation: string;
    readonly attributes: readonly Attribute[];
    /** -1: unlimited. */
    readonly maxEnrollments: number;
    /** Certificates issued with the password; -1: revoked. */
    readonly enrollments: number;
    readonly failedLogins: number;
}

type NewIdentity = Omit<Identity, 'enrollments' | 'failedLogins'>;

/** The identities of the registry. */
export class Identities {
    readonly #database: DatabaseSync;

    constructor(database: DatabaseSync) {
        this.#database = database;
    }

    find(id: string): Identity | undefined {
        const row = this.#database.prepare('SELECT * FROM users WHERE id = ?').get(id);
        return row === undefined ? undefined : identityOf(row);
    }

    /** @throws CaError `notInRegistry`. */
    get(id: string): Identity {
        const identity = this.find(id);
        if (identity === undefined) {
            throw new CaError('notInRegistry', 'Failed to get User: sql: no rows in result set', `no identity '${id}'`);
        }
        return identity;
    }

    all(): readonly Identity[] {
        return this.#database.prepare('SELECT * FROM users ORDER BY rowid').all().map(identityOf);
    }

    /** @throws CaError `identityExists`. */
    insert(identity: NewIdentity): void {
        const inserted = this.#database
            .prepare(
                `INSERT INTO users (id, password, type, affiliation, attributes, max_enrollments)
                 VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
            )
            .run(
                identity.id,
                identity.passwordHash,
                identity.type,
                identity.affiliation,
                JSON.stringify(identity.attributes),
                identity.maxEnrollments,
            );
        if (inserted.changes === 0) {
            throw new CaError('identityExists', `Identity '${identity.id}' is already registered`);
        }
    }

    update(identity: Identity): void {
        this.#database
            .prepare(
                `UPDATE users SET password = ?, type = ?, affiliation = ?, attributes = ?, max_enrollments = ?,
                        incorrect_password_attempts = ? WHERE id = ?`,
            )
            .run(
                identity.passwordHash,
                identity.type,
                identity.affiliation,
                JSON.stringify(identity.attributes),
                identity.maxEnrollments,
                identity.failedLogins,
                identity.id,
            );
    }

    remove(id: string): void {
        this.#database.prepare('DELETE FROM users WHERE id = ?').run(id);
    }

    /** Disables the identity for good. */
    revoke(id: string): void {
        this.#database.prepare('UPDATE users SET state = -1 WHERE id = ?').run(id);
    }

    countFailedLogin(id: string): void {
        this.#database
            .prepare('UPDATE users SET incorrect_password_attempts = incorrect_password_attempts + 1 WHERE id = ?')
            .run(id);
    }

    clearFailedLogins(id: string): void {
        this.#database.prepare('UPDATE users SET incorrect_password_attempts = 0 WHERE id = ?').run(id);
    }

    /** Counts one enrolment; false when the identity was revoked or has none left, so that parallel requests cannot exceed the limit. */
    countEnrollment(id: string, limit: number): boolean {
        const updated = this.#database
            .prepare('UPDATE users SET state = state + 1 WHERE id = ? AND state >= 0 AND (? = -1 OR state < ?)')
            .run(id, limit, limit);
        return updated.changes === 1;
    }
}

const identityOf = (row: Record<string, unknown>): Identity => ({
    id: textColumn(row, 'id'),
    passwordHash: textColumn(row, 'password'),
    type: textColumn(row, 'type'),
    affiliation: textColumn(row, 'affiliation'),
    // Written by `insert` and `update` only, from checked values.
    attributes: JSON.parse(textColumn(row, 'attributes')) as readonly Attribute[],
    maxEnrollments: numberColumn(row, 'max_enrollments'),
    enrollments: numberColumn(row, 'state'),
    failedLogins: numberColumn(row, 'incorrect_password_attempts'),
});
