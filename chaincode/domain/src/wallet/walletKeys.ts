// SPDX-License-Identifier: Apache-2.0
import { postQuantumKey, publicKey } from '../encoding/byteCodec.js';
import { hex } from '../encoding/bytes.js';
import { type Decoded, integer, list, nullable, object } from '../encoding/codec.js';
import { refuse } from '../error/domainError.js';
import { checkPublicKey } from '../signature/ed25519Key.js';

/** Most keys a wallet may have. */
export const walletKeyCountMax = 16;

/**
 * Who signs for a wallet: `threshold` of the Ed25519 keys and, where one is registered, the ML-DSA-65 key as well, so
 * that neither a broken curve nor a broken lattice suffices to spend (Q47).
 */
export const walletKeys = object({
    publicKeys: list(publicKey, walletKeyCountMax, 1),
    threshold: integer(1, walletKeyCountMax),
    postQuantumKey: nullable(postQuantumKey),
});
export type WalletKeys = Decoded<typeof walletKeys>;

/** Checks keys before they are registered. Throws KEY_REPEATED, KEYS_TOO_FEW or what makes a key unsafe. */
export function checkWalletKeys({ publicKeys, threshold }: WalletKeys): void {
    const seen = new Set<string>();
    for (const key of publicKeys) {
        checkPublicKey(key);
        if (seen.has(hex(key))) refuse('KEY_REPEATED', { publicKey: hex(key) });
        seen.add(hex(key));
    }
    if (threshold > publicKeys.length) refuse('KEYS_TOO_FEW', { threshold, keyCount: publicKeys.length });
}
