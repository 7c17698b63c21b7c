// SPDX-License-Identifier: Apache-2.0
import { InMemoryLedger } from '../inMemoryLedger.js';
import { parseReadWriteSet } from './readWriteSet.js';
import type { RangeOptions, Simulation } from './simulation.js';

async function ledgerWith(count: number, totalQueryLimit?: number): Promise<InMemoryLedger> {
    const ledger = new InMemoryLedger({
        organisations: ['Org1MSP'],
        ...(totalQueryLimit !== undefined && { totalQueryLimit }),
    });
    const simulation = ledger.newSimulation('setup');
    for (let i = 0; i < count; i++) {
        simulation.setState('cc', `k${String(i).padStart(4, '0')}`, Buffer.from(String(i)));
    }
    await ledger.commit([{ txId: 'setup', ...simulation.finish() }]);
    return ledger;
}

async function rangeInfo(ledger: InMemoryLedger, batches: number, options: RangeOptions = {}): Promise<unknown> {
    const simulation = ledger.newSimulation('tx');
    const iterator = simulation.range('cc', 'k', 'l', options);
    const seen = [];
    for (let i = 0; i < batches; i++) {
        const { results, hasMore, page } = await iterator.nextBatch();
        seen.push([results.length, hasMore, ...(page ? [page.bookmark] : [])]);
    }
    const [info] = parseReadWriteSet(simulation.finish().results)[0]?.kv.rangeQueriesInfo ?? [];
    return { seen, end: info?.endKey ?? '', exhausted: info?.itrExhausted ?? false };
}

describe('a range query', () => {
    it('records the result fetched ahead of the first 100 although nobody consumes it', async () => {
        const ledger = await ledgerWith(160);
        expect(await rangeInfo(ledger, 1)).toEqual({ seen: [[100, true]], end: 'k0100', exhausted: false });
    });

    it('records the requested end once it has returned everything', async () => {
        const ledger = await ledgerWith(160);
        expect(await rangeInfo(ledger, 2)).toEqual({
            seen: [
                [100, true],
                [60, false],
            ],
            end: 'l',
            exhausted: true,
        });
        expect(await rangeInfo(await ledgerWith(100), 1)).toEqual({ seen: [[100, false]], end: 'l', exhausted: true });
    });

    it('stops at the total limit without exhausting the range', async () => {
        const ledger = await ledgerWith(30, 20);
        expect(await rangeInfo(ledger, 1)).toEqual({ seen: [[20, false]], end: 'k0019', exhausted: false });
    });

    it('pages through the range with bookmarks', async () => {
        const ledger = await ledgerWith(25);
        expect(await rangeInfo(ledger, 1, { pageSize: 20 })).toEqual({
            seen: [[20, false, 'k0020']],
            end: 'k0019',
            exhausted: false,
        });
        expect(await rangeInfo(ledger, 1, { pageSize: 20, bookmark: 'k0020' })).toEqual({
            seen: [[5, false, '']],
            end: 'l',
            exhausted: true,
        });
        expect(await rangeInfo(ledger, 1, { pageSize: 25 })).toEqual({
            seen: [[25, false, '']],
            end: 'k0024',
            exhausted: false,
        });
    });

    it('leaves out a second query with the same bounds and end', async () => {
        const simulation = (await ledgerWith(3)).newSimulation('tx');
        await simulation.range('cc', 'a', 'z').nextBatch();
        await simulation.range('cc', 'a', 'z').nextBatch();
        await simulation.range('cc', 'b', 'z').nextBatch();
        const infos = parseReadWriteSet(simulation.finish().results)[0]?.kv.rangeQueriesInfo;
        expect(infos?.map(({ startKey }) => startKey)).toEqual(['a', 'b']);
    });
});

