// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChannelConfiguration } from '../../channel/channelConfiguration.js';
import { isConfigBlock } from '../../channel/configBlock.js';
import { definitionOf } from '../../lifecycle/chaincodeDefinitions.js';
import { BlockMetadataIndex, validationCodeName } from '../../wire/codes.js';
import { decode, encode } from '../../wire/decode.js';
import { blockHeaderHash } from '../../wire/hashing.js';
import { common } from '../../wire/protobuf.js';
import { ChannelLedger } from '../channelLedger.js';
import { BlockRefusedError, verifyBlock } from './blockVerifier.js';
import { BlockValidator } from './blockValidator.js';

// A real network's chain: what its peers decided on each transaction must be decided here.
const recording = join(__dirname, '../../../fixtures/fabric-3.1.5');

interface Follower {
    readonly ledger: ChannelLedger;
    take(recorded: Buffer): Promise<{ expected: string[]; actual: string[]; sameBytes: boolean }>;
    refuse(recorded: Buffer): string;
}

describe('a recorded chain', () => {
    const directory = mkdtempSync(join(tmpdir(), 'validation-'));
    let follower: Follower;

    beforeAll(async () => {
        follower = await follow(directory, blockFile('blocks', '0000.pb'));
    });

    afterAll(async () => {
        await follower.ledger.close();
        rmSync(directory, { recursive: true });
    });

    it('gets the codes and the block bytes that Fabric gave it', async () => {
        const files = readdirSync(join(recording, 'blocks')).filter((name) => /^\d+\.pb$/.test(name)).sort().slice(1);
        expect(files).toHaveLength(116);
        for (const name of files) {
            const { expected, actual, sameBytes } = await follower.take(blockFile('blocks', name));
            expect({ name, codes: actual, sameBytes }).toEqual({ name, codes: expected, sameBytes: true });
        }
    });

    it('gets the codes that Fabric gave to transactions which no orderer lets through', async () => {
        const files = readdirSync(join(recording, 'crafted')).filter((name) => /^\d+\.pb$/.test(name)).sort();
        for (const name of files.filter((file) => file !== '0125.pb')) {
            const { expected, actual, sameBytes } = await follower.take(blockFile('crafted', name));
            expect({ name, codes: actual, sameBytes }).toEqual({ name, codes: expected, sameBytes: true });
        }
    });

    const rejected = JSON.parse(
        readFileSync(join(recording, 'crafted/rejected-blocks.json'), 'utf8'),
    ) as { name: string; blockBase64: string; peerMessage: string }[];

    it.each(rejected.map(({ name, ...block }) => [name, block] as const))('refuses a block with %s', (_name, block) => {
        const [, reason = ''] = block.peerMessage.split('could not be verified: ');
        // The texts of Go's protobuf library, and bytes quoted at length, are left out of the comparison.
        const comparable = (text: string): string => text.replace(/is invalid: .*/s, 'is invalid').replace(/(transaction 0) \(.*/s, '$1');
        expect(comparable(reason)).not.toBe('');
        expect(follower.refuse(Buffer.from(block.blockBase64, 'base64'))).toContain(comparable(reason));
    });

    it('goes on with the next good block after refusing others', async () => {
        const { expected, actual } = await follower.take(blockFile('crafted', '0125.pb'));
        expect(actual).toEqual(expected);
    });
});

async function follow(directory: string, genesisBytes: Buffer): Promise<Follower> {
    const genesis = decode(common.Block, genesisBytes, 'Block');
    let configuration = ChannelConfiguration.fromConfigBlock(genesis);
    const ledger = await ChannelLedger.create({ dir: directory, channelId: 'power' }, genesis);
    const validator = new BlockValidator({ ledger, configuration: () => configuration, definitionOf });
    const verify = (block: common.Block): void => {
        verifyBlock(block, ledger.height, ledger.info().currentBlockHash, configuration);
    };
    return {
        ledger,
        async take(recorded) {
            const block = decode(common.Block, recorded, 'Block');
            const filter = Buffer.from(block.metadata?.metadata?.[BlockMetadataIndex.TRANSACTIONS_FILTER] ?? []);
            const delivered = asDelivered(block);
            verify(delivered);
            const committed = await ledger.commit(delivered, await validator.validate(delivered));
            if (isConfigBlock(delivered)) {
                configuration = ChannelConfiguration.fromConfigBlock(delivered);
            }
            expect(ledger.info().currentBlockHash).toEqual(blockHeaderHash(block.header ?? {}));
            return {
                expected: [...filter].map(validationCodeName),
                actual: [...committed.codes].map(validationCodeName),
                sameBytes: committed.bytes.equals(recorded),
            };
        },
        refuse(recorded) {
            try {
                verify(decode(common.Block, recorded, 'Block'));
            } catch (error) {
                expect(error).toBeInstanceOf(BlockRefusedError);
                return (error as Error).message;
            }
            return 'taken';
        },
    };
}

/** The block as the orderer sent it: without the two entries that a peer fills in. */
function asDelivered(block: common.Block): common.Block {
    const metadata = [...(block.metadata?.metadata ?? [])];
    metadata[BlockMetadataIndex.TRANSACTIONS_FILTER] = Buffer.alloc(0);
    metadata[BlockMetadataIndex.COMMIT_HASH] = Buffer.alloc(0);
    return decode(common.Block, encode(common.Block, { ...block, metadata: { metadata } }), 'Block');
}

function blockFile(folder: string, name: string): Buffer {
    return readFileSync(join(recording, folder, name));
}
