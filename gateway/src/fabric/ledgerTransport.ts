// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import { type Contract, type Transaction } from '@hyperledger/fabric-gateway';
import { deliveryOf } from '@power-currency/domain';
import { Failure, isFailure } from '../application/failure.js';
import { type Committed, type LedgerTransport } from '../application/ports.js';
import { type PeerSession } from './connection.js';
import { endorseTrouble, evaluateTrouble } from './gatewayErrors.js';
import { orderTransaction, type Outcome } from './ordering.js';
import { pauseMs, submitPolicy } from './submitPolicy.js';
import { type TroubleKind } from './trouble.js';

export interface LedgerTransportOptions {
    /** Sessions with peers of the own organisation, the preferred one first. At least one. */
    readonly sessions: readonly [PeerSession, ...PeerSession[]];
    readonly channel: string;
    readonly chaincode: string;
    /**
     * MSP ids to endorse in parallel. Empty: the peer endorses first and then asks whom the policy needs. A confidential
     * transaction goes to the endorsers of its collection, and never to others.
     */
    readonly endorsingOrganizations?: readonly string[];
    /** MSP ids whose peers may answer queries. Empty: the peer prefers its own. */
    readonly queryOrganizations?: readonly string[];
}

/** Carries requests to the chaincode through a member's peers, and overcomes what can be overcome. */
export function createLedgerTransport(options: LedgerTransportOptions): LedgerTransport {
    return {
        submit: (transaction, request) => submit(options, transaction, request),
        evaluate: (transaction, request) => evaluate(options, transaction, request),
    };
}

async function submit(options: LedgerTransportOptions, name: string, request: string): Promise<Committed<string>> {
    const startedAt = performance.now();
    const seen: TroubleKind[] = [];
    for (let attempts = 1; ; attempts++) {
        const outcome = await attemptOnce(options, { name, request, seen });
        if (!('kind' in outcome)) {
            return { ...outcome, attempts, latencyMs: performance.now() - startedAt };
        }
        const { kind, error } = outcome;
        seen.push(kind);
        await pauseOrGiveUp(kind, error, seen);
    }
}

/** Each kind has its own budget, so that a lost peer does not use up the patience for conflicts. */
async function pauseOrGiveUp(kind: TroubleKind, error: Error, seen: readonly TroubleKind[]): Promise<void> {
    const rule = submitPolicy[kind];
    const attempts = seen.filter((one) => one === kind).length;
    if (rule.then !== 'newTransaction' || attempts >= rule.attemptsMax) {
        throw withAttempts(error, attempts);
    }
    await sleep(pauseMs(rule, attempts, Math.random()));
}

interface Request {
    readonly name: string;
    readonly request: string;
    /** What went wrong before. */
    readonly seen: readonly TroubleKind[];
}

async function attemptOnce(options: LedgerTransportOptions, { name, request, seen }: Request): Promise<Outcome> {
    const session = sessionAfter(options, seen);
    const { argument, transient, endorsers } = deliveryOf(name, request);
    const endorsingOrganizations = endorsers ?? organizationsAfter(options, seen);
    const proposal = contractOf(session, options).newProposal(name, {
        arguments: [argument],
        ...(transient === undefined ? {} : { transientData: { ...transient } }),
        ...(endorsingOrganizations.length > 0 ? { endorsingOrganizations: [...endorsingOrganizations] } : {}),
    });
    let transaction: Transaction;
    try {
        transaction = await proposal.endorse();
    } catch (error) {
        return endorseTrouble(error, session.peer, endorsingOrganizations.length);
    }
    const sessions = [session, ...options.sessions.filter((other) => other !== session)];
    return orderTransaction({ sessions, channel: options.channel }, transaction);
}

/** Another peer of the organisation takes over when one cannot be reached. */
function sessionAfter({ sessions }: LedgerTransportOptions, seen: readonly TroubleKind[]): PeerSession {
    const lost = seen.filter((kind) => kind === 'peerUnreachable' || kind === 'tooLate').length;
    return sessions[lost % sessions.length] ?? sessions[0];
}

/** Naming the organisations is faster; leaving the choice to the peer finds a way round a lost one. */
function organizationsAfter(options: LedgerTransportOptions, seen: readonly TroubleKind[]): readonly string[] {
    return seen.some((kind) => kind === 'endorserLost' || kind === 'peerUnreachable')
        ? []
        : (options.endorsingOrganizations ?? []);
}

async function evaluate(options: LedgerTransportOptions, name: string, request: string): Promise<string> {
    const { queryOrganizations = [] } = options;
    const seen: TroubleKind[] = [];
    for (;;) {
        const session = sessionAfter(options, seen);
        try {
            const result = await contractOf(session, options).evaluate(name, {
                arguments: [request],
                ...(queryOrganizations.length > 0 ? { endorsingOrganizations: [...queryOrganizations] } : {}),
            });
            return decode(result);
        } catch (error) {
            const trouble = evaluateTrouble(error, session.peer);
            seen.push(trouble.kind);
            await pauseOrGiveUp(trouble.kind, trouble.error, seen);
        }
    }
}

function contractOf({ gateway }: PeerSession, { channel, chaincode }: LedgerTransportOptions): Contract {
    return gateway.getNetwork(channel).getContract(chaincode);
}

function decode(bytes: Uint8Array): string {
    return Buffer.from(bytes).toString('utf8');
}

/** The attempts are known only here, where the loop ends. */
function withAttempts(error: Error, attempts: number): Error {
    if (isFailure(error, 'FABRIC_UNAVAILABLE')) {
        return new Failure('FABRIC_UNAVAILABLE', { ...error.details, attempts }, { cause: error });
    }
    if (isFailure(error, 'FABRIC_CONFLICT_PERSISTS')) {
        return new Failure('FABRIC_CONFLICT_PERSISTS', { ...error.details, attempts }, { cause: error });
    }
    return error;
}
