// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { TxValidationCode } from '../../wire/codes.js';
import { InMemoryLedger, type SimulatedTransaction } from '../inMemoryLedger.js';
import type { Simulation } from '../simulation/simulation.js';

/** Calls of one transaction; values are '' to delete. */
interface Plan {
    readonly reads: readonly string[];
    readonly writes: readonly (readonly [string, string])[];
    readonly range: readonly [string, string] | undefined;
    /** Blocks that are committed between its simulation and its own block. */
    readonly delay: number;
}

interface NaiveEntry {
    readonly value: string;
    readonly version: string;
}

type NaiveState = ReadonlyMap<string, NaiveEntry>;

// U+FFFD sorts before U+1F600 in UTF-8 and after it in UTF-16.
const keys = ['', 'a', 'ab', 'b', 'é', '\u{FFFD}', '\u{1F600}'];
const key = fc.constantFrom(...keys);
const plan: fc.Arbitrary<Plan> = fc.record({
    reads: fc.array(key, { maxLength: 2 }),
    writes: fc.array(fc.tuple(key, fc.constantFrom('', 'x', 'y')), { maxLength: 3 }),
    range: fc.option(fc.tuple(key, key), { nil: undefined }),
    delay: fc.integer({ min: 0, max: 2 }),
});

describe('state validation', () => {
    it('decides and stores what a naive model does that keeps every version and compares all of it', async () => {
        await fc.assert(
            fc.asyncProperty(fc.array(fc.array(plan, { maxLength: 5 }), { maxLength: 5 }), async (rounds) => {
                const ledger = new InMemoryLedger();
                const waiting: { round: number; plan: Plan; seen: NaiveState; transaction: SimulatedTransaction }[] =
                    [];
                let state: NaiveState = new Map();
                for (let round = 0; round < rounds.length + 2; round++) {
                    for (const [i, planned] of (rounds[round] ?? []).entries()) {
                        const txId = `${String(round)}-${String(i)}`;
                        const results = await simulate(ledger.newSimulation(txId), planned);
                        const transaction = { txId, results };
                        waiting.push({ round: round + planned.delay, plan: planned, seen: state, transaction });
                    }
                    const due = waiting.filter((item) => item.round === round);
                    const block = await ledger.commit(due.map(({ transaction }) => transaction));
                    const expected = commitNaively(state, block.number, due);
                    expect([...block.codes]).toEqual(expected.codes);
                    state = expected.state;
                    expect(await contentOf(ledger)).toEqual(sortedContent(state));
                }
            }),
            { numRuns: 150 },
        );
    });

    it('counts the delete of a missing key as an update of it', async () => {
        const ledger = new InMemoryLedger();
        const deleting = ledger.newSimulation('1');
        deleting.deleteState('cc', 'missing');
        const reading = ledger.newSimulation('2');
        reading.getState('cc', 'missing');
        const { codes } = await ledger.commit([
            { txId: '1', ...deleting.finish() },
            { txId: '2', ...reading.finish() },
        ]);
        expect([...codes]).toEqual([TxValidationCode.VALID, TxValidationCode.MVCC_READ_CONFLICT]);
    });

    it('reads hashes as it reads keys', async () => {
        const collection = '_implicit_org_Org1MSP';
        const ledger = new InMemoryLedger({ organisations: ['Org1MSP'] });
        const transactions = ['1', '2'].map((txId) => {
            const simulation = ledger.newSimulation(txId);
            simulation.getPrivateDataHash('cc', collection, 'k');
            simulation.setPrivateData('cc', collection, 'k', Buffer.from(txId));
            return { txId, ...simulation.finish() };
        });
        const { codes } = await ledger.commit(transactions);
        expect([...codes]).toEqual([TxValidationCode.VALID, TxValidationCode.MVCC_READ_CONFLICT]);
    });

    it.each([
        [
            'keeps the metadata of a key that is written',
            (s: Simulation) => {
                s.setState('cc', 'k', Buffer.from('2'));
            },
            'policy',
        ],
        [
            'drops the metadata of a key that is deleted',
            (s: Simulation) => {
                s.deleteState('cc', 'k');
            },
            undefined,
        ],
        [
            'clears metadata when asked to',
            (s: Simulation) => {
                s.setStateMetadata('cc', 'k', new Map());
            },
            undefined,
        ],
    ])('%s', async (_, change, expected) => {
        const ledger = new InMemoryLedger();
        const first = ledger.newSimulation('1');
        first.setState('cc', 'k', Buffer.from('1'));
        first.setStateMetadata('cc', 'k', new Map([['VALIDATION_PARAMETER', Buffer.from('policy')]]));
        await ledger.commit([{ txId: '1', ...first.finish() }]);
        const second = ledger.newSimulation('2');
        change(second);
        await ledger.commit([{ txId: '2', ...second.finish() }]);
        const reader = ledger.newReader();
        expect(reader.getMetadata('cc', 'k').get('VALIDATION_PARAMETER')?.toString()).toBe(expected);
    });

    it('leaves a key absent when metadata is set after its delete in the same block', async () => {
        const ledger = new InMemoryLedger();
        const put = ledger.newSimulation('1');
        put.setState('cc', 'k', Buffer.from('1'));
        await ledger.commit([{ txId: '1', ...put.finish() }]);
        const remove = ledger.newSimulation('2');
        remove.deleteState('cc', 'k');
        const mark = ledger.newSimulation('3');
        mark.setStateMetadata('cc', 'k', new Map([['VALIDATION_PARAMETER', Buffer.from('policy')]]));
        const { codes } = await ledger.commit([
            { txId: '2', ...remove.finish() },
            { txId: '3', ...mark.finish() },
        ]);
        expect([...codes]).toEqual([0, 0]);
        expect(ledger.newReader().get('cc', 'k')).toBeUndefined();
    });
});

