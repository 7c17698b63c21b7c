// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hex } from '../encoding/bytes.js';
import type { Json } from '../encoding/json.js';
import type { EntityYear } from '../energy/energyAccounts.js';
import type { Participant } from '../registry/registryRecords.js';
import { confirmYear } from './closeYear.js';
import { anchorOf } from './verificationAnchor.js';
import { yearClosing } from './yearClosing.js';
import { type ProducingEntity, negativeRests, withRest, yearFiguresOf } from './yearProduction.js';
import { closingDigest, yearRoot } from './yearTree.js';

const sha3 = (bytes: Uint8Array): Uint8Array => createHash('sha3-256').update(bytes).digest();

interface Vector {
    readonly name: string;
    readonly input: Readonly<Record<string, Json>>;
    readonly expected: { readonly merkleRoot: string; readonly digest: string };
}
const file = readFileSync(join(__dirname, '../../vectors/closing.json'), 'utf8');
const vectors = (JSON.parse(file) as { cases: Vector[] }).cases;

interface Entity {
    readonly kind?: 'nation' | 'cooperative' | 'producer';
    readonly parentId?: string;
    readonly counts?: boolean;
    readonly verifiedWh?: bigint;
    readonly carriedWh?: bigint;
}
const entity = (entityId: string, facts: Entity): ProducingEntity => {
    const { kind = 'producer', parentId = null, counts = true, verifiedWh = 0n, carriedWh = 0n } = facts;
    const production = { entityId, year: 2025, verifiedWh, carriedWh };
    return { entityId, kind, parentId, counts, production } as unknown as ProducingEntity;
};
const figures = (...cases: readonly ProducingEntity[]) => yearFiguresOf(2025, cases, sha3);
const netsOf = (...cases: readonly ProducingEntity[]) =>
    Object.fromEntries(figures(...cases).entities.map(({ entityId, netWh }) => [entityId, netWh]));

describe('the tree of a year', () => {
    it.each(vectors.map((vector) => [vector.name, vector] as const))(
        'has the root and the closing the digest of vector %s',
        (_, { input, expected }) => {
            const closing = yearClosing.decode({ ...input, merkleRoot: expected.merkleRoot }, '');
            expect(hex(yearRoot(closing.year, closing.entities, sha3))).toBe(expected.merkleRoot);
            expect(hex(closingDigest(closing, sha3))).toBe(expected.digest);
        },
    );

    it('is anchored by its root, its size and its total, in Wh and in TWh', () => {
        const [{ input, expected } = { input: {}, expected: { merkleRoot: '' } }] = vectors;
        const anchor = anchorOf(yearClosing.decode({ ...input, merkleRoot: expected.merkleRoot }, ''));
        expect({ ...anchor, merkleRoot: hex(anchor.merkleRoot) }).toEqual({
            ...{ timestamp: '2023-11-14T22:47:04Z', period: '2024', merkleRoot: expected.merkleRoot },
            ...{ entityCount: 2, totalVerifiedWh: 120_000_000_000_000n, totalVerifiedTwh: '120.000000000000' },
        });
    });
});

