// SPDX-License-Identifier: Apache-2.0
import { type Decoded, nullable } from '../encoding/codec.js';
import { refuse } from '../error/domainError.js';
import { checkGuardianship, guardianship } from './guardianship.js';
import { type Intent, intentOf } from './intent.js';
import { checkNonce } from './nonce.js';
import { checkWalletKeys, walletKeys } from './walletKeys.js';
import type { Wallet } from './walletRecords.js';

/** What the holder signs to replace the wallet's keys. */
export const rotateKeysIntent = intentOf('rotate-keys', { keys: walletKeys });
export type RotateKeysIntent = Decoded<typeof rotateKeysIntent>;

/** What the holder signs to name guardians, or with null to have none. */
export const setGuardiansIntent = intentOf('set-guardians', { guardians: nullable(guardianship) });
export type SetGuardiansIntent = Decoded<typeof setGuardiansIntent>;

/** What the holder signs to close the wallet. */
export const closeWalletIntent = intentOf('close-wallet', {});
export type CloseWalletIntent = Decoded<typeof closeWalletIntent>;

/** No funds move: balances are kept under the wallet's id, not under its keys. */
export function rotateKeys(wallet: Wallet, intent: RotateKeysIntent): Wallet {
    const changed = nextChange(wallet, intent);
    checkWalletKeys(intent.keys);
    return { ...changed, keys: intent.keys };
}

export function setGuardians(wallet: Wallet, intent: SetGuardiansIntent): Wallet {
    const changed = nextChange(wallet, intent);
    if (intent.guardians !== null) checkGuardianship(wallet.walletId, intent.guardians);
    return { ...changed, guardians: intent.guardians };
}

/** From now on nobody can pay into it; what it holds is still its holder's to spend. */
export function closeWallet(wallet: Wallet, intent: CloseWalletIntent): Wallet {
    if (wallet.state === 'closed') refuse('WALLET_CLOSED', { walletId: wallet.walletId });
    return { ...nextChange(wallet, intent), state: 'closed' };
}

function nextChange(wallet: Wallet, intent: Intent): Wallet {
    checkNonce(intent, wallet.changeCount);
    return { ...wallet, changeCount: intent.nonce };
}
