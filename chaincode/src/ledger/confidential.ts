// SPDX-License-Identifier: Apache-2.0
import {
    type ArgumentsOf,
    checkPool,
    commercialCollection,
    commonErrors,
    confidentialArgument,
    DomainError,
    type ErrorCode,
    isDomainError,
    refuse,
    type TransactionName,
} from '@power-currency/domain';
import { type LedgerContext } from './ledgerContext.js';
import { submit, type SubmitSteps } from './ledgerContract.js';
import { privateTables } from './commercialTables.js';
import type { StateRef } from './stateTable.js';
import { tables } from './tables.js';

interface ConfidentialSteps<N extends TransactionName> extends SubmitSteps<N> {
    /** Records of the collection that are read before the decision. */
    readonly loadPrivately: (command: ArgumentsOf<N>) => readonly StateRef[];
}

/** Refusals whose details say nothing that is in the collection. */
const openErrors: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
    ...commonErrors,
    'REQUEST_CONFLICT',
    'CONFIDENTIAL_ARGUMENT_MISPLACED',
    'COLLECTION_PEER_NOT_MEMBER',
    'COLLECTION_CALLER_NOT_MEMBER',
]);

/**
 * Runs a submitting transaction whose argument came as transient data, and that reads and writes the private data
 * collection. Nothing of the argument leaves it but what the steps put into public records, result and events.
 */
export async function submitConfidentially<N extends TransactionName>(
    context: LedgerContext,
    name: N,
    request: string,
    steps: ConfidentialSteps<N>,
): Promise<string> {
    const { session, privateSession } = context;
    try {
        return await submit(context, name, argumentOf(context, name, request), {
            ...steps,
            decide: async (command, caller) => {
                checkCollection(context, commercialCollection.endorsers);
                await privateSession.load(steps.loadPrivately(command));
                const decision = await steps.decide(command, caller);
                checkPool(session.changesOf(tables.poolShare), privateSession.changesOf(privateTables.parcel));
                await privateSession.flush();
                return decision;
            },
        });
    } catch (thrown) {
        throw withoutDetails(name, thrown);
    }
}

/** Another error, so that neither the peer's log nor the process's shows details by way of the text or the cause. */
function withoutDetails(transaction: string, thrown: unknown): Error {
    if (!isDomainError(thrown)) return new Error('a confidential transaction failed');
    if (openErrors.has(thrown.code)) return thrown;
    return new DomainError('CONFIDENTIAL_REFUSED', { transaction, reason: thrown.code });
}

/** Throws unless the collection's clear text is on this peer and the caller may see it. */
export function checkCollection(
    { platform, clientIdentity }: LedgerContext,
    peers: readonly string[] = commercialCollection.members,
): void {
    const { name: collection, members } = commercialCollection;
    const { peerMspId } = platform;
    if (!peers.includes(peerMspId)) refuse('COLLECTION_PEER_NOT_MEMBER', { collection, mspId: peerMspId });
    const mspId = clientIdentity.getMSPID();
    if (!members.some((member) => member === mspId)) refuse('COLLECTION_CALLER_NOT_MEMBER', { collection, mspId });
}

/** An argument in the wrong place is refused before it gets into a block. */
function argumentOf({ stub }: LedgerContext, transaction: string, request: string): string {
    const bytes = stub.getTransient().get(confidentialArgument);
    if (bytes === undefined || request !== '{}') refuse('CONFIDENTIAL_ARGUMENT_MISPLACED', { transaction });
    return Buffer.from(bytes).toString();
}