describe("a year's production", () => {
    it('takes from a nation what the entities inside it produced, whether they count or not', () => {
        const nation = entity('nl', { kind: 'nation', verifiedWh: 100n });
        const inside = entity('sun', { parentId: 'nl', verifiedWh: 30n });
        const suspended = entity('wind', { parentId: 'nl', verifiedWh: 20n, counts: false });
        expect(netsOf(nation, inside, suspended)).toEqual({ nl: 50n, sun: 30n, wind: 0n });
        expect(figures(nation, inside, suspended)).toMatchObject({ totalWh: 80n, entityCount: 3 });
    });

    it('is refused where a nation has less than the entities inside it', () => {
        const cases = [
            entity('nl', { kind: 'nation', verifiedWh: 29n }),
            entity('s', { parentId: 'nl', verifiedWh: 30n }),
        ];
        expect(() => figures(...cases)).toThrow(
            expect.objectContaining({ details: { entityId: 'nl', grossWh: '29', insideWh: '30' } }) as Error,
        );
    });

    it('is nothing for a nation without an aggregate, or one that does not count, and goes on for those inside', () => {
        const inside = entity('sun', { parentId: 'nl', verifiedWh: 30n });
        expect(netsOf(entity('nl', { kind: 'nation' }), inside)).toEqual({ nl: 0n, sun: 30n });
        const lapsed = entity('nl', { kind: 'nation', verifiedWh: 29n, counts: false });
        expect(netsOf(lapsed, inside)).toEqual({ nl: 0n, sun: 30n });
    });

    it('has what late data changed, never below zero: the rest waits for the next year', () => {
        const cases = [
            entity('a', { verifiedWh: 10n, carriedWh: 5n }),
            entity('b', { verifiedWh: 10n, carriedWh: -12n }),
            entity('c', { verifiedWh: 10n, carriedWh: -10n }),
        ];
        expect(netsOf(...cases)).toEqual({ a: 15n, b: 0n, c: 0n });
        expect(negativeRests(cases)).toEqual([{ entityId: 'b', restWh: -2n }]);
        const rest = { entityId: 'b' as never, restWh: -2n };
        expect(withRest(undefined, 2025, rest)).toEqual({ entityId: 'b', year: 2026, verifiedWh: 0n, carriedWh: -2n });
        const next = { entityId: 'b', year: 2026, verifiedWh: 7n, carriedWh: -1n } as unknown as EntityYear;
        expect(withRest(next, 2025, rest)).toMatchObject({ year: 2026, verifiedWh: 7n, carriedWh: -3n });
    });

    it('leaves out who neither counts nor produced, and lists the others by their ids', () => {
        const listed = figures(entity('b', {}), entity('c', { counts: false }), entity('a', { verifiedWh: 1n }));
        expect(listed.entities.map(({ entityId }) => entityId)).toEqual(['a', 'b']);
    });

    it('is the same in whatever order entities are listed, and none is lost', () => {
        const some = fc.uniqueArray(
            fc.record({
                id: fc.stringMatching(/^[a-z0-9_-]{1,6}$/),
                wh: fc.bigInt(0n, 10n ** 15n),
                counts: fc.boolean(),
            }),
            { selector: ({ id }) => id, maxLength: 20 },
        );
        fc.assert(
            fc.property(some, (entities) => {
                const cases = entities.map(({ id, wh, counts }) => entity(id, { verifiedWh: wh, counts }));
                const [listed, reversed] = [figures(...cases), figures(...[...cases].reverse())];
                expect(reversed).toEqual(listed);
                const counted = entities.filter(({ counts }) => counts).reduce((sum, { wh }) => sum + wh, 0n);
                expect(listed.totalWh).toBe(counted);
            }),
        );
    });

    it('refuses more than a ledger can count', () => {
        const most = 9_223_372_036_854_775_807n;
        expect(() => figures(entity('a', { verifiedWh: most, carriedWh: 1n }))).toThrow('AMOUNT_OVERFLOW');
        const cases = [entity('a', { verifiedWh: most }), entity('b', { verifiedWh: 1n })];
        expect(() => figures(...cases)).toThrow('AMOUNT_OVERFLOW');
    });
});

describe('a confirmation', () => {
    const figuresNow = figures(entity('sun', { verifiedWh: 7n }));
    const claim = { totalWh: figuresNow.totalWh, merkleRoot: figuresNow.merkleRoot };
    const member = (participantId: string, attesterRole: string | null) =>
        ({ participantId, attesterRole }) as unknown as Participant;
    const confirm = (confirmer: Participant, earlier?: ReturnType<typeof confirmYear>['confirmation']) =>
        confirmYear({ claim, confirmer, figures: figuresNow, earlier, previous: undefined, now: 9n as never, sha3 });

    it('is that of a member with an attester role', () => {
        expect(() => confirm(member('city', null))).toThrow('CLOSING_ROLE_MISSING');
    });

    it('counts once for each role and each member, so that two of each close the year [V46 V84]', () => {
        const { confirmation, closing } = confirm(member('one', 'data'));
        expect(closing).toBeUndefined();
        expect(() => confirm(member('one', 'risk'), confirmation)).toThrow('CLOSING_CONFIRMED_ALREADY');
        expect(() => confirm(member('two', 'data'), confirmation)).toThrow('CLOSING_CONFIRMED_ALREADY');
        const closed = confirm(member('two', 'risk'), confirmation).closing;
        expect(closed?.confirmedBy.map(({ participantId }) => participantId)).toEqual(['one', 'two']);
    });
});

describe('late data', () => {
    it('changes no closed year, and over all years nothing of it is lost or counted twice', () => {
        const someWh = fc.bigInt(0n, 10n ** 15n);
        const lateWh = fc.bigInt(-(10n ** 15n), 10n ** 15n);
        const years = fc.array(fc.record({ verifiedWh: someWh, lateWh }), { minLength: 1, maxLength: 40 });
        fc.assert(
            fc.property(years, (each) => {
                let [carried, counted] = [0n, 0n];
                each.forEach(({ verifiedWh, lateWh }, index) => {
                    const year = 2000 + index;
                    const production = { entityId: 'a', year, verifiedWh, carriedWh: carried + lateWh };
                    const cases = [{ ...entity('a', {}), production }] as unknown as ProducingEntity[];
                    counted += yearFiguresOf(year, cases, sha3).totalWh;
                    const [rest] = negativeRests(cases);
                    carried = rest === undefined ? 0n : withRest(undefined, year, rest).carriedWh;
                    expect(carried <= 0n).toBe(true);
                });
                const all = each.reduce((sum, { verifiedWh, lateWh }) => sum + verifiedWh + lateWh, 0n);
                expect(counted + carried).toBe(all);
            }),
        );
    });
});
