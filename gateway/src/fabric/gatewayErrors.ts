// SPDX-License-Identifier: Apache-2.0
import { status as grpcStatus } from '@grpc/grpc-js';
import { GatewayError, StatusCode } from '@hyperledger/fabric-gateway';
import { parseErrorText } from '@power-currency/domain';
import { Failure } from '../application/failure.js';
import { type Trouble, type TroubleKind } from './trouble.js';

/**
 * Classifies a failed endorsement. Nothing has reached the orderer yet, so nothing can have changed.
 *
 * @param organizationsAsked how many organisations were asked by name; 0 when the peer chose
 */
export function endorseTrouble(error: unknown, peer: string, organizationsAsked: number): Trouble {
    if (!(error instanceof GatewayError)) {
        return { kind: 'refusedByNetwork', error: asError(error) };
    }
    const answers = chaincodeAnswers(error);
    if (answers.length > 0) {
        return chaincodeTrouble(error, answers, organizationsAsked);
    }
    if (error.details.some(({ message }) => message.includes(PAYLOAD_MISMATCH))) {
        return { kind: 'disagreement', error: disagreement(error) };
    }
    return transportTrouble(error, peer, 'endorse');
}

/** Classifies a failed query: the first peer that ran the chaincode decides. */
export function evaluateTrouble(error: unknown, peer: string): Trouble {
    return endorseTrouble(error, peer, 0);
}

/**
 * Classifies a failed submission to the orderer. Only an answer that says the orderer refused the envelope is certain;
 * after anything else the transaction may still be ordered.
 */
export function submitTrouble(error: unknown, txId: string): Trouble {
    if (error instanceof GatewayError && REFUSED_BY_ORDERER.has(error.code)) {
        return { kind: 'refusedByNetwork', error: refused(error, 'submit') };
    }
    return outcomeUnknown(error, txId);
}

export function outcomeUnknown(error: unknown, txId: string): Trouble {
    const failure = new Failure('FABRIC_OUTCOME_UNKNOWN', { txId, reason: reasonOf(error) }, { cause: error });
    return { kind: 'outcomeUnknown', error: failure };
}

/** Classifies a transaction that was committed with a code other than VALID: it is on the chain and changed nothing. */
export function validationTrouble(code: number, txId: string): Trouble {
    const validationCode = validationCodeName(code);
    if (CONFLICTS.has(code)) {
        return { kind: 'conflict', error: new Failure('FABRIC_CONFLICT_PERSISTS', { attempts: 1, validationCode }) };
    }
    return { kind: 'invalid', error: new Failure('FABRIC_TRANSACTION_INVALID', { txId, validationCode }) };
}

/** Fabric's name of a validation code (protos peer.TxValidationCode). */
export function validationCodeName(code: number): string {
    return Object.entries(StatusCode).find(([, value]) => value === code)?.[0] ?? `CODE_${String(code)}`;
}

const CONFLICTS: ReadonlySet<number> = new Set([StatusCode.MVCC_READ_CONFLICT, StatusCode.PHANTOM_READ_CONFLICT]);
/** internal/pkg/gateway/submit.go: ABORTED carries the orderer's 4xx answer; the others are found before sending. */
const REFUSED_BY_ORDERER: ReadonlySet<number> = new Set([
    grpcStatus.ABORTED,
    grpcStatus.INVALID_ARGUMENT,
    grpcStatus.FAILED_PRECONDITION,
    grpcStatus.PERMISSION_DENIED,
    grpcStatus.UNIMPLEMENTED,
]);
const PAYLOAD_MISMATCH = 'ProposalResponsePayloads do not match';
const CHAINCODE_ANSWER = /chaincode response \d+, ?(.*)$/su;

/** Texts of the chaincode itself. A peer's gateway puts them in the details; older ones only in the message. */
function chaincodeAnswers(error: GatewayError): readonly string[] {
    const texts = error.details.length > 0 ? error.details.map(({ message }) => message) : [error.message];
    return texts.flatMap((text) => CHAINCODE_ANSWER.exec(text)?.[1] ?? []);
}

function chaincodeTrouble(error: GatewayError, answers: readonly string[], organizationsAsked: number): Trouble {
    const [text = ''] = answers;
    const areEqual = answers.every((answer) => answer === text);
    // One member refused and another agreed, or could not be asked: they do not see the same ledger.
    const isUnanimous = answers.length >= organizationsAsked && !error.message.includes('failed to collect enough');
    const verdict = parseErrorText(text) ?? new Failure('CHAINCODE_UNEXPECTED', { text }, { cause: error });
    if (areEqual && (isUnanimous || answers.length >= Math.max(organizationsAsked, 2))) {
        return { kind: 'refusedByRules', error: verdict };
    }
    return { kind: 'disagreement', error: areEqual ? verdict : disagreement(error) };
}

function disagreement(error: GatewayError): Failure {
    const answers = error.details.map(({ mspId, message }) => `${mspId}: ${message}`).join(' | ');
    return new Failure('FABRIC_ENDORSERS_DISAGREE', { answers }, { cause: error });
}

/** Trouble by gRPC status where the chaincode had no say. */
const KIND_BY_STATUS: Readonly<Partial<Record<number, TroubleKind>>> = {
    [grpcStatus.UNAVAILABLE]: 'peerUnreachable',
    [grpcStatus.CANCELLED]: 'peerUnreachable',
    [grpcStatus.RESOURCE_EXHAUSTED]: 'peerBusy',
    [grpcStatus.DEADLINE_EXCEEDED]: 'tooLate',
    [grpcStatus.ABORTED]: 'endorserLost',
};

function transportTrouble(error: GatewayError, peer: string, step: string): Trouble {
    const kind = transportKind(error);
    if (kind === 'tooLate') {
        return { kind, error: new Failure('FABRIC_DEADLINE', { peer, step }, { cause: error }) };
    }
    if (kind === 'refusedByNetwork') {
        return { kind, error: refused(error, step) };
    }
    return {
        kind,
        error: new Failure('FABRIC_UNAVAILABLE', { peer, attempts: 1, reason: reasonOf(error) }, { cause: error }),
    };
}

function transportKind(error: GatewayError): TroubleKind {
    // internal/peer/node/grpc_limiters.go answers a full service with a plain error, which gRPC calls UNKNOWN.
    if (error.message.includes('exceeding concurrency limit')) {
        return 'peerBusy';
    }
    if (/failed to find any endorsing peers|no peer combination|unavailability of peers/.test(error.message)) {
        return 'endorserLost';
    }
    return KIND_BY_STATUS[error.code] ?? 'refusedByNetwork';
}

function refused(error: GatewayError, step: string): Failure {
    const name = grpcStatus[error.code] ?? String(error.code);
    return new Failure('FABRIC_REFUSED', { step, grpcStatus: name, reason: reasonOf(error) }, { cause: error });
}

function reasonOf(error: unknown): string {
    if (!(error instanceof GatewayError) || error.details.length === 0) {
        return asError(error).message;
    }
    return [error.message, ...error.details.map(({ address, message }) => `${address}: ${message}`)].join('; ');
}

function asError(error: unknown): Error {
    return error instanceof Error ? error : new Error(String(error));
}
