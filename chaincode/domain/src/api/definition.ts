// SPDX-License-Identifier: Apache-2.0
import type { Codec } from '../encoding/codec.js';
import type { ErrorCode } from '../error/errorDetails.js';
import type { EventType } from '../event/eventCatalogue.js';
import type { CallerRole } from '../registry/role.js';

/**
 * One transaction of the ledger. `errors` lists its own guards in the order in which they are tried, after the
 * {@link commonErrors} every transaction has.
 */
export interface TransactionDefinition<A = unknown, R = unknown> {
    readonly kind: 'submit' | 'evaluate';
    readonly summary: string;
    readonly arguments: Codec<A>;
    readonly result: Codec<R>;
    /** The caller needs one of these. */
    readonly roles: readonly CallerRole[];
    readonly errors: readonly ErrorCode[];
    readonly events: readonly EventType[];
    /** Its argument travels as transient data to the endorsers of the private data collection, and in no block. */
    readonly isConfidential?: boolean;
    /** Its intent takes the next turn of the wallet's own changes, and not that of a pocket. */
    readonly changesWallet?: boolean;
}

/** Tried before any transaction's own guards, in this order. */
export const commonErrors: readonly ErrorCode[] = [
    'ARGUMENT_TOO_LARGE',
    'INVALID_ARGUMENT',
    'CALLER_IDENTITY_INVALID',
    'CLOCK_SKEW',
    'CALLER_NOT_AUTHORISED',
];

/** Can end any submitting transaction: idempotency first, then what only a defect or a damaged ledger brings up. */
export const commonSubmitErrors: readonly ErrorCode[] = ['REQUEST_CONFLICT', 'STATE_CORRUPT', 'CONSERVATION_VIOLATED'];

/** A transaction that changes the ledger; its arguments carry a request id, or a signed intent that has one. */
export function submit<A, R>(
    definition: Omit<TransactionDefinition<A, R>, 'kind'>,
): TransactionDefinition<A, R> & { readonly kind: 'submit' } {
    return { kind: 'submit', ...definition };
}

/** A query: open to every reader, the regulator included. */
export function evaluate<A, R>(
    definition: Pick<TransactionDefinition<A, R>, 'summary' | 'arguments' | 'result' | 'errors'>,
): TransactionDefinition<A, R> & { readonly kind: 'evaluate' } {
    return { kind: 'evaluate', roles: ['reader'], events: [], ...definition };
}
