// SPDX-License-Identifier: Apache-2.0
import type { Identity } from '../identity/identity.js';
import { HeaderType } from '../wire/codes.js';
import { asBuffer } from '../wire/decode.js';
import { computeTxId } from '../wire/hashing.js';
import type { UnpackedProposal } from './proposal.js';
import { ProposalError } from './proposalError.js';

/** Who can read and judge identities: a channel's organisations, or the peer's own for proposals without a channel. */
export interface IdentityJudge {
    deserialize(serialized: Uint8Array): Identity;
    validate(identity: Identity): void;
}

const headerTypeNames: ReadonlyMap<number, string> = new Map(
    Object.entries(HeaderType).map(([name, number]) => [number, name]),
);

/**
 * Checks that a proposal is well-formed and signed by its creator (core/endorser/msgvalidation.go), in Fabric's order.
 * Throws ProposalError (`validation`).
 */
export function validateProposal(proposal: UnpackedProposal, judge: IdentityJudge): void {
    const { channelHeader, signatureHeader, creator, txId, signed } = proposal;
    const { type, epoch } = channelHeader;
    if (type !== HeaderType.ENDORSER_TRANSACTION && type !== HeaderType.CONFIG) {
        throw invalid(`invalid header type ${headerTypeNames.get(type) ?? String(type)}`);
    }
    if (epoch !== 0) throw invalid('epoch is non-zero');
    if (signatureHeader.nonce.length === 0) throw invalid('nonce is empty');
    if (creator.length === 0) throw invalid('creator is empty');
    const expected = computeTxId(signatureHeader.nonce, creator);
    if (txId !== expected) throw invalid(`incorrectly computed txid '${txId}' -- expected '${expected}'`);
    if (asBuffer(signed.proposalBytes).length === 0) throw invalid('empty proposal bytes');
    if (asBuffer(signed.signature).length === 0) throw invalid('empty signature bytes');
    checkCreator(proposal, judge);
}

/** The reason is in the peer's log only: a stranger learns no more than the organisation he claims. */
function checkCreator({ channelId, creator, signed }: UnpackedProposal, judge: IdentityJudge): void {
    const denied = `access denied: channel [${channelId}] creator org`;
    let identity: Identity;
    try {
        identity = judge.deserialize(creator);
    } catch (cause) {
        throw invalid(`${denied} unknown, creator is malformed`, cause);
    }
    try {
        judge.validate(identity);
    } catch (cause) {
        throw invalid(`${denied} [${identity.mspId}]`, cause);
    }
    if (!identity.verify(asBuffer(signed.proposalBytes), asBuffer(signed.signature))) {
        throw invalid(`${denied} [${identity.mspId}]`);
    }
}

function invalid(reason: string, cause?: unknown): ProposalError {
    return new ProposalError('validation', `error validating proposal: ${reason}`, { cause });
}
