// SPDX-License-Identifier: Apache-2.0
import type { MspManager } from '../../identity/mspManager.js';
import { HeaderType, TxValidationCode } from '../../wire/codes.js';
import { asBuffer, decode } from '../../wire/decode.js';
import { computeTxId, sha256 } from '../../wire/hashing.js';
import { common } from '../../wire/protobuf.js';
import type { ParsedTransaction } from './parsedTransaction.js';
import type { VerifiedSignatures } from './verifiedSignatures.js';

type Check = (transaction: ParsedTransaction, context: SyntaxContext) => boolean;

interface SyntaxContext {
    readonly channelId: string;
    readonly msps: MspManager;
    readonly signatures: VerifiedSignatures;
}

/**
 * Everything that can be said of a transaction without the state: the first check that fails decides the code
 * (core/common/validation/msgvalidation.go). A check that throws has failed.
 */
export function checkSyntax(transaction: ParsedTransaction, context: SyntaxContext): TxValidationCode {
    return firstFailure(commonChecks, transaction, context) ?? checkByType(transaction, context);
}

const commonChecks: readonly (readonly [Check, TxValidationCode])[] = [
    [({ envelope }) => envelope instanceof common.Envelope, TxValidationCode.INVALID_OTHER_REASON],
    [({ payload }) => payload instanceof common.Payload, TxValidationCode.BAD_PAYLOAD],
    [hasCommonHeader, TxValidationCode.BAD_COMMON_HEADER],
    [isSignedByCreator, TxValidationCode.BAD_CREATOR_SIGNATURE],
];

const endorserChecks: readonly (readonly [Check, TxValidationCode])[] = [
    [hasComputedTxId, TxValidationCode.BAD_PROPOSAL_TXID],
    [hasOneAgreedAction, TxValidationCode.INVALID_ENDORSER_TRANSACTION],
];

const configurationChecks: readonly (readonly [Check, TxValidationCode])[] = [
    [({ payload }) => payload.data.length > 0, TxValidationCode.INVALID_CONFIG_TRANSACTION],
];

function checkByType(transaction: ParsedTransaction, context: SyntaxContext): TxValidationCode {
    switch (transaction.channelHeader.type) {
        case HeaderType.ENDORSER_TRANSACTION:
            return firstFailure(endorserChecks, transaction, context) ?? TxValidationCode.VALID;
        case HeaderType.CONFIG:
            return firstFailure(configurationChecks, transaction, context) ?? TxValidationCode.VALID;
        default:
            return TxValidationCode.UNSUPPORTED_TX_PAYLOAD;
    }
}

function firstFailure(
    checks: readonly (readonly [Check, TxValidationCode])[],
    transaction: ParsedTransaction,
    context: SyntaxContext,
): TxValidationCode | undefined {
    return checks.find(([check]) => !holds(check, transaction, context))?.[1];
}

function holds(check: Check, transaction: ParsedTransaction, context: SyntaxContext): boolean {
    try {
        return check(transaction, context);
    } catch {
        return false;
    }
}

const typesInBlocks: readonly number[] = [HeaderType.CONFIG, HeaderType.CONFIG_UPDATE, HeaderType.ENDORSER_TRANSACTION];

/** Version and timestamp are not looked at: the ordering service has seen to them. */
function hasCommonHeader({ payload, channelHeader, signatureHeader }: ParsedTransaction): boolean {
    return (
        payload.header !== null &&
        payload.header !== undefined &&
        typesInBlocks.includes(channelHeader.type) &&
        channelHeader.epoch === 0 &&
        isComplete(signatureHeader)
    );
}

/**
 * The creator must be a valid member of the channel that the header names, which has to be this one; whether its
 * certificate has expired is the orderer's question.
 */
function isSignedByCreator(transaction: ParsedTransaction, { channelId, msps, signatures }: SyntaxContext): boolean {
    if (transaction.channelHeader.channelId !== channelId) {
        return false;
    }
    const { payload, signature } = transaction.envelope;
    const creator = msps.deserialize(transaction.signatureHeader.creator);
    msps.validate(creator);
    return signature.length > 0 && signatures.verify(creator, payload, signature);
}

function hasComputedTxId({ channelHeader, signatureHeader }: ParsedTransaction): boolean {
    return channelHeader.txId === computeTxId(signatureHeader.nonce, signatureHeader.creator);
}

/**
 * Exactly one action, whose endorsed response answers the proposal in the same transaction. Fabric hashes the header of
 * the action and does not ask whether it equals the transaction's.
 */
function hasOneAgreedAction(parsed: ParsedTransaction): boolean {
    const { payload, transaction, channelHeaderBytes } = parsed;
    const [action, ...others] = transaction.actions;
    if (payload.data.length === 0 || action === undefined || others.length > 0) {
        return false;
    }
    const actionHeader = asBuffer(action.header);
    if (!isComplete(decode(common.SignatureHeader, actionHeader, 'SignatureHeader'))) {
        return false;
    }
    const proposalPayload = parsed.actionPayload.chaincodeProposalPayload;
    // Without an action a real peer dies; there is nothing that could be valid about it.
    if (!parsed.actionPayload.action || proposalPayload.length === 0) {
        return false;
    }
    const expected = sha256(channelHeaderBytes, actionHeader, proposalPayload);
    return expected.equals(parsed.proposalResponsePayload.proposalHash);
}

function isComplete({ nonce, creator }: common.SignatureHeader): boolean {
    return nonce.length > 0 && creator.length > 0;
}
