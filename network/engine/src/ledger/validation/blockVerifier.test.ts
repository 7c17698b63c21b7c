// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChannelConfiguration } from '../../channel/channelConfiguration.js';
import { BlockMetadataIndex } from '../../wire/codes.js';
import { asBuffer, decode, encode } from '../../wire/decode.js';
import { blockHeaderHash } from '../../wire/hashing.js';
import { common } from '../../wire/protobuf.js';
import { BlockRefusedError, verifyBlock } from './blockVerifier.js';

// Four SmartBFT orderers of a real network: three signatures are a quorum, and signers are named by number.

type Signature = common.MetadataSignature.$Properties;

const recordings = join(__dirname, '../../../fixtures/fabric-3.1.5-bft');
const recorded = (number: number): common.Block =>
    decode(common.Block, readFileSync(join(recordings, `000${String(number)}.pb`)), 'Block');
const configuration = ChannelConfiguration.fromConfigBlock(recorded(0));

const verify = (block: common.Block, number: number): void => {
    verifyBlock(block, number, blockHeaderHash(recorded(number - 1).header ?? {}), configuration);
};

/** The first block with its signatures changed. */
const signedAs = (change: (signatures: Signature[]) => Signature[]): common.Block => {
    const block = recorded(1);
    const entries = block.metadata?.metadata ?? [];
    const { value, signatures } = decode(common.Metadata, asBuffer(entries[BlockMetadataIndex.SIGNATURES]), 'Metadata');
    entries[BlockMetadataIndex.SIGNATURES] = encode(common.Metadata, { value, signatures: change(signatures) });
    return block;
};

describe('a block of a BFT ordering service', () => {
    it.each([1, 2, 3])('is taken with the signatures of a quorum (block %s)', (number) => {
        expect(() => {
            verify(recorded(number), number);
        }).not.toThrow();
    });

    const [first] = decode(
        common.Metadata,
        asBuffer(recorded(1).metadata?.metadata?.[BlockMetadataIndex.SIGNATURES]),
        'Metadata',
    ).signatures;

    it.each<[string, (signatures: Signature[]) => Signature[]]>([
        ['two signatures', (signatures) => signatures.slice(0, 2)],
        ['one orderer’s signature three times', () => [first!, first!, first!]],
        [
            'a signature by an orderer that the channel does not have',
            ([one, two, three]) => [
                one!,
                two!,
                { ...three!, identifierHeader: encode(common.IdentifierHeader, { identifier: 9 }) },
            ],
        ],
        [
            'a signature that names another orderer as its signer',
            ([one, two, three]) => [one!, two!, { ...three!, identifierHeader: two!.identifierHeader! }],
        ],
    ])('is refused with %s', (_what, change) => {
        expect(() => {
            verify(signedAs(change), 1);
        }).toThrow(BlockRefusedError);
    });
});
