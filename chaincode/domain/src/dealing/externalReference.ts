// SPDX-License-Identifier: Apache-2.0
import { type Decoded, object, oneOf } from '../encoding/codec.js';
import { type ExternalReference, type HolderId, holdId, walletId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import { assetCode } from '../money/asset.js';

/** What a dealer used a reference of the world outside for: once, whatever became of it. */
export const referenceUse = object({
    kind: oneOf(['deposit', 'withdrawal']),
    asset: assetCode,
    /** Whose hold it is: the dealer's wallet of a deposit, the customer's of a withdrawal. */
    wallet: walletId,
    holdId,
});
export type ReferenceUse = Decoded<typeof referenceUse>;

/** One movement outside is one movement here. Throws EXTERNAL_REFERENCE_USED. */
export function checkUnused(dealer: HolderId, reference: ExternalReference, earlier: ReferenceUse | undefined): void {
    if (earlier === undefined) return;
    refuse('EXTERNAL_REFERENCE_USED', { dealer, reference, walletId: earlier.wallet, holdId: earlier.holdId });
}
