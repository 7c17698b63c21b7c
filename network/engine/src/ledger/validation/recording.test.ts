// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validationCodeName } from '../../wire/codes.js';
import { decode } from '../../wire/decode.js';
import { common } from '../../wire/protobuf.js';
import '../testing/quietLog.js';
import { recordedBlocks, recordings, type RecordedBlock } from '../testing/recordings.js';
import { BlockRefusedError } from './blockVerifier.js';
import { RecordedFollower } from './testing/recordedFollower.js';

// A real network's chain: what its peers decided on each transaction must be decided here.
describe('a recorded chain', () => {
    const chain = recordedBlocks('blocks').slice(1);
    const crafted = recordedBlocks('crafted');
    const afterRefusals = crafted.at(-1);
    let follower: RecordedFollower;

    beforeAll(async () => {
        follower = await RecordedFollower.start('AuthorityMSP');
    });

    afterAll(async () => {
        await follower.stop();
    });

    async function expectSameOutcome(recorded: RecordedBlock): Promise<void> {
        const committed = await follower.take(recorded.ordererBlock);
        const named = (codes: Uint8Array): string[] => Array.from(codes, validationCodeName);
        expect({ block: recorded.number, codes: named(committed.codes) }).toEqual({
            block: recorded.number,
            codes: named(recorded.finalCodes),
        });
        expect(committed.bytes.equals(recorded.peerBytes)).toBe(true);
    }

    it('gets the codes and the block bytes that Fabric gave it', async () => {
        expect(chain).toHaveLength(116);
        for (const recorded of chain) {
            await expectSameOutcome(recorded);
        }
    });

    it('gets the codes that Fabric gave to transactions which no orderer lets through', async () => {
        for (const recorded of crafted.slice(0, -1)) {
            await expectSameOutcome(recorded);
        }
    });

    const rejected = JSON.parse(readFileSync(join(recordings, 'crafted/rejected-blocks.json'), 'utf8')) as {
        readonly name: string;
        readonly blockBase64: string;
        readonly peerMessage: string;
    }[];

    it.each(rejected.map(({ name, ...block }) => [name, block] as const))('refuses a block with %s', (_name, block) => {
        const [, reason = ''] = block.peerMessage.split('could not be verified: ');
        // Texts of Go's protobuf library, and bytes quoted at length, are not compared.
        const comparable = reason.replace(/is invalid: .*/s, 'is invalid').replace(/(transaction 0) \(.*/s, '$1');
        const refused = decode(common.Block, Buffer.from(block.blockBase64, 'base64'), 'Block');
        expect(comparable).not.toBe('');
        expect(() => {
            follower.verify(refused);
        }).toThrow(BlockRefusedError);
        expect(() => {
            follower.verify(refused);
        }).toThrow(comparable);
    });

    it('goes on with the next good block after refusing others', async () => {
        if (afterRefusals === undefined) throw new Error('no block recorded');
        await expectSameOutcome(afterRefusals);
    });
});
