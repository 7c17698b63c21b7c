// SPDX-License-Identifier: Apache-2.0
import { optionName } from './fields.js';
import { nouns } from './nouns.js';
import { verbOf } from './verb.js';

const verbs = nouns.flatMap(({ noun, verbs: rows }) => rows.map((row) => verbOf(noun, row)));
const called = verbs.map((verb) => [`${verb.noun} ${verb.verb}`, verb] as const);

describe('the table of verbs', () => {
    it.each(called)('power %s takes fields its transaction has', (_, { positionals, fields, shape }) => {
        const known = [...fields.map(({ name }) => name), ...(shape === undefined ? [] : ['wallet'])];
        expect(positionals.filter((name) => !known.includes(name))).toEqual([]);
    });

    it.each(called)('power %s has an option of its own for each field', (_, { fields }) => {
        const common = ['key', 'pq-key', 'valid-for', 'prepare', 'request-id', 'minor', 'page-size', 'bookmark', 'all'];
        const names = [...fields.map(optionName), ...common];
        expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    });

    it('names no verb twice', () => {
        const names = called.map(([name]) => name);
        expect(new Set(names).size).toBe(names.length);
    });
});