describe('a simulation', () => {
    it('reads committed values, never its own writes, and stays at its height', async () => {
        const ledger = await ledgerWith(1);
        const simulation = ledger.newSimulation('tx');
        simulation.setState('cc', 'k0000', Buffer.from('own'));
        simulation.setState('cc', 'k0001', Buffer.from('own'));
        const other = ledger.newSimulation('other');
        other.setState('cc', 'k0000', Buffer.from('other'));
        await ledger.commit([{ txId: 'other', ...other.finish() }]);
        expect(simulation.getStates('cc', ['k0000', 'k0001'])).toEqual([Buffer.from('0'), undefined]);
        const { results } = await simulation.range('cc', '', '').nextBatch();
        expect(results.map(({ value }) => value.toString())).toEqual(['0']);
        simulation.abandon();
        const next = ledger.newSimulation('next');
        expect(next.getState('cc', 'k0000')?.toString()).toBe('other');
    });

    it('sorts namespaces and keys by their bytes and turns an empty value into a delete', async () => {
        const simulation = (await ledgerWith(0)).newSimulation('tx');
        for (const [namespace, key] of [
            ['basic', '\u{1F600}'],
            ['basic', '\u{FFFD}'],
            ['_lifecycle', 'z'],
            ['Basic', 'z'],
        ] as const) {
            simulation.setState(namespace, key, Buffer.alloc(0));
        }
        const sets = parseReadWriteSet(simulation.finish().results);
        expect(
            sets.map(({ namespace, kv }) => [namespace, kv.writes.map((write) => [write.key, write.isDelete])]),
        ).toEqual([
            ['Basic', [['z', true]]],
            ['_lifecycle', [['z', true]]],
            [
                'basic',
                [
                    ['\u{FFFD}', true],
                    ['\u{1F600}', true],
                ],
            ],
        ]);
    });

    it('has empty results when it did nothing, and is over once it is finished', async () => {
        const simulation = (await ledgerWith(0)).newSimulation('tx');
        expect(simulation.finish()).toEqual({ results: Buffer.alloc(0), privateReads: new Set() });
        expect(() => simulation.getState('cc', 'k')).toThrow('this instance should not be used after calling Done()');
    });

    const unsupported = 'txid [tx]: unsuppored transaction. ';
    it.each<[string, (simulation: Simulation) => unknown, string]>([
        [
            'a write after a paginated query',
            (simulation) => {
                simulation.range('cc', '', '', { pageSize: 1 });
                simulation.setState('cc', 'k', Buffer.from('v'));
            },
            `${unsupported}Transaction has already performed a paginated query. Writes are not allowed`,
        ],
        [
            'a write after a page without end',
            (simulation) => {
                simulation.range('cc', '', '', { pageSize: -1 });
                simulation.setState('cc', 'k', Buffer.from('v'));
            },
            `${unsupported}Transaction has already performed a paginated query. Writes are not allowed`,
        ],
        [
            'a paginated query after a write',
            (simulation) => {
                simulation.setState('cc', 'k', Buffer.from('v'));
                simulation.range('cc', '', '', { pageSize: 1 });
            },
            `${unsupported}Paginated queries are supported only in a read-only transaction`,
        ],
        [
            'a key that is not UTF-8',
            (simulation) => simulation.getState('cc', '\ud800'),
            'unmarshal failed: string field contains invalid UTF-8',
        ],
        [
            'an explicit collection nobody defined',
            (simulation) => simulation.getPrivateData('cc', 'coll', 'k'),
            'collection test/cc/coll could not be found',
        ],
        [
            'the implicit collection of a stranger',
            (simulation) => {
                simulation.setPrivateData('cc', '_implicit_org_NoMSP', 'k', Buffer.from('v'));
            },
            'collection [_implicit_org_NoMSP] not defined in the collection config for chaincode [cc]',
        ],
    ])('refuses %s', async (_, act, text) => {
        const simulation = (await ledgerWith(1)).newSimulation('tx');
        expect(() => act(simulation)).toThrow(text);
    });

    describe('private data of an organisation', () => {
        const collection = '_implicit_org_Org1MSP';
        const unavailable =
            'private data matching public hash version is not available. ' +
            'Public hash version = {BlockNum: 2, TxNum: 0}, Private data version = <nil>';

        async function ledgerAfterWrite(keepsClearText: boolean): Promise<InMemoryLedger> {
            const ledger = await ledgerWith(0);
            const writing = ledger.newSimulation('1');
            writing.setPrivateData('cc', collection, 'k', Buffer.from('v'));
            const { results, privateResults } = writing.finish();
            const clearText = keepsClearText && privateResults ? { privateResults } : {};
            await ledger.commit([{ txId: '1', results, ...clearText }]);
            return ledger;
        }

        it('is refused where only the hash is', async () => {
            const reading = (await ledgerAfterWrite(false)).newSimulation('2');
            expect(() => reading.getPrivateData('cc', collection, 'k')).toThrow(unavailable);
            expect(reading.getPrivateDataHash('cc', collection, 'k')).toHaveLength(32);
        });

        it('is read where it was sent, and on no other member’s peer', async () => {
            const ledger = await ledgerAfterWrite(true);
            const member = ledger.newSimulation('2', undefined, () => true);
            expect(member.getPrivateData('cc', collection, 'k')?.toString()).toBe('v');
            const { results } = await member.privateRange('cc', collection, '', '').nextBatch();
            expect(results).toMatchObject([{ key: 'k' }]);
            const stranger = ledger.newSimulation('3', undefined, () => false);
            expect(() => stranger.getPrivateData('cc', collection, 'k')).toThrow(unavailable);
            await expect(stranger.privateRange('cc', collection, '', '').nextBatch()).resolves.toMatchObject({
                results: [],
            });
        });
    });
});

it('returns the history of a key newest first, in batches of 100, deletes included', async () => {
    const ledger = new InMemoryLedger();
    for (let i = 0; i < 120; i++) {
        const simulation = ledger.newSimulation(`tx${String(i)}`);
        simulation.setState('cc', 'k', Buffer.from(i === 119 ? '' : String(i)));
        await ledger.commit([{ txId: `tx${String(i)}`, timestamp: { seconds: i, nanos: 5 }, ...simulation.finish() }]);
    }
    const simulation = ledger.newSimulation('query');
    const history = simulation.historyForKey('cc', 'k');
    const first = await history.nextBatch();
    const second = await history.nextBatch();
    expect([first.results.length, first.hasMore, second.results.length, second.hasMore]).toEqual([
        100,
        true,
        20,
        false,
    ]);
    expect(first.results[0]).toEqual({
        txId: 'tx119',
        value: Buffer.alloc(0),
        timestamp: { seconds: 119, nanos: 5 },
        isDelete: true,
    });
    expect(second.results.at(-1)?.value.toString()).toBe('0');
    expect(simulation.finish().results).toHaveLength(0);
});
