// SPDX-License-Identifier: Apache-2.0
import { ParsedTransaction } from '../../src/ledger/validation/parsedTransaction.js';
import { GrpcCode, GrpcStatus } from '../../src/process/grpcStatus.js';
import { asBuffer, decode, encode } from '../../src/wire/decode.js';
import { sha256 } from '../../src/wire/hashing.js';
import { common, gateway, msp, protos } from '../../src/wire/protobuf.js';
import { plainSpaces } from '../replayedOrderer.js';
import type { RecordedFailure, RecordedGatewayCall } from './recordedGatewayCalls.js';

interface RecordedResult {
    readonly status: number;
    readonly message: string;
    readonly payloadText?: string;
    readonly payloadBase64?: string;
    readonly payloadLength?: number;
    readonly payloadSha256?: string;
}

interface RecordedPrepared {
    readonly signatureLength: number;
    readonly endorsers: readonly string[];
    readonly transientEntriesLeft: number;
    readonly result: RecordedResult;
    readonly chaincodeId: object;
    readonly eventsBase64: string;
}

interface RecordedEvents {
    readonly blockNumber: number;
    readonly responseBase64?: string;
    readonly events: readonly object[];
}

interface RecordedResponse {
    readonly result?: RecordedResult | number;
    readonly blockNumber?: number;
    readonly preparedTransaction?: RecordedPrepared;
}

/** The client's library ended the call: its text is not the gateway's. */
const clientCodes: readonly number[] = [GrpcCode.CANCELLED, GrpcCode.DEADLINE_EXCEEDED];
const givenUp = { givenUp: true };
export const clientGaveUp = (): object => givenUp;

/** What a recorded call came to. */
export function recordedOutcome(call: RecordedGatewayCall): object {
    const { method, response, responses, error, end, options } = call;
    if (error && options && clientCodes.includes(error.code)) return givenUp;
    if (error) return failure(error);
    if (method === 'ChaincodeEvents') {
        const blocks = (responses as readonly RecordedEvents[]).map(({ blockNumber, events }) => ({
            blockNumber,
            events,
        }));
        return { blocks, end: end?.code === undefined ? 'open' : failure(end as RecordedFailure) };
    }
    const { result, blockNumber, preparedTransaction } = response as RecordedResponse;
    if (method === 'Submit') return {};
    if (method === 'CommitStatus') return { result, blockNumber };
    if (preparedTransaction === undefined) return { result: recordedResult(call, result as RecordedResult) };
    const { result: endorsed, ...rest } = preparedTransaction;
    return { ...rest, endorsers: [...rest.endorsers].sort(), result: recordedResult(call, endorsed) };
}

function failure({ code, message, status }: RecordedFailure): object {
    const details = (status?.details ?? []).map(({ errorDetail }) => ({
        address: errorDetail?.address ?? '',
        mspId: errorDetail?.mspId ?? '',
        message: plain(errorDetail?.message ?? ''),
    }));
    return { code, message: plain(message), details: inAnyOrder(details) };
}

/** Which of several peers fails first is chance; that the gateway's own is the first is not. */
function inAnyOrder(details: readonly { readonly address: string }[]): readonly object[] {
    return [...details].sort((a, b) => (a.address < b.address ? -1 : 1));
}

/** Go writes the maps of a configuration in random order, so that of such an answer only the length is compared. */
const hasMaps = ({ request }: RecordedGatewayCall): boolean => request.chaincode === 'cscc';

function payloadFacts(call: RecordedGatewayCall, length: number, digest: string): object {
    return hasMaps(call) ? { length } : { length, sha256: digest };
}

function recordedResult(call: RecordedGatewayCall, { status, message, ...recorded }: RecordedResult): object {
    const { payloadText, payloadBase64, payloadLength, payloadSha256 } = recorded;
    const payload = payloadBase64 === undefined ? Buffer.from(payloadText ?? '') : Buffer.from(payloadBase64, 'base64');
    const length = payloadLength ?? payload.length;
    return { status, message, ...payloadFacts(call, length, payloadSha256 ?? sha256(payload).toString('hex')) };
}

export function refusal(error: unknown): object {
    if (!(error instanceof GrpcStatus)) throw error;
    const details = error.details.map(({ value }) => {
        const { address, mspId, message } = decode(gateway.ErrorDetail, asBuffer(value), 'ErrorDetail');
        return { address, mspId, message: plain(message) };
    });
    return { code: error.code, message: plain(error.message), details: inAnyOrder(details) };
}

/** What the engine answered to a call. */
export function answered(call: RecordedGatewayCall, bytes: Buffer): object {
    const { method } = call;
    if (method === 'Submit') return {};
    if (method === 'CommitStatus') {
        const { result, blockNumber } = decode(gateway.CommitStatusResponse, bytes, 'CommitStatusResponse');
        return { result, blockNumber };
    }
    if (method === 'Evaluate') {
        const { result } = decode(gateway.EvaluateResponse, bytes, 'EvaluateResponse');
        return { result: resultOf(call, result) };
    }
    return prepared(call, bytes);
}

function prepared(call: RecordedGatewayCall, bytes: Buffer): object {
    const { preparedTransaction } = decode(gateway.EndorseResponse, bytes, 'EndorseResponse');
    const transaction = new ParsedTransaction(encode(common.Envelope, preparedTransaction ?? {}));
    const { chaincodeAction, actionPayload, endorsements } = transaction;
    const { TransientMap } = decode(
        protos.ChaincodeProposalPayload,
        actionPayload.chaincodeProposalPayload,
        'ChaincodeProposalPayload',
    );
    const { name, version, path } = chaincodeAction.chaincodeId ?? {};
    return {
        signatureLength: asBuffer(preparedTransaction?.signature).length,
        endorsers: endorsements
            .map(({ endorser }) => decode(msp.SerializedIdentity, asBuffer(endorser), 'SerializedIdentity').mspid)
            .sort(),
        transientEntriesLeft: Object.keys(TransientMap).length,
        chaincodeId: { name: name ?? '', version: version ?? '', path: path ?? '' },
        eventsBase64: asBuffer(chaincodeAction.events).toString('base64'),
        result: resultOf(call, chaincodeAction.response),
    };
}

function resultOf(call: RecordedGatewayCall, response: protos.Response.$Properties | null | undefined): object {
    const { status, message, payload } = response ?? {};
    const bytes = asBuffer(payload);
    const facts = payloadFacts(call, bytes.length, sha256(bytes).toString('hex'));
    return { status: status ?? 0, message: message ?? '', ...facts };
}

export function eventBlock(bytes: Buffer): object {
    const { blockNumber, events } = decode(gateway.ChaincodeEventsResponse, bytes, 'ChaincodeEventsResponse');
    return {
        blockNumber,
        events: events.map(({ chaincodeId, txId, eventName, payload }) => ({
            chaincodeId: chaincodeId ?? '',
            txId: txId ?? '',
            eventName: eventName ?? '',
            payloadBase64: asBuffer(payload).toString('base64'),
        })),
    };
}

/** Texts of Go's protobuf library are not compared. */
const plain = (text: string): string => plainSpaces(text).replace(/(error unmarshalling \w+): .*$/, '$1');