async function simulate(simulation: Simulation, { reads, writes, range }: Plan): Promise<Buffer> {
    if (range !== undefined) {
        await simulation.range('cc', ...range).nextBatch();
    }
    for (const read of reads) {
        simulation.getState('cc', read);
    }
    for (const [written, value] of writes) {
        simulation.setState('cc', written, Buffer.from(value));
    }
    return simulation.finish().results;
}

function commitNaively(
    before: NaiveState,
    blockNumber: number,
    due: readonly { plan: Plan; seen: NaiveState }[],
): { codes: number[]; state: NaiveState } {
    const state = new Map(before);
    const touched = new Set<string>();
    const codes = due.map(({ plan: { reads, writes, range }, seen }, index) => {
        const isStale = (read: string): boolean =>
            touched.has(read) || state.get(read)?.version !== seen.get(read)?.version;
        if (reads.some(isStale)) {
            return TxValidationCode.MVCC_READ_CONFLICT;
        }
        if (range !== undefined && rangeOf(state, range) !== rangeOf(seen, range)) {
            return TxValidationCode.PHANTOM_READ_CONFLICT;
        }
        for (const [written, value] of writes) {
            touched.add(written);
            if (value === '') {
                state.delete(written);
            } else {
                state.set(written, { value, version: `${String(blockNumber)}.${String(index)}` });
            }
        }
        return TxValidationCode.VALID;
    });
    return { codes, state };
}

function rangeOf(state: NaiveState, [start, end]: readonly [string, string]): string {
    const inside = sortedContent(state).filter(
        ([k]) => bytewise(k, start) >= 0 && (end === '' || bytewise(k, end) < 0),
    );
    return JSON.stringify(inside);
}

function sortedContent(state: NaiveState): [string, string, string][] {
    return [...state].sort(([a], [b]) => bytewise(a, b)).map(([k, { value, version }]) => [k, value, version]);
}

function bytewise(a: string, b: string): number {
    return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

async function contentOf(ledger: InMemoryLedger): Promise<[string, string, string][]> {
    const entries = await ledger.newReader().range('cc', '', '').next(100);
    return entries.map(({ key: k, value, version }) => [
        k,
        value.toString(),
        `${String(version.blockNum)}.${String(version.txNum)}`,
    ]);
}
