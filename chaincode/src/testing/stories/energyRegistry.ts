// SPDX-License-Identifier: Apache-2.0
import { dayOf, type FacilityId, type HolderId, type SourceId } from '@power-currency/domain';
import { activeEntity, applicationOf, evidenceOf, facilityOf, sourceFor } from '../energySteps.js';
import type { Scenario } from '../scenario.js';
import type { SimulatedIdentity } from '../simulatedIdentity.js';

/** A cooperative, later its nation, what they own and who reports on it. */
export async function tellEnergyRegistry(scenario: Scenario): Promise<void> {
    const delegate = (mspId: string): SimulatedIdentity => scenario.person(mspId, 'admin');
    const [sponsor, other, third] = [delegate('CooperativeMSP'), delegate('AuthorityMSP'), delegate('CentralBankMSP')];
    const entityId = await activeEntity(scenario, 'registry-coop', 'cooperative', { country: 'FR' });
    const nation = 'registry-nation' as HolderId;
    await scenario.openWallet(nation);
    const application = applicationOf(scenario, nation, 'nation', { country: 'FR' });
    await scenario.submit(sponsor, 'EnergyRegistry:ApplyEntity', application);
    await scenario.submit(other, 'EnergyRegistry:ApproveEntity', { entityId: nation });
    await scenario.submit(sponsor, 'EnergyRegistry:LinkEntity', { entityId, parentId: nation });
    await scenario.submit(sponsor, 'EnergyRegistry:SuspendEntity', { entityId: nation, reason: 'treaty postponed' });
    await scenario.submit(third, 'EnergyRegistry:RevokeEntity', { entityId: nation, reason: 'treaty given up' });
    await facilityOf(scenario, entityId, 'registry-plant');
    await sourceFor(scenario, 'sensor', 'registry-meter', 'registry-plant');
    await sourceFor(scenario, 'satellite', 'registry-satellite');
    const stolen = { sourceId: 'registry-meter' as SourceId, reason: 'meter stolen' };
    await scenario.submit(sponsor, 'EnergyRegistry:RevokeSource', stolen);
    const retirement = { facilityId: 'registry-plant' as FacilityId, retiredOn: dayOf(scenario.ledger.time) };
    await scenario.submit(sponsor, 'EnergyRegistry:RetireFacility', retirement);
    for (const document of evidenceOf(scenario, 'cooperative')) {
        await scenario.submit(other, 'EnergyRegistry:RenewEvidence', { entityId, ...document });
    }
    await scenario.submit(other, 'EnergyRegistry:SuspendEntity', { entityId, reason: 'audit open' });
    await scenario.submit(other, 'EnergyRegistry:ReinstateEntity', { entityId, reason: 'audit passed' });
    await scenario.submit(other, 'EnergyRegistry:SuspendEntity', { entityId, reason: 'fraud suspected' });
    await scenario.submit(third, 'EnergyRegistry:RevokeEntity', { entityId, reason: 'fraud proved' });
}
