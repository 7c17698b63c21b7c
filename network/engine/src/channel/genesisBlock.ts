// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { blockMetadataEntries, HeaderType } from '../wire/codes.js';
import { encode } from '../wire/decode.js';
import { blockDataHash, computeTxId } from '../wire/hashing.js';
import { common } from '../wire/protobuf.js';

/** The first block of a channel with this configuration tree (common/genesis); nobody signs it. */
export function genesisBlock(
    channelId: string,
    group: common.ConfigGroup.$Properties,
    nonce: Uint8Array = randomBytes(24),
    timestamp: Date = new Date(),
): common.Block {
    const payload = encode(common.Payload, {
        header: {
            channelHeader: encode(common.ChannelHeader, {
                type: HeaderType.CONFIG,
                version: 1,
                timestamp: { seconds: Math.floor(timestamp.getTime() / 1000) },
                channelId,
                txId: computeTxId(nonce, Buffer.alloc(0)),
            }),
            signatureHeader: encode(common.SignatureHeader, { nonce }),
        },
        data: encode(common.ConfigEnvelope, { config: { channelGroup: group } }),
    });
    const data = { data: [encode(common.Envelope, { payload })] };
    const lastConfig = encode(common.Metadata, { value: encode(common.OrdererBlockMetadata, { lastConfig: {} }) });
    const empty = Array.from({ length: blockMetadataEntries - 1 }, () => Buffer.alloc(0));
    return new common.Block({
        header: { dataHash: blockDataHash(data) },
        data,
        metadata: { metadata: [lastConfig, ...empty] },
    });
}
