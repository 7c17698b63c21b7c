// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { HeaderType } from '../../wire/codes.js';
import { encode } from '../../wire/decode.js';
import type { Signer } from '../../wire/envelope.js';
import { computeTxId, sha256 } from '../../wire/hashing.js';
import { common, protos } from '../../wire/protobuf.js';

type Endorser = (message: Buffer) => protos.Endorsement.$Properties;

export interface CraftedTransaction {
    readonly channelId: string;
    readonly client: Signer;
    readonly chaincode: string;
    readonly endorsers: readonly Endorser[];
    readonly results?: Uint8Array;
    /** Fields of the channel header other than an honest client's. */
    readonly channelHeader?: common.ChannelHeader.$Properties;
    readonly proposalHash?: Uint8Array;
    /** Fields of the chaincode action other than an honest peer's. */
    readonly action?: protos.ChaincodeAction.$Properties;
    /** Bytes in place of the chaincode action. */
    readonly extension?: Uint8Array;
    readonly actionCount?: number;
    /** Signs the payload in place of the client. */
    readonly sign?: (payload: Buffer) => Buffer;
}

/** An endorser that signs what it is given. */
export function endorser(signer: Signer): Endorser {
    return (payload) => ({
        endorser: signer.serialized,
        signature: signer.sign(Buffer.concat([payload, signer.serialized])),
    });
}

/** A transaction of which one part can be other than it should be, while everything around that part is hashed and signed to fit it. */
export function craftedTransaction(crafted: CraftedTransaction): common.Envelope {
    const { client, chaincode, actionCount = 1 } = crafted;
    const nonce = randomBytes(24);
    const signatureHeader = encode(common.SignatureHeader, { creator: client.serialized, nonce });
    const channelHeader = encode(common.ChannelHeader, {
        type: HeaderType.ENDORSER_TRANSACTION,
        channelId: crafted.channelId,
        txId: computeTxId(nonce, client.serialized),
        extension: encode(protos.ChaincodeHeaderExtension, { chaincodeId: { name: chaincode } }),
        ...crafted.channelHeader,
    });
    const chaincodeProposalPayload = encode(protos.ChaincodeProposalPayload, { input: Buffer.from(chaincode) });
    const proposalResponsePayload = encode(protos.ProposalResponsePayload, {
        proposalHash: crafted.proposalHash ?? sha256(channelHeader, signatureHeader, chaincodeProposalPayload),
        extension: crafted.extension ?? chaincodeAction(crafted),
    });
    const endorsements = crafted.endorsers.map((endorse) => endorse(proposalResponsePayload));
    const payload = encode(protos.ChaincodeActionPayload, {
        chaincodeProposalPayload,
        action: { proposalResponsePayload, endorsements },
    });
    const data = encode(protos.Transaction, {
        actions: Array.from({ length: actionCount }, () => ({ header: signatureHeader, payload })),
    });
    const signed = encode(common.Payload, { header: { channelHeader, signatureHeader }, data });
    return new common.Envelope({ payload: signed, signature: (crafted.sign ?? client.sign.bind(client))(signed) });
}

function chaincodeAction({ chaincode, results = Buffer.alloc(0), action }: CraftedTransaction): Buffer {
    return encode(protos.ChaincodeAction, {
        results,
        response: { status: 200 },
        chaincodeId: { name: chaincode, version: '1.0' },
        ...action,
    });
}
