// SPDX-License-Identifier: Apache-2.0
import { refuse } from '../error/domainError.js';
import type { Quantity } from '../money/quantity.js';
import type { Intent } from './intent.js';

/** Intents that share a counter are executed one after the other, each once. Throws NONCE_MISMATCH. */
export function checkNonce({ wallet, nonce }: Intent, last: Quantity<'count'>): void {
    const expected = last + 1n;
    if (nonce !== expected) {
        refuse('NONCE_MISMATCH', { walletId: wallet, nonce: nonce.toString(), expected: expected.toString() });
    }
}

/** An intent that spends from no pocket and changes no wallet has no turn to keep. Throws NONCE_MISMATCH. */
export function checkNoNonce({ wallet, nonce }: Intent): void {
    if (nonce !== 0n) refuse('NONCE_MISMATCH', { walletId: wallet, nonce: nonce.toString(), expected: '0' });
}
