// SPDX-License-Identifier: Apache-2.0
import {
    acceptedReport,
    measurement,
    openFlag,
    plausibilityRules,
    review,
    sourceDeviations,
    vintage,
    withheldEnergy,
    activeRestrictions,
    allowance,
    approval,
    asset,
    type AssetCode,
    attestationHead,
    attestationRecord,
    ballot,
    type BookValue,
    certificateBundle,
    certificateChange,
    certificateHolding,
    closedYears,
    type Codec,
    storageCharge,
    storageDischarge,
    storageEfficiency,
    credential,
    dailySpending,
    contractedReserve,
    dayIssuance,
    energyEntity,
    energySource,
    entityRoster,
    entityYear,
    facility,
    facilityId,
    facilityYear,
    allocationBook,
    anchorSignatures,
    growthAllocation,
    growthHead,
    growthIssuance,
    yearAdjustment,
    yearClosing,
    yearConfirmation,
    intervalEnergy,
    sourceHead,
    referenceUse,
    hold,
    holder,
    instant,
    isRunning,
    ledgerDayIssuance,
    milestone,
    milestoneAttestation,
    milestoneBook,
    zoneCorrection,
    note,
    object,
    parameters,
    parameterChange,
    parameterTimeline,
    participant,
    pendingCredit,
    pocket,
    poolShare,
    powerCredit,
    programme,
    proposal,
    recovery,
    queueEntry,
    redemption,
    redemptionDay,
    requestId,
    requestRecord,
    restriction,
    signer,
    signerId,
    sourceId,
    type Supply,
    supply,
    supplyChange,
    text,
    transactionId,
    treasuryIssue,
    voucher,
    wallet,
    walletPolicies,
} from '@power-currency/domain';
import { refTo, type StateRef, type StateTable } from './stateTable.js';

