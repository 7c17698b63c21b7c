// SPDX-License-Identifier: Apache-2.0
import { type Day, founding, type ProposalAction, type RestrictionId } from '@power-currency/domain';
import type { Scenario } from './scenario.js';
import { zone } from './zone.js';
import type { EndorsedTransaction, PlantedRecord, TextCall } from './simulatedTransaction.js';
import { tellCertificates } from './stories/certificates.js';
import { tellCompliance } from './stories/compliance.js';
import { tellCredentials } from './stories/credentials.js';
import { tellDealing } from './stories/dealing.js';
import { tellEnergyRegistry } from './stories/energyRegistry.js';
import { tellGrowth } from './stories/growth.js';
import { tellHolds } from './stories/holds.js';
import { tellCommercialBalances } from './stories/commercialBalances.js';
import { tellMeasurement } from './stories/measurement.js';
import { tellNotes } from './stories/notes.js';
import { tellPayments } from './stories/payments.js';
import { tellPrivateAssets } from './stories/privateAssets.js';
import { tellProgramme } from './stories/programmes.js';
import { tellRedemption } from './stories/redemption.js';
import { tellWalletKeys } from './stories/walletKeys.js';

const day = '2026-11-19' as Day;

/** Everything an endorser signs, and what it was asked. */
export interface Execution {
    readonly call: TextCall;
    /** The ledger's time then, in seconds since 1970. */
    readonly time: bigint;
    readonly endorsed: EndorsedTransaction;
    /** What was put on the ledger since the execution before. */
    readonly planted: readonly PlantedRecord[];
}

/** Uses every submitting transaction at least once and returns the executions in order. */
export async function story(scenario: Scenario): Promise<readonly Execution[]> {
    const { ledger } = scenario;
    const executions: Execution[] = [];
    const planted: PlantedRecord[] = [];
    const endorse = ledger.endorse.bind(ledger);
    ledger.endorse = async (call) => {
        const endorsed = await endorse(call);
        executions.push({ call, time: ledger.time, endorsed, planted: planted.splice(0) });
        return endorsed;
    };
    const plant = ledger.plant.bind(ledger);
    ledger.plant = async (records) => {
        planted.push(...records);
        await plant(records);
    };
    await tell(scenario);
    return executions;
}

async function tell(scenario: Scenario): Promise<void> {
    for (const member of founding.members) await scenario.found(member);
    const [anna, bert] = [await scenario.openWallet('anna'), await scenario.openWallet('bert', 'AuthorityMSP')];
    const zones = ['10YNL----------L', '10YBE----------2', '10YFR-RTE------C'].map((eic, index) =>
        zone(BigInt(index) * 10n ** 11n, eic),
    );
    await scenario.submitDay(scenario.signDay(await scenario.prepareDay(day, zones), ['ops', 'risk', 'data']));
    await scenario.fund(day, 1_000n, anna);
    await tellPayments(scenario, anna, bert);
    await tellHolds(scenario, anna, bert);
    await tellCommercialBalances(scenario, day);
    await tellNotes(scenario, anna, bert);
    await tellDealing(scenario, anna, bert);
    await tellWalletKeys(scenario, [anna, bert]);
    await tellCredentials(scenario);
    await tellCompliance(scenario, bert, day);
    await govern(scenario);
    await tellProgramme(scenario);
    await tellRedemption(scenario, anna);
    await tellPrivateAssets(scenario, anna);
    await tellEnergyRegistry(scenario);
    await tellGrowth(scenario);
    await tellMeasurement(scenario);
    await tellCertificates(scenario, anna);
    const signerId = 'authority-1' as never;
    await scenario.submit(scenario.person('AuthorityMSP', 'admin'), 'Registry:RevokeSigner', { signerId });
}

/** Proposals that change rules, and one that allows something. */
async function govern(scenario: Scenario): Promise<void> {
    const actions: readonly ProposalAction[] = [
        { kind: 'parameter', name: 'alphaBase', value: '0.200000' },
        { kind: 'wallet-policy', walletType: 'commercial', power: 'transactionMax', value: '1000' },
        { kind: 'plausibility-rule', carrier: 'B16', rule: 'nightMax', value: '0.005000' },
        { kind: 'lift-restriction', restrictionId: 'freeze' as RestrictionId },
    ];
    for (const action of actions) await scenario.mandate(`story-${action.kind}`, action);
}
