// SPDX-License-Identifier: Apache-2.0
import type { DatabaseSync } from 'node:sqlite';
import { CaError } from '../caError.js';
import { textColumn } from './database.js';

/** A node of the affiliation tree; names are full dot-separated paths. */
export interface AffiliationNode {
    readonly name: string;
    readonly affiliations: readonly AffiliationNode[];
}

/** The affiliations of the registry. */
export class Affiliations {
    readonly #database: DatabaseSync;

    constructor(database: DatabaseSync) {
        this.#database = database;
    }

    has(name: string): boolean {
        return this.#database.prepare('SELECT 1 FROM affiliations WHERE name = ?').get(name) !== undefined;
    }

    /** @throws CaError `notInRegistry`. */
    require(name: string): void {
        if (!this.has(name)) {
            throw new CaError('notInRegistry', 'Failed to get affiliation: sql: no rows in result set');
        }
    }

    /** Adds one affiliation; nothing happens when it exists. */
    insert(name: string): void {
        this.#database
            .prepare('INSERT INTO affiliations (name, parent) VALUES (?, ?) ON CONFLICT (name) DO NOTHING')
            .run(name, parentOf(name));
    }

    /** Names of the affiliation and everything below it; of all affiliations for the root (""). */
    subtree(name: string): readonly string[] {
        const names = this.#database.prepare('SELECT name FROM affiliations ORDER BY rowid').all();
        return names.map((row) => textColumn(row, 'name')).filter((other) => isAtOrUnder(other, name));
    }

    remove(names: readonly string[]): void {
        const statement = this.#database.prepare('DELETE FROM affiliations WHERE name = ?');
        for (const name of names) statement.run(name);
    }
}

/** Whether `affiliation` is `ancestor` or lies below it. The root ("") contains everything. */
export const isAtOrUnder = (affiliation: string, ancestor: string): boolean =>
    ancestor === '' || affiliation === ancestor || affiliation.startsWith(`${ancestor}.`);

/** The paths from the top down to the affiliation: `a`, `a.b`, `a.b.c`. */
export const pathsTo = (affiliation: string): readonly string[] => {
    const parts = affiliation.split('.');
    return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
};

export const parentOf = (affiliation: string): string => affiliation.split('.').slice(0, -1).join('.');

/** The trees the names form; a name whose parent is not among them starts a tree. */
export const affiliationTrees = (names: readonly string[]): readonly AffiliationNode[] => {
    const known = new Set(names);
    const node = (name: string): AffiliationNode => ({
        name,
        affiliations: names.filter((other) => parentOf(other) === name && other !== name).map(node),
    });
    return names.filter((name) => !known.has(parentOf(name))).map(node);
};
