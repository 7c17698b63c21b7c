// SPDX-License-Identifier: Apache-2.0
import { encode } from '@power-currency/engine/wire/decode.js';
import { HeaderType } from '@power-currency/engine/wire/codes.js';
import { computeTxId } from '@power-currency/engine/wire/hashing.js';
import { common, msp, protos } from '@power-currency/engine/wire/protobuf.js';
import type { SimulatedIdentity } from './simulatedIdentity.js';

/** A call as a client would sign it. */
interface SimulatedCall {
    readonly channelId: string;
    readonly chaincode: string;
    readonly identity: SimulatedIdentity;
    /** The client's time in seconds since 1970. */
    readonly timestamp: bigint;
    readonly transaction: string;
    readonly argument: string;
    /** What the endorsers are told and no block holds. */
    readonly transient?: Readonly<Record<string, string>>;
    /** Makes the transaction id; the same nonce gives the same id. */
    readonly nonce: Uint8Array;
}

export interface SimulatedProposal {
    readonly txId: string;
    /** Whose identity signed it. */
    readonly mspId: string;
    /** The full name that was called. */
    readonly transaction: string;
    readonly channelId: string;
    /** ChaincodeInput bytes. */
    readonly input: Buffer;
    /** Nobody checks its signature: it carries the creator and the time. */
    readonly signedProposal: protos.SignedProposal;
}

/** The proposal of a call. */
export function simulatedProposal(call: SimulatedCall): SimulatedProposal {
    const { channelId, chaincode, identity, timestamp, transaction, argument, transient = {}, nonce } = call;
    const creator = encode(msp.SerializedIdentity, {
        mspid: identity.mspId,
        idBytes: Buffer.from(identity.certificatePem),
    });
    const txId = computeTxId(Buffer.from(nonce), creator);
    const header = encode(common.Header, {
        channelHeader: encode(common.ChannelHeader, {
            type: HeaderType.ENDORSER_TRANSACTION,
            channelId,
            txId,
            timestamp: { seconds: Number(timestamp) },
        }),
        signatureHeader: encode(common.SignatureHeader, { creator, nonce }),
    });
    const input = { args: [Buffer.from(transaction), Buffer.from(argument)] };
    const payload = encode(protos.ChaincodeProposalPayload, {
        input: encode(protos.ChaincodeInvocationSpec, { chaincodeSpec: { chaincodeId: { name: chaincode }, input } }),
        TransientMap: Object.fromEntries(Object.entries(transient).map(([name, text]) => [name, Buffer.from(text)])),
    });
    return {
        txId,
        mspId: identity.mspId,
        transaction,
        channelId,
        input: encode(protos.ChaincodeInput, input),
        signedProposal: new protos.SignedProposal({ proposalBytes: encode(protos.Proposal, { header, payload }) }),
    };
}
