// SPDX-License-Identifier: Apache-2.0
import {
    type AttestationBasis,
    type EnergyWh,
    founding,
    initialParameters,
    initialPlausibilityRules,
    initialWalletPolicies,
    noPreviousDigest,
    outstandingSupply,
    powerCredit,
    type Parameters,
    type PlausibilityRules,
    type ParameterTimeline,
    timelineOf,
    type Quantity,
    type WalletPolicies,
} from '@power-currency/domain';
import type { LedgerContext } from './ledgerContext.js';
import type { LedgerSession } from './ledgerSession.js';
import { supplyOf } from './supplies.js';
import {
    contractedReserveRef,
    headRef,
    parametersRef,
    powerCreditSupplyRef,
    timelineRef,
    walletPoliciesRef,
    plausibilityRulesRef,
} from './tables.js';

/** What {@link attestationBasisOf} needs loaded. */
export const basisRefs = [headRef, parametersRef, timelineRef, contractedReserveRef, powerCreditSupplyRef];

/** What the next attestation is planned from and linked to. */
export function attestationBasisOf({ session, stub }: LedgerContext): AttestationBasis {
    const head = session.get(headRef);
    return {
        network: founding.network,
        channel: stub.getChannelID(),
        sequence: ((head?.sequence ?? 0n) + 1n) as Quantity<'count'>,
        previousDigest: head?.digestSigned ?? noPreviousDigest,
        lastDay: head?.day ?? null,
        supply: outstandingSupply(supplyOf(session, powerCredit)),
        contractedWh: contractedWhOf(session),
        earlierWh: head?.committedWh ?? [],
        parameters: parametersOf(session),
        versions: timelineIn(session).versions,
    };
}

/** Energy locked behind Power Credits; its record must have been loaded. */
export function contractedWhOf(session: LedgerSession): EnergyWh {
    return session.get(contractedReserveRef)?.lockedWh ?? (0n as EnergyWh);
}

/** Since when which parameters are in force; both records must have been loaded. */
export function timelineIn(session: LedgerSession): ParameterTimeline {
    return session.get(timelineRef) ?? timelineOf(parametersOf(session));
}

/** The parameters in force: the initial ones until the first change. */
export function parametersOf(session: LedgerSession): Parameters {
    return session.get(parametersRef) ?? initialParameters;
}

/** What plants can physically do: the initial rules until the first change. */
export function plausibilityRulesOf(session: LedgerSession): PlausibilityRules {
    return session.get(plausibilityRulesRef) ?? initialPlausibilityRules;
}

/** What wallets of each type may do: the initial table until the first change. */
export function walletPoliciesOf(session: LedgerSession): WalletPolicies {
    return session.get(walletPoliciesRef) ?? initialWalletPolicies;
}
