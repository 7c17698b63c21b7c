// SPDX-License-Identifier: Apache-2.0
import { HeaderType } from '../../wire/codes.js';
import { encode } from '../../wire/decode.js';
import { blockDataHash, blockHeaderHash, sha256 } from '../../wire/hashing.js';
import { common, protos } from '../../wire/protobuf.js';

/** An endorser transaction around a read-write set, as it lies in a block; signatures are not real. */
export function transactionEnvelope(txId: string, results: Uint8Array, seconds = 1_700_000_000): Buffer {
    const extension = encode(protos.ChaincodeAction, { results, chaincodeId: { name: 'basic', version: '1' } });
    const proposalResponsePayload = encode(protos.ProposalResponsePayload, {
        proposalHash: sha256(Buffer.from(txId)),
        extension,
    });
    const payload = encode(protos.ChaincodeActionPayload, { action: { proposalResponsePayload } });
    const channelHeader = encode(common.ChannelHeader, {
        type: HeaderType.ENDORSER_TRANSACTION,
        timestamp: { seconds },
        channelId: 'power',
        txId,
    });
    const signatureHeader = encode(common.SignatureHeader, {
        creator: Buffer.from('client'),
        nonce: sha256(Buffer.from(txId)),
    });
    const data = encode(protos.Transaction, { actions: [{ header: signatureHeader, payload }] });
    return encode(common.Envelope, {
        payload: encode(common.Payload, { header: { channelHeader, signatureHeader }, data }),
        signature: Buffer.from('signature'),
    });
}

/** The block after `previous`, as an orderer delivers it but for its signatures. */
export function nextBlock(previous: common.Block.$Properties | undefined, envelopes: readonly Buffer[]): common.Block {
    const data = { data: [...envelopes] };
    const previousHeader = previous?.header;
    const header = {
        ...(previousHeader && {
            number: (previousHeader.number ?? 0) + 1,
            previousHash: blockHeaderHash(previousHeader),
        }),
        dataHash: blockDataHash(data),
    };
    const metadata = { metadata: Array.from({ length: 5 }, () => Buffer.alloc(0)) };
    return new common.Block({ header, data, metadata });
}
