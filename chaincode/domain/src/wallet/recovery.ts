// SPDX-License-Identifier: Apache-2.0
import { canonicalJson } from '../encoding/canonicalJson.js';
import { type Decoded, list, nullable, object, oneOf } from '../encoding/codec.js';
import { recoveryId, type RecoveryId, walletId, type WalletId } from '../encoding/identifier.js';
import { count, instant } from '../encoding/quantityCodec.js';
import { refuse } from '../error/domainError.js';
import type { Quantity } from '../money/quantity.js';
import type { Instant } from '../time/ledgerClock.js';
import { intentOf } from './intent.js';
import { checkWalletKeys, type WalletKeys, walletKeys } from './walletKeys.js';
import type { Wallet } from './walletRecords.js';

/**
 * New keys for a wallet whose old ones are lost: collecting the guardians' approvals, then waiting while the old keys
 * can veto, then completed. One that was started before the wallet's last change can no longer be completed.
 */
export const recovery = object({
    recoveryId,
    walletId,
    keys: walletKeys,
    approvals: list(walletId, 9),
    /** Changes the wallet had seen when the recovery began. */
    changeCount: count,
    state: oneOf(['collecting', 'waiting', 'vetoed', 'completed']),
    /** When the veto ends; null while approvals are missing. */
    readyAt: nullable(instant),
});
export type Recovery = Decoded<typeof recovery>;

/** What a guardian signs, with its own wallet's keys, to give another wallet new ones. */
export const approveRecoveryIntent = intentOf('approve-recovery', {
    subject: walletId,
    recoveryId,
    keys: walletKeys,
});
export type ApproveRecoveryIntent = Decoded<typeof approveRecoveryIntent>;

/** What the holder signs, with the wallet's present keys, to end a recovery. */
export const vetoRecoveryIntent = intentOf('veto-recovery', { recoveryId });
export type VetoRecoveryIntent = Decoded<typeof vetoRecoveryIntent>;

export interface RecoveryApproval {
    readonly intent: ApproveRecoveryIntent;
    readonly subject: Wallet | undefined;
    readonly existing: Recovery | undefined;
    /** The governed delay, where the holder did not say. */
    readonly delaySeconds: bigint;
    readonly now: Instant;
}

/** One guardian's approval; the first begins the recovery, the last needed starts the delay. */
export function approveRecovery({ intent, subject, existing, delaySeconds, now }: RecoveryApproval): Recovery {
    const wallet = subject ?? refuse('WALLET_NOT_FOUND', { walletId: intent.subject });
    const guardian = intent.wallet;
    if (wallet.guardians?.walletIds.includes(guardian) !== true) {
        refuse('GUARDIAN_NOT_NAMED', { walletId: wallet.walletId, guardian });
    }
    const begun = existing ?? newRecovery(wallet, intent);
    checkCollecting(begun, wallet, intent.keys);
    if (begun.approvals.includes(guardian))
        refuse('RECOVERY_APPROVED_ALREADY', { recoveryId: begun.recoveryId, guardian });
    const approvals = [...begun.approvals, guardian];
    if (approvals.length < wallet.guardians.threshold) return { ...begun, approvals };
    return {
        ...begun,
        approvals,
        state: 'waiting',
        readyAt: (now + (wallet.guardians.delaySeconds ?? delaySeconds)) as Quantity<'second'>,
    };
}

/** The holder is still there: the recovery ends, whatever the guardians say. */
export function vetoRecovery(walletId: WalletId, id: RecoveryId, existing: Recovery | undefined): Recovery {
    const found = existing ?? refuse('RECOVERY_NOT_FOUND', { walletId, recoveryId: id });
    if (found.state !== 'collecting' && found.state !== 'waiting') {
        refuse('RECOVERY_ENDED', { recoveryId: id, state: found.state });
    }
    return { ...found, state: 'vetoed', readyAt: null };
}

export interface RecoveryCompletion {
    readonly walletId: WalletId;
    readonly recoveryId: RecoveryId;
    readonly wallet: Wallet | undefined;
    readonly existing: Recovery | undefined;
    readonly now: Instant;
}

/** After the delay the wallet has its new keys; its funds have not moved. */
export function completeRecovery(facts: RecoveryCompletion): { readonly wallet: Wallet; readonly recovery: Recovery } {
    const { walletId, recoveryId: id, now } = facts;
    const wallet = facts.wallet ?? refuse('WALLET_NOT_FOUND', { walletId });
    const found = facts.existing ?? refuse('RECOVERY_NOT_FOUND', { walletId, recoveryId: id });
    if (found.state === 'vetoed' || found.state === 'completed') {
        refuse('RECOVERY_ENDED', { recoveryId: id, state: found.state });
    }
    if (found.readyAt === null || now < found.readyAt) {
        refuse('RECOVERY_NOT_READY', { recoveryId: id, readyAt: found.readyAt?.toString() ?? null });
    }
    checkFresh(found, wallet);
    return {
        wallet: { ...wallet, keys: found.keys, changeCount: (wallet.changeCount + 1n) as Quantity<'count'> },
        recovery: { ...found, state: 'completed' },
    };
}

function newRecovery({ walletId, changeCount }: Wallet, intent: ApproveRecoveryIntent): Recovery {
    const { recoveryId: id, keys } = intent;
    checkWalletKeys(keys);
    return { recoveryId: id, walletId, keys, approvals: [], changeCount, state: 'collecting', readyAt: null };
}

function checkCollecting(found: Recovery, wallet: Wallet, keys: WalletKeys): void {
    if (found.state !== 'collecting') refuse('RECOVERY_ENDED', { recoveryId: found.recoveryId, state: found.state });
    checkFresh(found, wallet);
    if (textOf(found.keys) !== textOf(keys)) refuse('RECOVERY_KEYS_DIFFER', { recoveryId: found.recoveryId });
}

/** Keys or guardians changed meanwhile: what was approved then says nothing of the wallet now. */
function checkFresh(found: Recovery, wallet: Wallet): void {
    if (found.changeCount !== wallet.changeCount) refuse('RECOVERY_STALE', { recoveryId: found.recoveryId });
}

function textOf(keys: WalletKeys): string {
    return canonicalJson(walletKeys.encode(keys));
}
