// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { HeaderType } from './codes.js';
import { asBuffer, decode, encode } from './decode.js';
import { computeTxId } from './hashing.js';
import { common, protos } from './protobuf.js';
import type { google } from './protobuf.js';

/** A signature over `data` by the serialised identity that claims it. */
export interface SignedData {
    readonly data: Buffer;
    readonly identity: Buffer;
    readonly signature: Buffer;
}

/** Whoever can sign in the name of an identity. */
export interface Signer {
    readonly mspId: string;
    /** msp.SerializedIdentity bytes. */
    readonly serialized: Buffer;
    sign(message: Uint8Array): Buffer;
}

interface EnvelopeContent {
    /** A HeaderType. */
    readonly type: number;
    readonly channelId: string;
    /** The payload's data, already serialised. */
    readonly data: Uint8Array;
    readonly txId?: string;
    readonly extension?: Uint8Array;
    readonly tlsCertHash?: Uint8Array;
    /** Default: now. */
    readonly timestamp?: Date;
}

interface ProposalContent {
    /** Empty for calls that concern no channel, such as cscc's JoinChain. */
    readonly channelId: string;
    readonly chaincode: string;
    readonly args: readonly Uint8Array[];
    readonly transient?: Readonly<Record<string, Uint8Array>>;
    readonly isInit?: boolean;
    readonly tlsCertHash?: Uint8Array;
    /** Default: now. */
    readonly timestamp?: Date;
}

export interface NewProposal {
    readonly txId: string;
    readonly proposal: protos.Proposal;
    readonly signedProposal: protos.SignedProposal;
}

const nonceBytes = 24;
/** ChaincodeSpec.type GOLANG: what the peer command sends; nobody looks at it. */
const chaincodeSpecType = 1;

/** A signed envelope around one message (protoutil.CreateSignedEnvelope). */
export function newEnvelope(signer: Signer, content: EnvelopeContent): common.Envelope {
    const nonce = randomBytes(nonceBytes);
    const payload = encode(common.Payload, {
        header: {
            channelHeader: channelHeaderBytes(content),
            signatureHeader: encode(common.SignatureHeader, { creator: signer.serialized, nonce }),
        },
        data: content.data,
    });
    return new common.Envelope({ payload, signature: signer.sign(payload) });
}

/** A proposal to invoke a chaincode, signed, with its transaction id. */
export function newSignedProposal(signer: Signer, content: ProposalContent): NewProposal {
    const nonce = randomBytes(nonceBytes);
    const txId = computeTxId(nonce, signer.serialized);
    const chaincodeId = { name: content.chaincode };
    const header = encode(common.Header, {
        channelHeader: channelHeaderBytes({
            type: HeaderType.ENDORSER_TRANSACTION,
            channelId: content.channelId,
            txId,
            extension: encode(protos.ChaincodeHeaderExtension, { chaincodeId }),
            ...(content.tlsCertHash === undefined ? {} : { tlsCertHash: content.tlsCertHash }),
            ...(content.timestamp === undefined ? {} : { timestamp: content.timestamp }),
        }),
        signatureHeader: encode(common.SignatureHeader, { creator: signer.serialized, nonce }),
    });
    const payload = encode(protos.ChaincodeProposalPayload, {
        input: encode(protos.ChaincodeInvocationSpec, {
            chaincodeSpec: {
                type: chaincodeSpecType,
                chaincodeId,
                input: { args: [...content.args], ...(content.isInit === true ? { isInit: true } : {}) },
            },
        }),
        TransientMap: { ...content.transient },
    });
    const proposal = new protos.Proposal({ header, payload });
    const proposalBytes = encode(protos.Proposal, proposal);
    const signedProposal = new protos.SignedProposal({ proposalBytes, signature: signer.sign(proposalBytes) });
    return { txId, proposal, signedProposal };
}

/**
 * The signed transaction made of a proposal and its endorsements (protoutil.CreateSignedTx).
 * Throws when the responses are missing, unsuccessful or differ, or when the signer is not the proposal's creator.
 */
