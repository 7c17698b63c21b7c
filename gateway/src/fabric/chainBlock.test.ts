// SPDX-License-Identifier: Apache-2.0
import { common } from '@hyperledger/fabric-protos';
import { BrokenChain, type ChainBlock, ChainCheck } from '../application/audit/chainBlock.js';
import { readChainBlock } from './chainBlock.js';
import { recordedFiles } from './testing/recordedBlocks.js';

const chain = recordedFiles().map(readChainBlock);

function check(blocks: readonly ChainBlock[]): unknown {
    const chainCheck = new ChainCheck();
    try {
        for (const block of blocks) chainCheck.add(block);
    } catch (thrown) {
        return thrown instanceof BrokenChain ? `${String(thrown.block)}: ${thrown.message}` : thrown;
    }
    return 'one chain';
}

describe('a chain of blocks recorded from Hyperledger Fabric', () => {
    it('holds together, by hashes of headers, data and outcomes', () => {
        expect(check(chain)).toBe('one chain');
        expect(check(chain.slice(7))).toBe('one chain');
    });

    it('has outcomes that its blocks tell, all but a few', () => {
        const computed = chain.slice(1).filter((block, index) => {
            const found = block.commitHashAfter(chain[index]?.commitHash ?? '');
            return found !== undefined && found === block.commitHash;
        });
        expect(computed.length).toBeGreaterThan((chain.length * 9) / 10);
    });

    it('is broken by a block that is missing, changed or twice there', () => {
        expect(check(chain.filter(({ number }) => number !== 9))).toBe('10: block 9 belongs here');
        expect(check([...chain.slice(0, 5), chain[4]!])).toBe('4: block 5 belongs here');
        const other = { ...chain[9]!, hash: 'ab' };
        expect(check(chain.with(9, other))).toBe('10: its previous hash is not that of the block before it');
        const hollow = { ...chain[9]!, dataHashFound: 'ab' };
        expect(check(chain.with(9, hollow))).toBe('9: its data is not what its header says');
    });

    it('is broken by a flipped validation code, whatever transaction it is of', () => {
        const files = recordedFiles();
        let flipped = 0;
        for (const [number, block] of chain.entries()) {
            if (number === 0 || block.commitHashAfter('') === undefined) continue;
            const changed = flipFirstCode(files[number]!);
            if (changed === undefined) continue;
            flipped++;
            expect(check([...chain.slice(0, number), changed])).toMatch(/commit hash/);
        }
        expect(flipped).toBeGreaterThan(10);
    });
});

/** The block as if its first transaction had ended otherwise, where that is still a block. */
function flipFirstCode(bytes: Uint8Array): ChainBlock | undefined {
    const block = common.Block.deserializeBinary(bytes);
    const list = block.getMetadata()!.getMetadataList_asU8();
    const codes = Uint8Array.from(list[common.BlockMetadataIndex.TRANSACTIONS_FILTER]!);
    codes[0] = codes[0] === 0 ? 11 : 0;
    list[common.BlockMetadataIndex.TRANSACTIONS_FILTER] = codes;
    block.getMetadata()!.setMetadataList(list);
    try {
        return readChainBlock(block.serializeBinary());
    } catch {
        return undefined;
    }
}
