// SPDX-License-Identifier: Apache-2.0
import { type Decoded, integer, list, nullable, object } from '../encoding/codec.js';
import { holderOf, walletId, type WalletId } from '../encoding/identifier.js';
import { count } from '../encoding/quantityCodec.js';
import { refuse } from '../error/domainError.js';

/** Most guardians a wallet may have. */
const guardianCountMax = 9;

/** Longest time a recovery may have to wait, in seconds: thirty days. */
const delaySecondsMax = 2_592_000n;

/**
 * Wallets whose holders together may give the wallet new keys: `threshold` of them, after a delay. How long is the
 * holder's to say, at most thirty days; null is the governed `guardianDelaySeconds`. A client's clock may be 300 seconds
 * ahead of the endorsers', so a delay can turn out that much shorter.
 */
export const guardianship = object({
    walletIds: list(walletId, guardianCountMax, 1),
    threshold: integer(1, guardianCountMax),
    delaySeconds: nullable(count),
});
export type Guardianship = Decoded<typeof guardianship>;

/** Guardians are different holders, and none is the wallet's own. Throws GUARDIANS_INVALID. */
export function checkGuardianship(subject: WalletId, { walletIds, threshold, delaySeconds }: Guardianship): void {
    const holders = new Set(walletIds.map(holderOf));
    const reason =
        holders.size < walletIds.length
            ? 'two guardians of one holder'
            : holders.has(holderOf(subject))
              ? 'a guardian of the same holder'
              : threshold > walletIds.length
                ? 'fewer guardians than have to agree'
                : delaySeconds !== null && delaySeconds > delaySecondsMax
                  ? 'a delay of more than thirty days'
                  : undefined;
    if (reason !== undefined) refuse('GUARDIANS_INVALID', { walletId: subject, reason });
}
