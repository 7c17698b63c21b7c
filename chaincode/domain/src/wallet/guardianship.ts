// SPDX-License-Identifier: Apache-2.0
import { type Decoded, integer, list, object } from '../encoding/codec.js';
import { holderOf, walletId, type WalletId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';

/** Most guardians a wallet may have. */
const guardianCountMax = 9;

/** Wallets whose holders together may give the wallet new keys: `threshold` of them, after a delay. */
export const guardianship = object({
    walletIds: list(walletId, guardianCountMax, 1),
    threshold: integer(1, guardianCountMax),
});
export type Guardianship = Decoded<typeof guardianship>;

/** Guardians are different holders, and none is the wallet's own. Throws GUARDIANS_INVALID. */
export function checkGuardianship(subject: WalletId, { walletIds, threshold }: Guardianship): void {
    const holders = new Set(walletIds.map(holderOf));
    const reason =
        holders.size < walletIds.length
            ? 'two guardians of one holder'
            : holders.has(holderOf(subject))
              ? 'a guardian of the same holder'
              : threshold > walletIds.length
                ? 'fewer guardians than have to agree'
                : undefined;
    if (reason !== undefined) refuse('GUARDIANS_INVALID', { walletId: subject, reason });
}
