// SPDX-License-Identifier: Apache-2.0
import {
    commonErrors,
    commonSubmitErrors,
    eventName,
    isDomainError,
    isTransactionName,
    parseErrorText,
    parseEventEnvelope,
    transactionDefinition,
} from '@power-currency/domain';
import type { Answer } from './simulatedMember.js';

/** A refusal that the table of transactions does not list is a defect, of the code or of the table. */
export function refusalListed(transaction: string, message: string): Error {
    const refusal = parseErrorText(message);
    if (refusal === undefined || !isTransactionName(transaction)) return refusal ?? new Error(message);
    const listed = [...commonErrors, ...commonSubmitErrors, ...transactionDefinition(transaction).errors];
    const reason = isDomainError(refusal, 'CONFIDENTIAL_REFUSED') ? refusal.details.reason : refusal.code;
    const isListed = [refusal.code, reason].every((code) => listed.some((known) => known === code));
    return isListed ? refusal : new Error(`${transaction} lists no refusal ${refusal.code} ${reason}`);
}

/** Throws for an event that the table of transactions does not list. */
export function checkEventsListed(transaction: string, { event }: Answer): void {
    if (event === undefined || !isTransactionName(transaction)) return;
    if (event.name !== eventName) throw new Error(`${transaction} set an event named ${event.name}`);
    const { events } = transactionDefinition(transaction);
    const unlisted = parseEventEnvelope(event.payload.toString()).events.find(({ type }) => !events.includes(type));
    if (unlisted !== undefined) throw new Error(`${transaction} lists no event ${unlisted.type}`);
}