function table<V>(name: string, codec: Codec<V>, bookOf?: (value: V) => BookValue): StateTable<V> {
    return { name, codec, ...(bookOf && { bookOf }) };
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
    /** `credential~<holder>~<kind>` */
    credential: table('credential', credential),
    /** `holder~<holder>` */
    holder: table('holder', holder),
    /** `restriction~<restriction>` */
    restriction: table('restriction', restriction),
    /** `restricted~<holder>`: what payments look at */
    restricted: table('restricted', activeRestrictions),
    /** `approval~<command digest>` */
    approval: table('approval', approval),
    /** `spent~<asset>~<holder>`: what a holder with a daily limit has paid today; written by its own spendings alone */
    spent: table('spent', dailySpending),
    /** `asset~<asset>`: private assets; the others are in the founding agreement */
    asset: table('asset', asset),
    /** `allowance~<asset>~<wallet>`: who may receive an asset with a list */
    allowance: table('allowance', allowance),
    /** `w~<wallet>` */
    wallet: table('w', wallet),
    /** `wallet-changes~commercial`: which transaction was the last to change a commercial wallet */
    walletChanges: table('wallet-changes', object({ transactionId })),
    /** `recovery~<wallet>~<recovery>` */
    recovery: table('recovery', recovery),
    /** `b~<asset>~<wallet>` */
    pocket: table('b', pocket, ({ balance }) => ({ wallets: balance })),
    /** `p~<asset>~<wallet>~<credit>` */
    pending: table('p', pendingCredit, ({ amount }) => ({ pending: amount })),
    /** `h~<asset>~<payer>~<hold>`: open ones; `remaining` is set aside */
    hold: table('h', hold, ({ remaining }) => ({ held: remaining })),
    /** `ended-hold~<asset>~<payer>~<hold>`: their ids stay taken; apart, so that counting money passes over them */
    endedHold: table('ended-hold', hold),
    /** `pool~<asset>~commercial~<transaction>`: what the parcels of the private data collection are backed by */
    poolShare: table('pool', poolShare, ({ amount }) => ({ wallets: amount })),
    /** `external-reference~<dealer>~<reference>`: what it was used for; dealers are holders */
    externalReference: table('external-reference', referenceUse),
    /** `n~<asset>~<owner>~<note>` */
    note: table('n', note, ({ amount }) => ({ notes: amount })),
    /** `supply~<asset>~total` */
    supply: table('supply', supply, ({ issued, redeemed }) => ({ issued, redeemed })),
    /** `supply-change~<asset>~<seconds since 1970>~<transaction>` */
    supplyChange: table('supply-change', supplyChange),
    /** `day-issuance~<asset>~<day>` */
    dayIssuance: table('day-issuance', dayIssuance),
    /** `ledger-day-issuance~<asset>`: what was issued on the ledger's own day, whatever attestation it was against */
    ledgerDayIssuance: table('ledger-day-issuance', ledgerDayIssuance),
    /** `attestation~<day>` */
    attestation: table('attestation', attestationRecord),
    /** `attestation-file~<day>`: the file as it was submitted */
    attestationFile: table('attestation-file', object({ file: text(/^[\s\S]+$/, 'attestation file') })),
    /** `attestation-head~last` */
    attestationHead: table('attestation-head', attestationHead),
    /** `zone-correction~<day>~<zone>`: what late data made of an attested day; the file of that day stays as it is */
    zoneCorrection: table('zone-correction', zoneCorrection),
    /** `energy-entity~<holder>` */
    energyEntity: table('energy-entity', energyEntity),
    /** `energy-roster~all`: every approved entity in one record, for an issuance that leaves none out */
    entityRoster: table('energy-roster', entityRoster),
    /** `facility~<facility>` */
    facility: table('facility', facility),
    /** `entity-facility~<holder>~<facility>`: which facilities are an entity's */
    entityFacility: table('entity-facility', object({ facilityId })),
    /** `source~<source>` */
    energySource: table('source', energySource),
    /** `source-key~<public key>`: which source a key belongs to, for good */
    sourceKey: table('source-key', object({ sourceId })),
    /** `source-head~<source>`: the end of its chain of reports */
    sourceHead: table('source-head', sourceHead),
    /** `source-report~<source>~<sequence>`: every report that was ever accepted, for ever */
    sourceReport: table('source-report', acceptedReport),
    /** `measurement~<facility>~<period>`: which reports there are on it, and what became of it */
    measurement: table('measurement', measurement),
    /** `vintage~<facility>~<period>~<number>` */
    vintage: table('vintage', vintage),
    /** `review~<facility>~<period>~<vintage>` */
    review: table('review', review),
    /** `open-flag~<facility>~<period>`: while it waits for a review, or is under one */
    openFlag: table('open-flag', openFlag),
    /** `withheld~<facility>`: certified energy that later data took back */
    withheldEnergy: table('withheld', withheldEnergy),
    /** `source-deviations~<facility>~<source>`: how it differed from the others in its last periods there */
    sourceDeviations: table('source-deviations', sourceDeviations),
    /** `plausibility-rules~current` */
    plausibilityRules: table('plausibility-rules', plausibilityRules),
    /** `energy~<facility>~<interval>`: how much was verified, and how much of it is certified */
    intervalEnergy: table('energy', intervalEnergy),
    /** `facility-year~<facility>~<year>` */
    facilityYear: table('facility-year', facilityYear),
    /** `entity-year~<holder>~<year>` */
    entityYear: table('entity-year', entityYear),
    /** `closed-years~all` */
    closedYears: table('closed-years', closedYears),
    /** `year-confirmation~<year>`: who has confirmed which figures */
    yearConfirmation: table('year-confirmation', yearConfirmation),
    /** `anchor-signatures~<year>`: who has signed the anchor of a closed year */
    anchorSignatures: table('anchor-signatures', anchorSignatures),
    /** `year-closing~<year>`: what each entity produced in a year, for good */
    yearClosing: table('year-closing', yearClosing),
    /** `year-adjustment~<year>`: the executed vote that adjusts its issuance */
    yearAdjustment: table('year-adjustment', yearAdjustment),
    /** `growth-head~last` */
    growthHead: table('growth-head', growthHead),
    /** `growth-issuance~genesis`, `growth-issuance~<year>` */
    growthIssuance: table('growth-issuance', growthIssuance),
    /** `growth-allocation~<asset>~<issuance>~<holder>`: its escrow, until it is claimed */
    growthAllocation: table('growth-allocation', growthAllocation, allocationBook),
    /** `certificate~<facility>~<interval>~<first Wh>~<last Wh>`: in order of what they certify */
    certificate: table('certificate', certificateBundle),
    /** `certificate-change~<facility>~<interval>~<first Wh>~<last Wh>~<change>`: which transactions made a bundle so */
    certificateChange: table('certificate-change', certificateChange),
    /** `certificate-holding~<wallet>~<facility>~<interval>~<first Wh>~<last Wh>`: what a wallet has and is not used up */
    certificateHolding: table('certificate-holding', certificateHolding),
    /** `certificate-cancellation~<registry>~<reference>`: for what a cancellation elsewhere was used, for good */
    certificateCancellation: table('certificate-cancellation', object({ requestId })),
    /** `storage-efficiency~<facility>` */
    storageEfficiency: table('storage-efficiency', storageEfficiency),
    /** `storage-charge~<facility>~<charge>` */
    storageCharge: table('storage-charge', storageCharge),
    /** `storage-discharge~<facility>~<discharge>` */
    storageDischarge: table('storage-discharge', storageDischarge),
    /** `contracted-reserve~<asset>`: energy locked behind an asset */
    contractedReserve: table('contracted-reserve', contractedReserve),
    /** `redemption~<asset>~<redemption>`: the credits until they are burnt or returned, the story for ever */
    redemption: table('redemption', redemption, (value) => ({ vouchers: isRunning(value) ? value.amount : 0n })),
    /** `redemption-queue~<seconds since 1970>~<redemption>`: the requests that wait for a voucher */
    redemptionQueue: table('redemption-queue', queueEntry),
    /** `redemption-day~holder~<holder>`, `redemption-day~system`: what the daily limits count */
    redemptionDay: table('redemption-day', redemptionDay),
    /** `voucher~<provider>~<voucher>`: which redemption a number was used for, for good */
    voucher: table('voucher', voucher),
    /** `parameters~current` */
    parameters: table('parameters', parameters),
    /** `parameter-timeline~all`: since which day which parameters are in force */
    parameterTimeline: table('parameter-timeline', parameterTimeline),
    /** `parameter-change~<number>`: every executed change, for good */
    parameterChange: table('parameter-change', parameterChange),
    /** `wallet-policy~current` */
    walletPolicies: table('wallet-policy', walletPolicies),
    /** `treasury-issue~<proposal>`: the notes a vote allowed, once issued */
    treasuryIssue: table('treasury-issue', treasuryIssue),
    /** `programme~<programme>` */
    programme: table('programme', programme),
    /** `milestone~<asset>~<programme>~<milestone>`: its escrow */
    milestone: table('milestone', milestone, milestoneBook),
    /** `milestone-attestation~<programme>~<milestone>~<attester>` */
    milestoneAttestation: table('milestone-attestation', milestoneAttestation),
    /** `clock~ledger`: the latest time the ledger knows */
    clock: table('clock', object({ now: instant })),
    /** `proposal~<proposal>` */
    proposal: table('proposal', proposal),
    /** `ballot~<proposal>~<participant>` */
    ballot: table('ballot', ballot),
    /** `r~<scope>~<owner>~<request>`: what was executed under a request id */
    request: table('r', requestRecord),
} as const;

/** The tables whose records are money, or count it; an audit adds all of them up. */
export const bookedTables: readonly StateTable<unknown>[] = Object.values<StateTable<unknown>>(tables).filter(
    ({ bookOf }) => bookOf !== undefined,
);

/** The records there is one of. */
export const headRef = refTo(tables.attestationHead, 'last');
export const rosterRef = refTo(tables.entityRoster, 'all');
export const closedYearsRef = refTo(tables.closedYears, 'all');
export const parametersRef = refTo(tables.parameters, 'current');
export const timelineRef = refTo(tables.parameterTimeline, 'all');
export const contractedReserveRef = refTo(tables.contractedReserve, powerCredit);
export const plausibilityRulesRef = refTo(tables.plausibilityRules, 'current');
export const walletPoliciesRef = refTo(tables.walletPolicies, 'current');

/** The running totals of an asset. */
export const supplyRef = (code: AssetCode): StateRef<Supply> => refTo(tables.supply, code, 'total');
export const powerCreditSupplyRef = supplyRef(powerCredit);
