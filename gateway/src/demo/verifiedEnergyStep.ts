// SPDX-License-Identifier: Apache-2.0
import { type Day, money } from '@power-currency/domain';
import { lifeOfHour } from '../application/energyLife.js';
import { lifeText } from '../cli/energyLifeText.js';
import { backCredits, certificatesOf, certifyDay } from './certificateStep.js';
import { measureDay } from './measureStep.js';
import { registerPlant } from './plantStep.js';
import { energy } from './quantities.js';
import { redeem } from './redemptionStep.js';
import { type EnergyReport, type RedemptionReport } from './report.js';
import { type Stage } from './stage.js';
import { stepLog } from './stepLog.js';
import { type DemoWallet } from './walletStep.js';

interface Story {
    readonly day: Day;
    readonly owner: DemoWallet;
    readonly buyer: DemoWallet;
    /** Credits the buyer redeems for the owner's energy. */
    readonly amount: bigint;
}

/**
 * From four sources, one of which lies, to verified energy, its certificates, a delivery that redeems credits, and the
 * life of one hour: where each of its watt-hours is.
 */
export async function useVerifiedEnergy(
    stage: Stage,
    { day, owner, buyer, amount }: Story,
): Promise<{ readonly energy: EnergyReport; readonly redemption: RedemptionReport }> {
    const log = stepLog(stage);
    const plant = await registerPlant(stage, log, owner);
    const { reported, suspected, verifiedWh } = await measureDay(stage, log, plant, day);
    stage.tell(`  verified by two roles without ${suspected[0] ?? 'it'}: ${energy(verifiedWh)}`);
    const certifiedWh = await certifyDay(stage, log, { owner, plant, day });
    const { energyWh } = await stage.regulator.client.redemption.quote({ amount: money(amount), service: 'energy' });
    const { bundleIds, lastHour } = await certificatesOf(stage, log, owner, energyWh);
    const redemption = await redeem(stage, buyer, owner, { amount, certificates: bundleIds });
    const hour = { facilityId: plant, start: lastHour };
    await backCredits(stage, log, owner, hour);
    const life = await lifeOfHour(stage.regulator.client, plant, lastHour.slice(0, 'YYYY-MM-DDTHH'.length));
    for (const line of lifeText(life).trimEnd().split('\n'))
        stage.tell(line.replace(/([0-9a-f]{12})[0-9a-f]{52}/, '$1…'));
    return {
        redemption,
        energy: {
            ...{ facility: plant, day, suspected, hour: lastHour, txIds: log.txIds },
            reported: Object.fromEntries(Object.entries(reported).map(([kind, wh]) => [kind, wh.toString()])),
            ...{ verifiedWh: verifiedWh.toString(), certifiedWh: certifiedWh.toString() },
        },
    };
}
