// SPDX-License-Identifier: Apache-2.0
import type { DatabaseSync } from 'node:sqlite';
import { numberColumn, textColumn } from './database.js';

/** A certificate this CA issued. Without this record a token signed with it is refused, even if its chain is right. */
export interface IssuedCertificate {
    /** Lower-case hex without leading zeros, like `aki`. */
    readonly serial: string;
    readonly aki: string;
    readonly owner: string;
    readonly revoked: boolean;
    readonly expiresAt: Date;
    readonly revokedAt?: Date;
    readonly pem: string;
}

/** RFC 5280 §5.3.1 reason codes by the names clients send; anything else counts as unspecified. */
const revocationReasons: ReadonlyMap<string, number> = new Map([
    ['unspecified', 0],
    ['keycompromise', 1],
    ['cacompromise', 2],
    ['affiliationchanged', 3],
    ['superseded', 4],
    ['cessationofoperation', 5],
    ['certificatehold', 6],
    ['removefromcrl', 8],
    ['privilegewithdrawn', 9],
    ['aacompromise', 10],
]);

export const revocationReason = (name: string): number => revocationReasons.get(name) ?? 0;

/** The certificates of the registry. */
export class Certificates {
    readonly #database: DatabaseSync;

    constructor(database: DatabaseSync) {
        this.#database = database;
    }

    insert(certificate: Pick<IssuedCertificate, 'serial' | 'aki' | 'owner' | 'expiresAt' | 'pem'>): void {
        this.#database
            .prepare(
                `INSERT INTO certificates (serial_number, authority_key_identifier, id, status, expiry_ms, pem)
                 VALUES (?, ?, ?, 'good', ?, ?)`,
            )
            .run(
                certificate.serial,
                certificate.aki,
                certificate.owner,
                certificate.expiresAt.getTime(),
                certificate.pem,
            );
    }

    find(serial: string, aki: string): IssuedCertificate | undefined {
        const row = this.#database
            .prepare('SELECT * FROM certificates WHERE serial_number = ? AND authority_key_identifier = ?')
            .get(serial, aki);
        return row === undefined ? undefined : certificateOf(row);
    }

    all(): readonly IssuedCertificate[] {
        return this.#database.prepare('SELECT * FROM certificates ORDER BY rowid').all().map(certificateOf);
    }

    revoke(serial: string, aki: string, reason: number, at: Date): void {
        this.#database
            .prepare(
                `UPDATE certificates SET status = 'revoked', revoked_at_ms = ?, reason = ?
                 WHERE serial_number = ? AND authority_key_identifier = ? AND status = 'good'`,
            )
            .run(at.getTime(), reason, serial, aki);
    }

    /** Revokes what the owner still has and returns it. */
    revokeAllOf(owner: string, reason: number, at: Date): readonly IssuedCertificate[] {
        const good = this.#database
            .prepare("SELECT * FROM certificates WHERE id = ? AND status = 'good' ORDER BY rowid")
            .all(owner)
            .map(certificateOf);
        for (const { serial, aki } of good) this.revoke(serial, aki, reason, at);
        return good;
    }
}

/** Hex as the database keeps it: lower case, no leading zeros, no colons. */
export const canonicalHex = (hex: string): string => hex.toLowerCase().replaceAll(':', '').replace(/^0+/, '');

const certificateOf = (row: Record<string, unknown>): IssuedCertificate => {
    const revoked = textColumn(row, 'status') === 'revoked';
    return {
        serial: textColumn(row, 'serial_number'),
        aki: textColumn(row, 'authority_key_identifier'),
        owner: textColumn(row, 'id'),
        revoked,
        expiresAt: new Date(numberColumn(row, 'expiry_ms')),
        ...(revoked ? { revokedAt: new Date(numberColumn(row, 'revoked_at_ms')) } : {}),
        pem: textColumn(row, 'pem'),
    };
};
