// SPDX-License-Identifier: Apache-2.0
import {
    anchorMessage,
    type AttesterRole,
    claimIssuanceIntent,
    type ClaimIssuanceIntent,
    type EnergyWh,
    type EntityYear,
    founding,
    type HolderId,
    type ProposalId,
    type ResultOf,
    type VerificationAnchor,
    type WalletId,
} from '@power-currency/domain';
import { sign } from 'node:crypto';
import { entityYearRef } from '../ledger/energyAccounts.js';
import { activeEntity } from './energySteps.js';
import type { Scenario } from './scenario.js';

/** Watt-hours of one year by entity; `carried` where late data of closed years changed it. */
type YearEnergy = Readonly<Record<string, bigint | { readonly verified: bigint; readonly carried: bigint }>>;

/** Who confirms a year where a test does not say: the data and the operations role. */
const confirmers = ['CooperativeMSP', 'AuthorityMSP'];

/** An active producer with a wallet `<name>.income` that may receive newly issued K-Dollars. */
export async function producerWithWallet(scenario: Scenario, name: string): Promise<WalletId> {
    await activeEntity(scenario, name, 'cooperative');
    await scenario.verify(name, 2);
    return scenario.openWallet(`${name}.income`, 'CooperativeMSP', 'cooperative');
}

/** Has the ledger know verified production as if reports had brought it in. */
export async function verifyYear(scenario: Scenario, year: number, energy: YearEnergy): Promise<void> {
    await scenario.ledger.plant(
        Object.entries(energy).map(([name, wh]) => {
            const { verified, carried } = typeof wh === 'bigint' ? { verified: wh, carried: 0n } : wh;
            const entityId = name as HolderId;
            const value: EntityYear = { entityId, year, verifiedWh: verified as EnergyWh, carriedWh: carried };
            return [entityYearRef(entityId, year), value] as const;
        }),
    );
}

/** A member's word on the figures the ledger shows now. */
export async function confirmYear(
    scenario: Scenario,
    year: number,
    mspId: string,
    change: Partial<ResultOf<'Issuance:PreviewYear'>> = {},
): Promise<ResultOf<'Issuance:ConfirmYear'>> {
    const preview = await scenario.ledger.evaluate(scenario.person('RegulatorMSP'), 'Issuance:PreviewYear', { year });
    const { totalWh, merkleRoot } = { ...preview, ...change };
    return scenario.submit(scenario.person(mspId, 'admin'), 'Issuance:ConfirmYear', { year, totalWh, merkleRoot });
}

/** Verifies and closes a year. */
export async function closeYear(scenario: Scenario, year: number, energy: YearEnergy): Promise<void> {
    await verifyYear(scenario, year, energy);
    for (const mspId of confirmers) await confirmYear(scenario, year, mspId);
}

/** The founding supply, by a vote. */
export async function foundSupply(scenario: Scenario, amount: bigint): Promise<ResultOf<'Issuance:Found'>> {
    const action = { kind: 'genesis-supply', asset: 'KD', amount: amount as never } as const;
    const proposalId = await scenario.mandate('genesis-supply', action);
    return scenario.submit(scenario.person('AuthorityMSP', 'admin'), 'Issuance:Found', { proposalId });
}

/** A vote on a year's issuance: more if the amount is positive, less if it is negative. */
export async function adjustment(
    scenario: Scenario,
    year: number,
    amount: bigint,
    name = `adjust-${String(year)}`,
): Promise<ProposalId> {
    const direction = amount < 0n ? 'decrease' : 'increase';
    const size = (amount < 0n ? -amount : amount) as never;
    return scenario.mandate(name, { kind: 'growth-adjustment', year, direction, amount: size });
}

export async function issueYear(
    scenario: Scenario,
    year: number,
    adjustmentProposalId: ProposalId | null = null,
): Promise<ResultOf<'Issuance:Issue'>> {
    const value = { year, adjustmentProposalId };
    return scenario.submit(scenario.person('AuthorityMSP', 'admin'), 'Issuance:Issue', value);
}

/** An attester's signature of a closed year's anchor, as the ledger shows it unless the test says otherwise. */
export async function signAnchor(
    scenario: Scenario,
    year: number,
    role: AttesterRole,
    change: Partial<VerificationAnchor> = {},
): Promise<ResultOf<'Issuance:SignAnchor'>> {
    const anchor = await scenario.ledger.evaluate(scenario.person('RegulatorMSP'), 'Issuance:DescribeAnchor', { year });
    const attester = scenario.attesters.get(role);
    if (attester === undefined) throw new Error(`no attester of role ${role}`);
    const { signerId, privateKey } = attester;
    const message = anchorMessage({ ...anchor, ...change }, { network: founding.network, channel: 'power' });
    const value = { year, signerId, signature: sign(null, message, privateKey) };
    return scenario.submit(scenario.person('CooperativeMSP'), 'Issuance:SignAnchor', value);
}

/** Takes an entity's part of an issuance into a wallet, signed by its holder. */
export async function claimIssuance(
    scenario: Scenario,
    wallet: WalletId,
    issuance: string,
    change: Partial<ClaimIssuanceIntent> = {},
): Promise<ResultOf<'Issuance:Claim'>> {
    const intent: ClaimIssuanceIntent = {
        ...{ ...scenario.intentFields(wallet, 0n), type: 'power/claim-issuance', issuance },
        ...change,
    };
    const signed = scenario.signed(claimIssuanceIntent, intent);
    return scenario.ledger.submit(scenario.person('CooperativeMSP'), 'Issuance:Claim', signed);
}
