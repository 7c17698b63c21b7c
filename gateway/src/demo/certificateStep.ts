// SPDX-License-Identifier: Apache-2.0
import { type BundleId, type Day, type EnergyWh, type FacilityId, type IntervalStart } from '@power-currency/domain';
import { Failure } from '../application/failure.js';
import { energy } from './quantities.js';
import { signedStep } from './signedStep.js';
import { type Stage } from './stage.js';
import { type StepLog } from './stepLog.js';
import { type DemoWallet } from './walletStep.js';

/** The hour whose life is told: where the delivery ended, so that its energy has met several fates. */
interface Delivered {
    readonly bundleIds: readonly BundleId[];
    readonly lastHour: IntervalStart;
}

/** Certifies the verified day hour by hour. */
export async function certifyDay(
    stage: Stage,
    log: StepLog,
    { owner, plant, day }: { readonly owner: DemoWallet; readonly plant: FacilityId; readonly day: Day },
): Promise<EnergyWh> {
    const wish = { facilityId: plant, day, starts: [], energyWh: null };
    const issue = signedStep(stage, 'Certificate:Issue', wish, { by: owner, id: plant });
    const { bundleIds, energyWh } = await log.did(owner.custodian.certificate.issue(issue));
    stage.tell(`${energy(energyWh)} certified in ${String(bundleIds.length)} hours`);
    return energyWh;
}

/** Certificates of exactly so much energy, the earliest hours first; the last bundle is split. */
export async function certificatesOf(
    stage: Stage,
    log: StepLog,
    owner: DemoWallet,
    energyWh: EnergyWh,
): Promise<Delivered> {
    const paging = { pageSize: 100, bookmark: '' };
    const { rows } = await stage.regulator.client.certificate.listHoldings({ walletId: owner.walletId, ...paging });
    const bundleIds: BundleId[] = [];
    let missing: bigint = energyWh;
    for (const { certificateBundleId, bundleQuantity, productionStartingInterval } of rows) {
        if (missing > bundleQuantity) {
            bundleIds.push(certificateBundleId);
            missing -= bundleQuantity;
            continue;
        }
        const [first] = missing === bundleQuantity ? [certificateBundleId] : await split();
        if (first !== undefined) bundleIds.push(first);
        return { bundleIds, lastHour: productionStartingInterval };

        async function split(): Promise<readonly BundleId[]> {
            const quantities = [missing, bundleQuantity - missing] as EnergyWh[];
            const parts = { bundleId: certificateBundleId, quantities };
            const intent = signedStep(stage, 'Certificate:Split', parts, { by: owner, id: owner.walletId });
            return (await log.did(owner.custodian.certificate.split(intent))).splitInto;
        }
    }
    throw new Failure('DEMO_STEP_FAILED', { step: 'delivery', problem: 'the plant made less than was redeemed' });
}

/** Locks what is left of the hour after the delivery behind Power Credits: part of the contracted reserve. */
export async function backCredits(
    stage: Stage,
    log: StepLog,
    owner: DemoWallet,
    hour: { readonly facilityId: FacilityId; readonly start: IntervalStart },
): Promise<void> {
    const { bundles } = await stage.regulator.client.certificate.describeInterval(hour);
    const bundleIds = bundles
        .filter(({ certificateBundleStatus }) => certificateBundleStatus === 'Active')
        .map(({ certificateBundleId }) => certificateBundleId);
    if (bundleIds.length === 0) return;
    const lock = signedStep(stage, 'Certificate:Lock', { bundleIds }, { by: owner, id: hour.facilityId });
    await log.did(owner.custodian.certificate.lock(lock));
}
