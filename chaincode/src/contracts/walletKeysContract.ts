// SPDX-License-Identifier: Apache-2.0
import {
    approveRecovery,
    approveRecoveryIntent,
    checkNoNonce,
    completeRecovery,
    type Recovery,
    type RecoveryId,
    refuse,
    rotateKeys,
    rotateKeysIntent,
    setGuardians,
    setGuardiansIntent,
    vetoRecovery,
    vetoRecoveryIntent,
    type WalletId,
} from '@power-currency/domain';
import { Returns, Transaction } from 'fabric-contract-api';
import { parametersOf } from '../ledger/basis.js';
import { authorised, requestOfIntent } from '../ledger/intents.js';
import { evaluate, LedgerContract, submit } from '../ledger/ledgerContract.js';
import { LedgerContext } from '../ledger/ledgerContext.js';
import type { Platform } from '../ledger/platform.js';
import { refTo, type StateRef } from '../ledger/stateTable.js';
import { parametersRef, tables } from '../ledger/tables.js';
import { walletRef } from '../ledger/walletRefs.js';

const recoveryRef = (walletId: WalletId, recoveryId: RecoveryId): StateRef<Recovery> =>
    refTo(tables.recovery, walletId, recoveryId);

/** How a wallet survives its keys: they are replaced by the holder, or by guardians once the holder has lost them. */
export class WalletKeysContract extends LedgerContract {
    constructor(platform: Platform) {
        super('WalletKeys', platform);
    }

    @Transaction()
    @Returns('string')
    async Rotate(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'WalletKeys:Rotate', request, {
            requestOf: requestOfIntent(rotateKeysIntent),
            load: ({ intent }) => [walletRef(intent.wallet)],
            decide: (command) => {
                const { wallet: walletId } = command.intent;
                const wallet = rotateKeys(authorised(context, rotateKeysIntent, command), command.intent);
                context.session.put(walletRef(walletId), wallet);
                return { result: wallet, events: [{ type: 'WalletKeysRotated', walletId, cause: 'holder' }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async SetGuardians(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'WalletKeys:SetGuardians', request, {
            requestOf: requestOfIntent(setGuardiansIntent),
            load: ({ intent }) => [walletRef(intent.wallet)],
            decide: (command) => {
                const { wallet: walletId, guardians } = command.intent;
                const wallet = setGuardians(authorised(context, setGuardiansIntent, command), command.intent);
                context.session.put(walletRef(walletId), wallet);
                const guardianCount = guardians?.walletIds.length ?? 0;
                return { result: wallet, events: [{ type: 'WalletGuardiansSet', walletId, guardianCount }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async ApproveRecovery(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'WalletKeys:ApproveRecovery', request, {
            requestOf: requestOfIntent(approveRecoveryIntent),
            load: ({ intent: { wallet, subject, recoveryId } }) => [
                ...[walletRef(wallet), walletRef(subject), recoveryRef(subject, recoveryId)],
                parametersRef,
            ],
            decide: (command) => {
                const { intent } = command;
                const { subject: walletId, recoveryId, wallet: guardian } = intent;
                authorised(context, approveRecoveryIntent, command);
                checkNoNonce(intent);
                const ref = recoveryRef(walletId, recoveryId);
                const recovery = approveRecovery({
                    intent,
                    subject: session.get(walletRef(walletId)),
                    existing: session.get(ref),
                    delaySeconds: parametersOf(session).guardianDelaySeconds,
                    now: context.now,
                });
                session.put(ref, recovery);
                // The delay counts on the ledger's own time, which this moment must not fall behind.
                context.advanceClock();
                return { result: recovery, events: [{ type: 'RecoveryApproved', walletId, recoveryId, guardian }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async VetoRecovery(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'WalletKeys:VetoRecovery', request, {
            requestOf: requestOfIntent(vetoRecoveryIntent),
            load: ({ intent: { wallet, recoveryId } }) => [walletRef(wallet), recoveryRef(wallet, recoveryId)],
            decide: (command) => {
                const { wallet: walletId, recoveryId } = command.intent;
                authorised(context, vetoRecoveryIntent, command);
                checkNoNonce(command.intent);
                const ref = recoveryRef(walletId, recoveryId);
                const recovery = vetoRecovery(walletId, recoveryId, session.get(ref));
                session.put(ref, recovery);
                return { result: recovery, events: [{ type: 'RecoveryVetoed', walletId, recoveryId }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async CompleteRecovery(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'WalletKeys:CompleteRecovery', request, {
            load: ({ walletId, recoveryId }) => [walletRef(walletId), recoveryRef(walletId, recoveryId)],
            decide: ({ walletId, recoveryId }) => {
                const ref = recoveryRef(walletId, recoveryId);
                const { wallet, recovery } = completeRecovery({
                    ...{ walletId, recoveryId, now: context.now },
                    wallet: session.get(walletRef(walletId)),
                    existing: session.get(ref),
                });
                session.put(walletRef(walletId), wallet);
                session.put(ref, recovery);
                context.advanceClock();
                return { result: wallet, events: [{ type: 'WalletKeysRotated', walletId, cause: 'guardians' }] };
            },
        });
    }

    @Transaction(false)
    @Returns('string')
    async DescribeRecovery(context: LedgerContext, request: string): Promise<string> {
        return evaluate('WalletKeys:DescribeRecovery', request, async ({ walletId, recoveryId }) => {
            const found = await context.session.read(recoveryRef(walletId, recoveryId));
            return found ?? refuse('RECOVERY_NOT_FOUND', { walletId, recoveryId });
        });
    }
}
