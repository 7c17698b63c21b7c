// SPDX-License-Identifier: Apache-2.0
import { compareChains } from '../application/blockDifference.js';
import { type BlockView, type TransactionView } from '../application/blockView.js';
import { recordedChain } from './testing/recordedBlocks.js';

const chain = recordedChain();
const chainOf = (blocks: readonly BlockView[]) => ({
    height: blocks.length,
    blockAt: (number: number) => Promise.resolve(blocks[number]!),
});
const number = chain.findIndex(({ transactions }) => (transactions[0]?.call?.writes.length ?? 0) > 0);
const changed = (block: Partial<BlockView>): readonly BlockView[] =>
    chain.map((one, index) => (index === number ? { ...one, ...block } : one));
const changedFirst = (transaction: Partial<TransactionView>): readonly BlockView[] => {
    const [first, ...rest] = chain[number]!.transactions;
    return changed({ transactions: [{ ...first!, ...transaction }, ...rest] });
};

it('two peers with the same blocks agree up to the lower height', async () => {
    expect(await compareChains(chainOf(chain), chainOf(chain.slice(0, 40)))).toEqual({
        agreedHeight: 40,
        difference: null,
    });
});

const call = chain[number]!.transactions[0]!.call!;
const [write] = call.writes;

it.each<[string, readonly BlockView[], object]>([
    ['a validation code', changedFirst({ validationCode: 'BAD_RWSET' }), { transaction: 0, what: 'validationCode' }],
    [
        'a written key',
        changedFirst({ digest: 'other', call: { ...call, writes: [{ ...write!, value: 'forged' }] } }),
        { transaction: 0, what: `write ${write!.namespace}/${write!.key}`, right: 'forged' },
    ],
    ['the bytes of an envelope', changedFirst({ digest: 'other' }), { transaction: 0, what: 'envelope' }],
    ['a transaction that one lacks', changed({ transactions: [] }), { transaction: 0, what: 'transaction' }],
    ['the commit hash', changed({ commitHash: 'ab' }), { transaction: null, what: 'commitHash', right: 'ab' }],
    ['the hash before', changed({ previousHash: 'ab' }), { transaction: null, what: 'previousHash' }],
    ['the data hash', changed({ dataHash: 'ab' }), { transaction: null, what: 'dataHash' }],
])('%s that differs is named with its block', async (_, other, expected) => {
    const { agreedHeight, difference } = await compareChains(chainOf(chain), chainOf(other));
    expect(agreedHeight).toBe(number);
    expect(difference).toMatchObject({ block: number, ...expected });
});
