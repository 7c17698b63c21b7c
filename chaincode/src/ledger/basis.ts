// SPDX-License-Identifier: Apache-2.0
import {
    type AttestationBasis,
    founding,
    initialParameters,
    initialWalletPolicies,
    noPreviousDigest,
    outstandingSupply,
    type Parameters,
    type Quantity,
    type Supply,
    type WalletPolicies,
    zeroMoney,
} from '@power-currency/domain';
import type { LedgerContext } from './ledgerContext.js';
import type { LedgerSession } from './ledgerSession.js';
import { headRef, parametersRef, supplyRef, walletPoliciesRef } from './tables.js';

/** What {@link attestationBasisOf} needs loaded. */
export const basisRefs = [headRef, parametersRef, supplyRef];

/** What the next attestation is planned from and linked to. */
export function attestationBasisOf({ session, stub }: LedgerContext): AttestationBasis {
    const head = session.get(headRef);
    return {
        network: founding.network,
        channel: stub.getChannelID(),
        sequence: ((head?.sequence ?? 0n) + 1n) as Quantity<'count'>,
        previousDigest: head?.digestSigned ?? noPreviousDigest,
        lastDay: head?.day ?? null,
        supply: outstandingSupply(supplyOf(session)),
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

/** The running totals: zero until the first issuance. */
export function supplyOf(session: LedgerSession): Supply {
    return session.get(supplyRef) ?? { issued: zeroMoney, redeemed: zeroMoney };
}
