// SPDX-License-Identifier: Apache-2.0
import {
    addToReserve,
    type CertificateBundle,
    type EnergyWh,
    outstandingSupply,
    powerCredit,
    takeFromReserve,
} from '@power-currency/domain';
import { parametersOf } from './basis.js';
import type { LedgerContext } from './ledgerContext.js';
import { supplyOf } from './supplies.js';
import { contractedReserveRef, parametersRef, powerCreditSupplyRef } from './tables.js';

/** What {@link addToContracted} and {@link takeFromContracted} need loaded. */
export const contractedRefs = [contractedReserveRef, parametersRef, powerCreditSupplyRef];

/** Counts bundles as contracted reserve; answers what is locked then. */
export function addToContracted({ session }: LedgerContext, bundles: readonly CertificateBundle[]): EnergyWh {
    const reserve = addToReserve(session.get(contractedReserveRef), bundles);
    session.put(contractedReserveRef, reserve);
    return reserve.lockedWh;
}

/** Counts bundles no more; answers what is locked then. */
export function takeFromContracted({ session }: LedgerContext, bundles: readonly CertificateBundle[]): EnergyWh {
    const supply = outstandingSupply(supplyOf(session, powerCredit));
    const reserve = takeFromReserve(session.get(contractedReserveRef), bundles, {
        supply,
        parameters: parametersOf(session),
    });
    session.put(contractedReserveRef, reserve);
    return reserve.lockedWh;
}
