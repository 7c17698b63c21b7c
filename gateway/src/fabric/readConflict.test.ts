// SPDX-License-Identifier: Apache-2.0
import { type BlockView } from '../application/blockView.js';
import { findReadConflict } from '../application/readConflict.js';
import { recordedChain } from './testing/recordedBlocks.js';

const chain = recordedChain();
const blockAt = (number: number): Promise<BlockView> => Promise.resolve(chain[number]!);
const withCode = (code: string) =>
    chain.flatMap((block) =>
        block.transactions.filter(({ validationCode }) => validationCode === code).map((one) => [block, one] as const),
    );

describe('the conflict of a transaction that real Fabric found invalid', () => {
    it('is a read whose key a valid transaction changed after the version that was read', async () => {
        const conflicts = withCode('MVCC_READ_CONFLICT');
        let named = 0;
        for (const [block, transaction] of conflicts) {
            const found = await findReadConflict(block, transaction, blockAt);
            if (found === undefined) {
                // Reads of private data are hashes; they name no key.
                expect(transaction.call?.collections.some(({ reads }) => reads > 0)).toBe(true);
                continue;
            }
            named++;
            if (found.changedBy === null) {
                // Recorded with forged read sets: a version that nobody wrote.
                expect(transaction.call!.arguments[0]).toBe('forged');
                continue;
            }
            const { block: number, transaction: index } = found.changedBy.place;
            const writer = chain[number]!.transactions[index]!;
            expect(writer.txId).toBe(found.changedBy.txId);
            expect(writer.validationCode).toBe('VALID');
            const changed = [...writer.call!.writes, ...writer.call!.metadataKeys].map(({ key }) => key);
            expect(changed).toContain(found.key);
            const read = transaction.call!.reads.find(({ key }) => key === found.key);
            expect(read!.version).toEqual(found.readVersion);
            expect([number, index]).not.toEqual([found.readVersion?.block, found.readVersion?.transaction]);
            expect(number < block.number || index < transaction.index).toBe(true);
        }
        expect(named).toBeGreaterThan(3);
    });

    it('is, for a phantom, a key that came into the range that was read', async () => {
        const phantoms = withCode('PHANTOM_READ_CONFLICT');
        let named = 0;
        for (const [block, transaction] of phantoms) {
            const found = await findReadConflict(block, transaction, blockAt);
            const { ranges, arguments: args } = transaction.call!;
            if (found === undefined) {
                expect(args[0] === 'forged' || ranges.some(({ isHashed }) => isHashed)).toBe(true);
                continue;
            }
            named++;
            const { key } = found;
            expect(ranges.some(({ startKey, endKey }) => key >= startKey && (endKey === '' || key < endKey))).toBe(
                true,
            );
        }
        expect(named).toBeGreaterThan(0);
    });

    it('is not looked for in a transaction that failed for another reason, or not at all', async () => {
        for (const code of ['VALID', 'ENDORSEMENT_POLICY_FAILURE']) {
            const [block, transaction] = withCode(code)[0]!;
            expect(await findReadConflict(block, transaction, blockAt)).toBeUndefined();
        }
    });
});
