// SPDX-License-Identifier: Apache-2.0
import {
    type AssetCode,
    attestationHead,
    attestationRecord,
    ballot,
    dayIssuance,
    instant,
    object,
    parameters,
    participant,
    pendingCredit,
    pocket,
    proposal,
    requestRecord,
    signer,
    signerId,
    supply,
    text,
    wallet,
    walletPolicies,
} from '@power-currency/domain';
import { refTo, type StateTable } from './stateTable.js';

/** The asset whose books the ledger keeps. */
export const asset: AssetCode = 'PC';

function table<V>(name: string, codec: StateTable<V>['codec'], book?: StateTable<V>['book']): StateTable<V> {
    return { name, codec, ...(book && { book }) };
}

/**
 * Every kind of record on the ledger with the parts of its key. One writer per mutable key: a pocket is written only by
 * its owner's transactions, money for others is inserted under a key of its own, and supply by issuance alone.
 */
export const tables = {
    /** `participant~<MSP id>` */
    participant: table('participant', participant),
    /** `signer~<signer>` */
    signer: table('signer', signer),
    /** `signer-key~<public key>`: which signer a key belongs to, for good */
    signerKey: table('signer-key', object({ signerId })),
    /** `w~<wallet>` */
    wallet: table('w', wallet),
    /** `b~<asset>~<wallet>` */
    pocket: table('b', pocket, { asset, valueOf: ({ balance }) => ({ held: balance }) }),
    /** `p~<asset>~<wallet>~<paying transaction>` */
    pending: table('p', pendingCredit, { asset, valueOf: ({ amount }) => ({ held: amount }) }),
    /** `supply~<asset>` */
    supply: table('supply', supply, {
        asset,
        valueOf: ({ issued, redeemed }) => ({ outstanding: issued - redeemed }),
    }),
    /** `day-issuance~<asset>~<day>` */
    dayIssuance: table('day-issuance', dayIssuance),
    /** `attestation~<day>` */
    attestation: table('attestation', attestationRecord),
    /** `attestation-file~<day>`: the file as it was submitted */
    attestationFile: table('attestation-file', object({ file: text(/^[\s\S]+$/, 'attestation file') })),
    /** `attestation-head~last` */
    attestationHead: table('attestation-head', attestationHead),
    /** `parameters~current` */
    parameters: table('parameters', parameters),
    /** `wallet-policy~current` */
    walletPolicies: table('wallet-policy', walletPolicies),
    /** `clock~ledger`: the latest time the ledger knows */
    clock: table('clock', object({ now: instant })),
    /** `proposal~<proposal>` */
    proposal: table('proposal', proposal),
    /** `ballot~<proposal>~<participant>` */
    ballot: table('ballot', ballot),
    /** `r~<scope>~<owner>~<request>`: what was executed under a request id */
    request: table('r', requestRecord),
} as const;

/** The records there is one of. */
export const headRef = refTo(tables.attestationHead, 'last');
export const parametersRef = refTo(tables.parameters, 'current');
export const walletPoliciesRef = refTo(tables.walletPolicies, 'current');
export const supplyRef = refTo(tables.supply, asset);
