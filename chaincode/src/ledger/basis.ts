// SPDX-License-Identifier: Apache-2.0
import {
    type AttestationBasis,
    founding,
    initialParameters,
    initialWalletPolicies,
    noPreviousDigest,
    outstandingSupply,
    powerCredit,
    type Parameters,
    type Quantity,
    type WalletPolicies,
} from '@power-currency/domain';
import type { LedgerContext } from './ledgerContext.js';
import type { LedgerSession } from './ledgerSession.js';
import { supplyOf } from './supplies.js';
import { headRef, parametersRef, powerCreditSupplyRef, walletPoliciesRef } from './tables.js';

/** What {@link attestationBasisOf} needs loaded. */
export const basisRefs = [headRef, parametersRef, powerCreditSupplyRef];

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
        parameters: parametersOf(session),
    };
}

/** The parameters in force: the initial ones until the first change. */
export function parametersOf(session: LedgerSession): Parameters {
    return session.get(parametersRef) ?? initialParameters;
}

/** What wallets of each type may do: the initial table until the first change. */
export function walletPoliciesOf(session: LedgerSession): WalletPolicies {
    return session.get(walletPoliciesRef) ?? initialWalletPolicies;
}
