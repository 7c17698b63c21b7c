// SPDX-License-Identifier: Apache-2.0
import { type Codec, type Decoded, list, object } from '../encoding/codec.js';
import { creditId } from '../encoding/identifier.js';
import type { ErrorCode } from '../error/errorDetails.js';
import { authorisation, type Intent } from '../wallet/intent.js';

/** The arguments of a transaction that moves a wallet: what its holder signed, and the signatures. */
export function signedIntent<I extends Intent>(
    intent: Codec<I>,
): Codec<{ readonly intent: I; readonly authorisation: Decoded<typeof authorisation> }> {
    return object({ intent, authorisation });
}

/** Most pending credits a spending takes in on its way. */
const foldIdsMax = 64;

/**
 * The arguments of a transaction that spends from a pocket. Which pending credits are taken in on the way is the
 * submitter's choice: it is not signed, and may differ from try to try.
 */
export function signedSpending<I extends Intent>(
    intent: Codec<I>,
): Codec<{
    readonly intent: I;
    readonly authorisation: Decoded<typeof authorisation>;
    readonly foldIds: readonly Decoded<typeof creditId>[];
}> {
    return object({ intent, authorisation, foldIds: list(creditId, foldIdsMax) });
}

/** Guards of every signed intent, in order. */
export const intentErrors: readonly ErrorCode[] = [
    'INTENT_NETWORK_MISMATCH',
    'INTENT_CHANNEL_MISMATCH',
    'WALLET_NOT_FOUND',
    'INTENT_KEY_UNKNOWN',
    'INTENT_SIGNATURE_REPEATED',
    'INTENT_SIGNATURE_INVALID',
    'INTENT_SIGNATURES_INSUFFICIENT',
    'INTENT_POST_QUANTUM_INVALID',
    'INTENT_EXPIRED',
    'INTENT_EXPIRY_TOO_FAR',
];

/** Guards of whoever is paid in an asset that every ledger has, in order. */
export const builtInPayeeErrors: readonly ErrorCode[] = ['WALLET_NOT_FOUND', 'WALLET_CLOSED', 'SANCTIONED'];

/** Guards of whoever is paid in any asset, and of whoever pays, in order. */
export const payeeErrors: readonly ErrorCode[] = [
    ...builtInPayeeErrors,
    'WALLET_FROZEN',
    'ASSET_NOT_FOUND',
    'ASSET_NOT_ACTIVE',
    'ASSET_NOT_ALLOWED',
    'TIER_TOO_LOW',
    'ASSET_NOT_TRANSFERABLE',
];

/** Guards of whoever pays, in order. */
export const payerErrors: readonly ErrorCode[] = ['SANCTIONED', 'WALLET_FROZEN'];

/** Guards of money leaving a pocket, in order. */
export const spendErrors: readonly ErrorCode[] = [
    'ASSET_NOT_FOUND',
    ...payerErrors,
    'TRANSACTION_LIMIT_EXCEEDED',
    'DAILY_LIMIT_EXCEEDED',
    'ASSET_NOT_ACTIVE',
    'NONCE_MISMATCH',
    'PENDING_CREDIT_REPEATED',
    'PENDING_CREDIT_NOT_FOUND',
    'AMOUNT_OVERFLOW',
    'INSUFFICIENT_FUNDS',
];

/** Guards of an entity that acts by its credential, in order. */
export const credentialErrors: readonly ErrorCode[] = [
    'CREDENTIAL_MISSING',
    'CREDENTIAL_REVOKED',
    'CREDENTIAL_EXPIRED',
];

/** Guards of what takes four eyes, in order. */
export const approvalErrors: readonly ErrorCode[] = ['APPROVAL_NOT_FOUND', 'APPROVAL_NOT_IN_STATE'];
