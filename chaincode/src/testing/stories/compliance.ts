// SPDX-License-Identifier: Apache-2.0
import {
    type Day,
    encodeArguments,
    type HolderId,
    money,
    nextDay,
    type RestrictionId,
    type WalletId,
} from '@power-currency/domain';
import { type Scenario, sha256 } from '../scenario.js';
import { correctionOf } from '../zone.js';

/** A holder becomes known to a verifier, is frozen twice and freed twice, and a large issue is decided by two. */
export async function tellCompliance(scenario: Scenario, frozen: WalletId, attestedDay: Day): Promise<void> {
    await scenario.verify('anna', 1);
    const [authority, bank] = [scenario.person('AuthorityMSP', 'admin'), scenario.person('CentralBankMSP', 'admin')];
    const holderId = frozen as string as HolderId;
    const [lifted, appealed] = ['lifted', 'appealed'] as RestrictionId[] as [RestrictionId, RestrictionId];
    for (const restrictionId of [lifted, appealed]) {
        const measure = { kind: 'freeze-wallet', walletId: frozen, reason: 'fraud-suspected' } as const;
        const proposed = { restrictionId, measure, expiresAt: scenario.later(1_000n) };
        await scenario.submit(authority, 'Compliance:ProposeRestriction', proposed);
        await scenario.submit(bank, 'Compliance:ConfirmRestriction', { restrictionId, holderId });
    }
    await scenario.submit(authority, 'Compliance:LiftRestriction', { restrictionId: lifted, holderId });
    const proposalId = await scenario.mandate('story-appeal', { kind: 'lift-restriction', restrictionId: appealed });
    await scenario.submit(authority, 'Compliance:LiftByMandate', { restrictionId: appealed, holderId, proposalId });
    await scenario.mandate('story-limit', { kind: 'parameter', name: 'fourEyesLimit', value: '5' });
    // What was attested days ago allows no issuance any more; late data of then counts now.
    const today = nextDay(attestedDay);
    await scenario.attestDay(today, 10n ** 12n, [correctionOf(attestedDay, 0n, 500n)]);
    for (const isUsed of [false, true]) {
        const command = { requestId: scenario.requestId(), day: today, amount: money(6n), to: frozen };
        const commandDigest = sha256(Buffer.from(`PowerCredit:Mint ${encodeArguments('PowerCredit:Mint', command)}`));
        const operation = {
            transaction: 'PowerCredit:Mint',
            commandDigest,
            expiresAt: scenario.later(1_000n),
        } as const;
        await scenario.submit(bank, 'Compliance:ProposeOperation', operation);
        await scenario.submit(authority, 'Compliance:ApproveOperation', { commandDigest });
        if (isUsed) await scenario.ledger.submit(bank, 'PowerCredit:Mint', command);
        else await scenario.submit(bank, 'Compliance:WithdrawOperation', { commandDigest });
    }
}
