// SPDX-License-Identifier: Apache-2.0
import { Scenario } from '../testing/index.js';
import { type Execution, story } from '../testing/story.js';
import * as shimBatch from './shimBatch.js';
import { keyByKey } from './shimState.js';

/** Done once a year or once ever, and each read says what to read next: the roster, then what its entities produced. */
const yearly = ['Issuance:ConfirmYear', 'Issuance:Found'];

/** Tells a recorded story again on an empty ledger. */
async function retell(executions: readonly Execution[]): Promise<readonly string[]> {
    const scenario = await Scenario.empty();
    const readWriteSets: string[] = [];
    for (const { call, time, planted } of executions) {
        scenario.ledger.time = time;
        if (planted.length > 0) await scenario.ledger.plant(planted);
        const endorsed = await scenario.ledger.endorse(call);
        await scenario.ledger.commit([endorsed]);
        readWriteSets.push(endorsed.readWriteSet.toString('hex'));
    }
    scenario.close();
    return readWriteSets;
}

describe('state through the shim', () => {
    afterEach(() => {
        jest.restoreAllMocks();
    });

    it('has the same effect in batches and key by key', async () => {
        const scenario = await Scenario.empty();
        const executions = await story(scenario);
        scenario.close();
        const inBatches = await retell(executions);
        const ask = jest.spyOn(shimBatch, 'askPeerOf').mockReturnValue(undefined);
        await expect(retell(executions)).resolves.toEqual(inBatches);
        expect(ask).toHaveBeenCalled();
    });

    it('takes at most two messages to read (three once a year), and one to write to each of public state and private data', async () => {
        const original = shimBatch.askPeerOf;
        const asked: string[] = [];
        jest.spyOn(shimBatch, 'askPeerOf').mockImplementation((stub) => {
            const ask = original(stub);
            return (type, payload, method) => {
                asked.push(`${stub.getTxID()} ${method}`);
                return ask?.(type, payload, method) ?? Promise.reject(new Error('the shim has no way to the peer'));
            };
        });
        const scenario = await Scenario.empty();
        const executions = await story(scenario);
        scenario.close();
        for (const { call, endorsed } of executions) {
            const ofEach = (method: string) =>
                asked.filter((entry) => entry === `${endorsed.txId} ${method}`).length / endorsed.endorsers.length;
            expect(ofEach('GetStateMultiple')).toBeLessThanOrEqual(yearly.includes(call.transaction) ? 3 : 2);
            // The private data collection is written on its own.
            expect(ofEach('WriteBatchState')).toBe(endorsed.privateResults === undefined ? 1 : 2);
        }
    });

    it('ends at a page without records, for which this shim has no metadata', async () => {
        const stub = {
            getStateByRangeWithPagination: () =>
                Promise.resolve({ iterator: { next: () => Promise.resolve({ done: true }) }, metadata: undefined }),
        };
        const page = keyByKey(stub as never).page('a', 'b', 10, '');
        await expect(page).resolves.toEqual({ entries: [], bookmark: '' });
    });

    it('reads a page to its end, where the peer closes the query [V28]', async () => {
        const rows = ['a', 'b', 'c'].map((key) => ({ key, value: Buffer.from(key) }));
        let isOpen = true;
        const next = () => {
            const value = rows.shift();
            isOpen = value !== undefined;
            return Promise.resolve({ done: !isOpen, value });
        };
        const stub = {
            getStateByRangeWithPagination: () => Promise.resolve({ iterator: { next }, metadata: { bookmark: 'd' } }),
        };
        const page = await keyByKey(stub as never).page('a', 'e', 3, '');
        expect(page).toMatchObject({ entries: [{ key: 'a' }, { key: 'b' }, { key: 'c' }], bookmark: 'd' });
        expect(isOpen).toBe(false);
    });
});
