// SPDX-License-Identifier: Apache-2.0
import type { CreditId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import { addMoney, subtractMoney } from '../money/money.js';
import type { Quantity } from '../money/quantity.js';
import type { VerifyEd25519 } from '../signature/primitives.js';
import type { Instant } from '../time/ledgerClock.js';
import { foldCredits, type NamedCredit } from './foldCredits.js';
import { type TransferIntent, transferIntentBytes } from './transferIntent.js';
import type { PendingCredit, Pocket, TransferReceipt, Wallet } from './walletRecords.js';

/** Longest time a signed intent may stay valid, in seconds: one day. */
const intentLifetimeSecondsMax = 86_400n;

/** A transfer command with everything the ledger holds that bears on it. */
export interface TransferCase {
    readonly intent: TransferIntent;
    readonly signature: Uint8Array;
    readonly network: string;
    readonly channel: string;
    readonly payer: { readonly wallet: Wallet; readonly pocket: Pocket } | undefined;
    readonly payee: Wallet | undefined;
    readonly folds: readonly NamedCredit[];
    readonly creditId: CreditId;
    readonly now: Instant;
    readonly verify: VerifyEd25519;
}

export interface TransferDecision {
    readonly pocket: Pocket;
    readonly credit: PendingCredit;
    readonly folded: bigint;
    readonly receipt: TransferReceipt;
}

/** Pays on a signed intent; guards in the documented order. */
export function transfer(facts: TransferCase): TransferDecision {
    const { intent, creditId } = facts;
    checkBinding(facts);
    if (intent.from === intent.to) refuse('TRANSFER_TO_SELF', { walletId: intent.from });
    const payer = facts.payer ?? refuse('WALLET_NOT_FOUND', { walletId: intent.from });
    if (facts.payee === undefined) refuse('WALLET_NOT_FOUND', { walletId: intent.to });
    if (!facts.verify(payer.wallet.publicKey, transferIntentBytes(intent), facts.signature)) {
        refuse('INTENT_SIGNATURE_INVALID', { walletId: intent.from });
    }
    checkExpiry(intent, facts.now);
    checkNonce(intent, payer.pocket);
    const folded = foldCredits(intent.from, facts.folds);
    const balance = addMoney(payer.pocket.balance, folded);
    const rest =
        subtractMoney(balance, intent.amount) ??
        refuse('INSUFFICIENT_FUNDS', {
            walletId: intent.from,
            balance: balance.toString(),
            amount: intent.amount.toString(),
        });
    const { from, to, asset, amount, nonce } = intent;
    return {
        pocket: { balance: rest, nonce },
        credit: { amount, origin: 'transfer', from },
        folded,
        receipt: { from, to, asset, amount, nonce, creditId, balance: rest },
    };
}

function checkBinding({ intent, network, channel }: TransferCase): void {
    if (intent.network !== network) {
        refuse('INTENT_NETWORK_MISMATCH', { network: intent.network, expected: network });
    }
    if (intent.channel !== channel) {
        refuse('INTENT_CHANNEL_MISMATCH', { channel: intent.channel, expected: channel });
    }
}

/** An intent is valid in the half-open interval that ends at `expiresAt`. */
function checkExpiry(intent: TransferIntent, now: Instant): void {
    const expiresAt = intent.expiresAt.toString();
    if (intent.expiresAt <= now) refuse('INTENT_EXPIRED', { expiresAt, now: now.toString() });
    const latest = now + intentLifetimeSecondsMax;
    if (intent.expiresAt > latest) refuse('INTENT_EXPIRY_TOO_FAR', { expiresAt, latest: latest.toString() });
}

function checkNonce(intent: TransferIntent, pocket: Pocket): void {
    const expected = (pocket.nonce + 1n) as Quantity<'count'>;
    if (intent.nonce !== expected) {
        refuse('NONCE_MISMATCH', {
            walletId: intent.from,
            nonce: intent.nonce.toString(),
            expected: expected.toString(),
        });
    }
}
