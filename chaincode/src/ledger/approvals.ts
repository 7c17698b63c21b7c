// SPDX-License-Identifier: Apache-2.0
import {
    type Approval,
    type ArgumentsOf,
    type DomainEvent,
    encodeArguments,
    hex,
    type Money,
    takeApproval,
    useApproval,
} from '@power-currency/domain';
import { parametersOf } from './basis.js';
import type { LedgerContext } from './ledgerContext.js';
import { refTo, type StateRef } from './stateTable.js';
import { parametersRef, tables } from './tables.js';

type FourEyes = Approval['transaction'];

export const approvalRef = (commandDigest: Uint8Array): StateRef<Approval> =>
    refTo(tables.approval, hex(commandDigest));

/** What {@link approved} needs loaded. */
export function approvalRefs<N extends FourEyes>(
    context: LedgerContext,
    name: N,
    command: ArgumentsOf<N>,
): readonly StateRef[] {
    return [parametersRef, approvalRef(digestOf(context, name, command))];
}

/** Above the limit, uses up the approval of exactly this command. */
export function approved<N extends FourEyes>(
    context: LedgerContext,
    name: N,
    command: ArgumentsOf<N>,
    amount: Money,
): readonly DomainEvent[] {
    const { session, now } = context;
    const commandDigest = digestOf(context, name, command);
    const ref = approvalRef(commandDigest);
    const limit = parametersOf(session).fourEyesLimit;
    const used = useApproval({ amount, limit, commandDigest, existing: session.get(ref), now });
    return used === undefined ? [] : [use(context, name, ref, used)];
}

/** Uses up the approval of exactly this command, whatever its size. */
export function approvedByTwo<N extends FourEyes>(
    context: LedgerContext,
    name: N,
    command: ArgumentsOf<N>,
): readonly DomainEvent[] {
    const { session, now } = context;
    const commandDigest = digestOf(context, name, command);
    const ref = approvalRef(commandDigest);
    return [use(context, name, ref, takeApproval({ commandDigest, existing: session.get(ref), now }))];
}

function use({ session }: LedgerContext, transaction: FourEyes, ref: StateRef<Approval>, used: Approval): DomainEvent {
    session.put(ref, used);
    const { commandDigest, proposedBy } = used;
    return { type: 'ApprovalUsed', commandDigest, transaction, by: proposedBy.participantId };
}

function digestOf<N extends FourEyes>({ platform }: LedgerContext, name: N, command: ArgumentsOf<N>): Uint8Array {
    return platform.primitives.sha256(Buffer.from(`${name} ${encodeArguments(name, command)}`));
}
