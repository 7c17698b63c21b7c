// SPDX-License-Identifier: Apache-2.0
import { refuse } from '../error/domainError.js';
import type { Money } from '../money/money.js';

/**
 * Large payments name the record under which the parties' institutions exchanged who they are (FATF recommendation 16).
 * `limit` 0 is none. Throws TRAVEL_RULE_REFERENCE_MISSING.
 */
export function checkTravelRule(limit: Money, amount: Money, reference: string | null): void {
    if (limit === 0n || amount <= limit || reference !== null) return;
    refuse('TRAVEL_RULE_REFERENCE_MISSING', { amount: amount.toString(), limit: limit.toString() });
}
