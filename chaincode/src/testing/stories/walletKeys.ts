// SPDX-License-Identifier: Apache-2.0
import {
    approveRecoveryIntent,
    closeWalletIntent,
    type RecoveryId,
    rotateKeysIntent,
    setGuardiansIntent,
    vetoRecoveryIntent,
    type WalletId,
} from '@power-currency/domain';
import { keysOf, newHolder, type Scenario } from '../scenario.js';

const [lost, mistaken] = ['lost', 'mistaken'] as RecoveryId[] as [RecoveryId, RecoveryId];

/** A wallet gets new keys from its holder, is closed, and gets new keys from its guardians. */
export async function tellWalletKeys(scenario: Scenario, guardians: readonly WalletId[]): Promise<void> {
    const { ledger } = scenario;
    const client = scenario.person('CooperativeMSP');
    const walletId = await scenario.openWallet('emil');
    const next = newHolder();
    const rotation = { ...scenario.intentFields(walletId, 1n), type: 'power/rotate-keys', keys: keysOf(next) } as const;
    await ledger.submit(client, 'WalletKeys:Rotate', scenario.signed(rotateKeysIntent, rotation));
    scenario.holders.set(walletId, next);
    await ledger.submit(
        client,
        'WalletKeys:SetGuardians',
        scenario.signed(setGuardiansIntent, {
            ...{ ...scenario.intentFields(walletId, 2n), type: 'power/set-guardians' },
            guardians: { walletIds: guardians, threshold: guardians.length, delaySeconds: null },
        }),
    );
    const closing = { ...scenario.intentFields(walletId, 3n), type: 'power/close-wallet' } as const;
    await ledger.submit(client, 'Wallet:Close', scenario.signed(closeWalletIntent, closing));
    const keys = keysOf(newHolder());
    const approve = async (guardian: WalletId | undefined, recoveryId: RecoveryId): Promise<void> => {
        const fields = scenario.intentFields(guardian ?? walletId, 0n);
        const approval = { ...fields, type: 'power/approve-recovery', subject: walletId, recoveryId, keys } as const;
        await ledger.submit(client, 'WalletKeys:ApproveRecovery', scenario.signed(approveRecoveryIntent, approval));
    };
    await approve(guardians[0], mistaken);
    const fields = { ...scenario.intentFields(walletId, 0n), type: 'power/veto-recovery' } as const;
    const veto = scenario.signed(vetoRecoveryIntent, { ...fields, recoveryId: mistaken });
    await ledger.submit(client, 'WalletKeys:VetoRecovery', veto);
    for (const guardian of guardians) await approve(guardian, lost);
    ledger.time += 172_800n;
    await scenario.submit(client, 'WalletKeys:CompleteRecovery', { walletId, recoveryId: lost });
}
