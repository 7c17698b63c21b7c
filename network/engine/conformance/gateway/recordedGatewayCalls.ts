// SPDX-License-Identifier: Apache-2.0
import { decode } from '../../src/wire/decode.js';
import { gateway, protos } from '../../src/wire/protobuf.js';
import { proposedAtMs, type RecordedProposals, type ReplayedProposal } from '../recordedProposals.js';
import { encode } from '../../src/wire/decode.js';
import { recordedAt } from '../recordedTime.js';
import type { Line, Recordings } from '../recordings.js';

type Method = 'Evaluate' | 'Endorse' | 'Submit' | 'CommitStatus' | 'ChaincodeEvents';

/** A call of the Gateway service as recorded. */
export interface RecordedGatewayCall {
    readonly id: string;
    readonly method: Method;
    /** Organisation whose peer was called. */
    readonly gateway: string;
    readonly options?: { readonly deadlineMs?: number; readonly cancelAfterMs?: number };
    readonly request: {
        readonly creator?: string;
        readonly identity?: string;
        readonly chaincode?: string;
        readonly args?: readonly string[];
        readonly transientKeys?: readonly string[];
        /** The proposal's; `channelId` is the request's. */
        readonly channel?: string;
        readonly channelId?: string;
        readonly transactionId?: string;
        readonly targetOrganizations?: readonly string[];
        readonly endorsingOrganizations?: readonly string[];
        readonly chaincodeId?: string;
        readonly startPosition?: number | string;
        readonly afterTransactionId?: string;
    };
    /** Left out of most calls that succeeded. */
    readonly requestBase64?: string;
    readonly response?: unknown;
    readonly responses?: readonly unknown[];
    readonly error?: RecordedFailure | null;
    readonly end?: (Partial<RecordedFailure> & { readonly stopped?: string }) | null;
}

export interface RecordedFailure {
    readonly code: number;
    readonly message: string;
    readonly status?: {
        readonly details?: readonly {
            readonly errorDetail?: { readonly address?: string; readonly mspId?: string; readonly message?: string };
        }[];
    } | null;
}

/** A recorded call and when it was made, as far as that is known: never before the calls above it. */
export type TimedCall = Line<RecordedGatewayCall> & { readonly sentAtMs: number };

export const gatewayFile = 'services/gateway.jsonl';
const plausibleMs = 900_000;

export function gatewayCalls(recordings: Recordings, proposals: RecordedProposals): TimedCall[] {
    const around = recordedAt(recordings).getTime();
    const calls = recordings
        .lines<RecordedGatewayCall>(gatewayFile)
        .map((call) => ({ ...call, sentAtMs: sentAtMs(call.value, proposals) }));
    // Proposals with a wrong time were recorded too.
    const isPlausible = (timeMs: number): boolean => Math.abs(timeMs - around) < plausibleMs;
    let latest = calls.find((call) => isPlausible(call.sentAtMs))?.sentAtMs ?? around;
    return calls.map((call) => {
        if (isPlausible(call.sentAtMs)) latest = Math.max(latest, call.sentAtMs);
        return { ...call, sentAtMs: latest };
    });
}

function sentAtMs(call: RecordedGatewayCall, proposals: RecordedProposals): number {
    if (call.method !== 'Evaluate' && call.method !== 'Endorse') return 0;
    const kept = keptProposal(call);
    if (kept !== undefined) return proposedAtMs(encode(protos.SignedProposal, kept));
    return proposals.proposedAtMs(call.request.transactionId ?? '');
}

/** The proposal of an Evaluate or Endorse request, with the client's own bytes where they were kept. */
export function proposalOf({ value, sentAtMs: time }: TimedCall, proposals: RecordedProposals): ReplayedProposal {
    const { request } = value;
    const kept = keptProposal(value);
    const transaction = proposals.transaction(request.transactionId ?? '');
    if (kept !== undefined) {
        return { signed: kept, txId: request.transactionId ?? '', ...(transaction && { transaction }) };
    }
    return proposals.make({
        txId: request.transactionId ?? '',
        creator: request.creator ?? '',
        channelId: request.channel ?? request.channelId ?? '',
        chaincode: request.chaincode ?? '',
        args: (request.args ?? []).map((argument) => Buffer.from(argument)),
        transientKeys: request.transientKeys ?? [],
        sentAt: new Date(time),
    });
}

function keptProposal({ method, requestBase64 }: RecordedGatewayCall): protos.SignedProposal.$Properties | undefined {
    if (requestBase64 === undefined) return undefined;
    const bytes = Buffer.from(requestBase64, 'base64');
    // Evaluate and Endorse have their proposal in one place.
    return method === 'Evaluate' || method === 'Endorse'
        ? (decode(gateway.EvaluateRequest, bytes, 'request').proposedTransaction ?? undefined)
        : undefined;
}
