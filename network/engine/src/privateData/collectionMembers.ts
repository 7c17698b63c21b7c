// SPDX-License-Identifier: Apache-2.0
import type { MspManager } from '../identity/mspManager.js';
import type { Collection } from '../ledger/collections.js';
import { signaturePolicy } from '../policy/signaturePolicy.js';

/**
 * Whether an identity, whose signature was checked before, satisfies a collection's member policy. A policy that cannot
 * be evaluated has no members.
 */
export function isCollectionMember(
    { memberPolicy }: Collection,
    serializedIdentity: Uint8Array,
    msps: MspManager,
): boolean {
    const identity = msps.find(serializedIdentity);
    if (identity === undefined) return false;
    try {
        signaturePolicy(memberPolicy, msps).evaluateIdentities([identity]);
        return true;
    } catch {
        return false;
    }
}
