// SPDX-License-Identifier: Apache-2.0
import { hex } from '../encoding/bytes.js';
import { refuse } from '../error/domainError.js';
import type { VerifyEd25519, VerifyMlDsa65 } from '../signature/primitives.js';
import type { Instant } from '../time/ledgerClock.js';
import type { Authorisation, Intent } from './intent.js';
import type { Wallet } from './walletRecords.js';

/** Longest time a signed intent may stay valid, in seconds: one day. */
const intentLifetimeSecondsMax = 86_400n;

/** Where and when an intent is executed. */
export interface IntentPlace {
    readonly network: string;
    readonly channel: string;
    readonly now: Instant;
}

/** A signed intent with what the ledger knows of the wallet it is to move. */
export interface AuthorisationCase {
    readonly intent: Intent;
    /** What was signed. */
    readonly message: Uint8Array;
    readonly authorisation: Authorisation;
    readonly wallet: Wallet | undefined;
    readonly place: IntentPlace;
    readonly verifyEd25519: VerifyEd25519;
    readonly verifyMlDsa65: VerifyMlDsa65;
}

/** The wallet, if its keys say so here and now: the submitter has no say in it. Guards in the documented order. */
export function authoriseIntent(facts: AuthorisationCase): Wallet {
    const { intent, place } = facts;
    if (intent.network !== place.network) {
        refuse('INTENT_NETWORK_MISMATCH', { network: intent.network, expected: place.network });
    }
    if (intent.channel !== place.channel) {
        refuse('INTENT_CHANNEL_MISMATCH', { channel: intent.channel, expected: place.channel });
    }
    const wallet = facts.wallet ?? refuse('WALLET_NOT_FOUND', { walletId: intent.wallet });
    checkSignatures(wallet, facts);
    checkPostQuantum(wallet, facts);
    checkExpiry(intent, place.now);
    return wallet;
}

function checkSignatures(wallet: Wallet, { message, authorisation, verifyEd25519 }: AuthorisationCase): void {
    const { walletId, keys } = wallet;
    const known = new Set(keys.publicKeys.map(hex));
    const signed = new Set<string>();
    for (const { publicKey, signature } of authorisation.signatures) {
        const key = hex(publicKey);
        if (!known.has(key)) refuse('INTENT_KEY_UNKNOWN', { walletId, publicKey: key });
        if (signed.has(key)) refuse('INTENT_SIGNATURE_REPEATED', { walletId, publicKey: key });
        if (!verifyEd25519(publicKey, message, signature)) refuse('INTENT_SIGNATURE_INVALID', { walletId });
        signed.add(key);
    }
    if (signed.size < keys.threshold) {
        refuse('INTENT_SIGNATURES_INSUFFICIENT', { walletId, signatures: signed.size, required: keys.threshold });
    }
}

/** A signature for a key that is not registered is refused too: nobody can tell what it was meant to prove. */
function checkPostQuantum(
    { walletId, keys }: Wallet,
    { message, authorisation, verifyMlDsa65 }: AuthorisationCase,
): void {
    const { postQuantum } = authorisation;
    if (keys.postQuantumKey === null && postQuantum === null) return;
    const isValid =
        keys.postQuantumKey !== null &&
        postQuantum !== null &&
        verifyMlDsa65(keys.postQuantumKey, message, postQuantum);
    if (!isValid) refuse('INTENT_POST_QUANTUM_INVALID', { walletId, isKeyRegistered: keys.postQuantumKey !== null });
}

/** An intent is valid in the half-open interval that ends at `expiresAt`. */
function checkExpiry(intent: Intent, now: Instant): void {
    const expiresAt = intent.expiresAt.toString();
    if (intent.expiresAt <= now) refuse('INTENT_EXPIRED', { expiresAt, now: now.toString() });
    const latest = now + intentLifetimeSecondsMax;
    if (intent.expiresAt > latest) refuse('INTENT_EXPIRY_TOO_FAR', { expiresAt, latest: latest.toString() });
}
