// SPDX-License-Identifier: Apache-2.0
import { asBuffer, encode } from '../wire/decode.js';
import type { Signer } from '../wire/envelope.js';
import { protos } from '../wire/protobuf.js';

interface SimulatedProposal {
    readonly proposalHash: Buffer;
    readonly chaincode: string;
    /** Version of the committed definition, `syscc` for system chaincode. */
    readonly version: string;
    readonly response: protos.Response.$Properties;
    /** TxReadWriteSet bytes; empty without a simulation. */
    readonly results: Buffer;
    readonly event?: protos.ChaincodeEvent.$Properties;
}

/**
 * ProposalResponsePayload bytes, what endorsers sign. Every peer must come to the same bytes: fields in the order of
 * their numbers, defaults left out, as Go writes them.
 */
export function proposalResponsePayload(simulated: SimulatedProposal): Buffer {
    const { proposalHash, chaincode, version, response, results, event } = simulated;
    const action = encode(protos.ChaincodeAction, {
        ...(results.length > 0 && { results }),
        ...(event !== undefined && { events: eventBytes(event) }),
        response: plainResponse(response),
        chaincodeId: { name: chaincode, ...(version !== '' && { version }) },
    });
    return encode(protos.ProposalResponsePayload, { proposalHash, extension: action });
}

/** The endorsement of a payload by this peer: its signature over payload and identity. */
export function endorse(payload: Buffer, signer: Signer): protos.Endorsement.$Properties {
    const endorser = signer.serialized;
    return { endorser, signature: signer.sign(Buffer.concat([payload, endorser])) };
}

/** A failure of the peer's own, without payload, which is how clients tell it from a chaincode's status 500. */
export function peerFailure(message: string): protos.ProposalResponse.$Properties {
    return { response: { status: 500, message } };
}

/** The response without fields at their default. */
export function plainResponse(response: protos.Response.$Properties): protos.Response.$Properties {
    const { status, message, payload } = response;
    return {
        ...(status && { status }),
        ...(message && { message }),
        ...(payload && payload.length > 0 && { payload }),
    };
}

function eventBytes({ chaincodeId, txId, eventName, payload }: protos.ChaincodeEvent.$Properties): Buffer {
    return encode(protos.ChaincodeEvent, {
        ...(chaincodeId && { chaincodeId }),
        ...(txId && { txId }),
        ...(eventName && { eventName }),
        ...(payload && payload.length > 0 && { payload: asBuffer(payload) }),
    });
}