export function assembleTransaction(
    signer: Signer,
    proposal: protos.Proposal.$Properties,
    responses: readonly protos.ProposalResponse.$Properties[],
): common.Envelope {
    const header = decode(common.Header, asBuffer(proposal.header), 'Header');
    const { creator } = decode(common.SignatureHeader, asBuffer(header.signatureHeader), 'SignatureHeader');
    if (!signer.serialized.equals(asBuffer(creator))) {
        throw new Error('signer must be the same as the one referenced in the header');
    }
    const payload = assembleTransactionPayload(proposal, responses);
    return new common.Envelope({ payload, signature: signer.sign(payload) });
}

/** The payload of the transaction that a client is to sign: the proposal's header unchanged, no transient data. */
export function assembleTransactionPayload(
    proposal: protos.Proposal.$Properties,
    responses: readonly protos.ProposalResponse.$Properties[],
): Buffer {
    const header = decode(common.Header, asBuffer(proposal.header), 'Header');
    const { input } = decode(protos.ChaincodeProposalPayload, asBuffer(proposal.payload), 'ChaincodeProposalPayload');
    const actionPayload = encode(protos.ChaincodeActionPayload, {
        chaincodeProposalPayload: encode(protos.ChaincodeProposalPayload, { input: asBuffer(input) }),
        action: {
            proposalResponsePayload: agreedPayload(responses),
            endorsements: distinctEndorsements(responses),
        },
    });
    const data = encode(protos.Transaction, {
        actions: [{ header: asBuffer(header.signatureHeader), payload: actionPayload }],
    });
    return encode(common.Payload, { header, data });
}

function agreedPayload(responses: readonly protos.ProposalResponse.$Properties[]): Buffer {
    const [first] = responses;
    if (first === undefined) {
        throw new Error('at least one proposal response is required');
    }
    const payload = asBuffer(first.payload);
    for (const response of responses) {
        const status = response.response?.status ?? 0;
        if (status < 200 || status >= 400) {
            const message = response.response?.message ?? '';
            throw new Error(`proposal response was not successful, error code ${String(status)}, msg ${message}`);
        }
        if (!payload.equals(asBuffer(response.payload))) {
            // Fabric names the one that differs first (protoutil/txutils.go).
            const both = [asBuffer(response.payload), payload].map((bytes) => `'${bytes.toString('base64')}'`);
            throw new Error(`ProposalResponsePayloads do not match (base64): ${both.join(' vs ')}`);
        }
    }
    return payload;
}

function distinctEndorsements(
    responses: readonly protos.ProposalResponse.$Properties[],
): protos.Endorsement.$Properties[] {
    const byEndorser = new Map<string, protos.Endorsement.$Properties>();
    for (const { endorsement } of responses) {
        const endorser = asBuffer(endorsement?.endorser).toString('latin1');
        if (endorsement !== null && endorsement !== undefined && !byEndorser.has(endorser)) {
            byEndorser.set(endorser, endorsement);
        }
    }
    return [...byEndorser.values()];
}

function channelHeaderBytes(content: Omit<EnvelopeContent, 'data'>): Buffer {
    return encode(common.ChannelHeader, {
        ...(content.type === 0 ? {} : { type: content.type }),
        timestamp: protobufTimestamp(content.timestamp ?? new Date()),
        ...(content.channelId === '' ? {} : { channelId: content.channelId }),
        ...(content.txId === undefined ? {} : { txId: content.txId }),
        ...(content.extension === undefined ? {} : { extension: content.extension }),
        ...(content.tlsCertHash === undefined ? {} : { tlsCertHash: content.tlsCertHash }),
    });
}

function protobufTimestamp(date: Date): google.protobuf.Timestamp.$Properties {
    const seconds = Math.floor(date.getTime() / 1000);
    const nanos = (date.getTime() - seconds * 1000) * 1e6;
    return { seconds, ...(nanos === 0 ? {} : { nanos }) };
}
