// SPDX-License-Identifier: Apache-2.0
import {
    type CertificateBundle,
    type EnergyWh,
    type Ppm,
    type RedemptionId,
    refuse,
    type StorageRecordId,
    type WalletId,
} from '@power-currency/domain';
import fc from 'fast-check';
import { Certifying } from '../certifying.js';
import { Redeeming } from '../redeeming.js';
import { sha256 } from '../scenario.js';
import type { EndorsedTransaction } from '../simulatedTransaction.js';
import { type LawStage, lawStep, type LawStep, walletIndex } from './lawStage.js';

const sites = new WeakMap<LawStage, Certifying>();
const hours = [9, 10, 11] as const;
const whichHour = fc.constantFrom(...hours);

/** A plant and a battery with three verified hours each, and certificates that are good for a day. */
export async function openSite(stage: LawStage): Promise<void> {
    const { scenario } = stage;
    const certifying = await Certifying.of(scenario);
    await scenario.mandate('one-day', { kind: 'parameter', name: 'certificateSecondsMax', value: '86400' });
    await scenario.submit(scenario.person('CooperativeMSP', 'admin'), 'Storage:AttestEfficiency', {
        ...{ facilityId: certifying.battery, storageEfficiencyFactor: 700_000n as Ppm },
        evidence: sha256(Buffer.from('report')),
    });
    for (const hour of hours) await certifying.verified(hour, 300n);
    for (const hour of [20, 21]) await certifying.verified(hour, 200n, certifying.battery);
    sites.set(stage, certifying);
}

function siteOf(stage: LawStage): Certifying {
    return sites.get(stage) ?? refuse('FACILITY_NOT_FOUND', { facilityId: 'sunny-plant' });
}

/** One of the bundles there ever were that has the state, of either facility. */
async function oneOf(
    stage: LawStage,
    which: number,
    status: CertificateBundle['certificateBundleStatus'],
    owner?: WalletId,
): Promise<CertificateBundle> {
    const { plant, battery } = siteOf(stage);
    const found: CertificateBundle[] = [];
    for (const facilityId of [plant, battery]) {
        const query = { facilityId, pageSize: 100, bookmark: '' };
        const { rows } = await stage.scenario.ledger.evaluate(stage.reader, 'Certificate:ListOfFacility', query);
        found.push(...rows.filter((row) => row.certificateBundleStatus === status));
    }
    const usable = owner === undefined ? found : found.filter(({ accountId }) => accountId === owner);
    return usable[which % Math.max(1, usable.length)] ?? refuse('CERTIFICATE_NOT_FOUND', { bundleId: status });
}

const which = fc.nat({ max: 99 });

/** A step of the owner of a bundle in some state. */
function ownersStep(
    kind: string,
    weight: number,
    status: CertificateBundle['certificateBundleStatus'],
    act: (stage: LawStage, bundle: CertificateBundle, other: WalletId, size: number) => Promise<unknown>,
): LawStep {
    const facts = fc.record({ index: which, other: walletIndex, size: fc.integer({ min: 1, max: 60 }) });
    return lawStep(kind, weight, facts, async (stage, { index, other, size }) => {
        const bundle = await oneOf(stage, index, status);
        return stage.captured(() => act(stage, bundle, stage.wallet(other), size));
    });
}

/** Energy is certified, divided, given away, kept, used, locked, sent away, fetched back, stored and forgotten. */
export const certificateSteps: readonly LawStep[] = [
    lawStep('issue', 4, fc.record({ hour: whichHour, size: fc.bigInt(1n, 90n) }), (stage, { hour, size }) =>
        stage.captured(() => siteOf(stage).issue([hour], size)),
    ),
    ownersStep('split', 3, 'Active', (stage, bundle, _, size) => split(stage, bundle, BigInt(size))),
    ownersStep('split locked', 1, 'Locked', (stage, bundle, _, size) => split(stage, bundle, BigInt(size))),
    ownersStep('transfer', 3, 'Active', (stage, bundle, to) => sign(stage, 'Certificate:Transfer', bundle, { to })),
    ownersStep('give to provider', 3, 'Active', (stage, bundle) =>
        sign(stage, 'Certificate:Transfer', bundle, { to: stage.provider }),
    ),
    ownersStep('reserve', 3, 'Active', (stage, bundle, to, size) =>
        sign(stage, 'Certificate:Reserve', bundle, { to, until: stage.scenario.later(BigInt(size) * 600n) }),
    ),
    ownersStep('take', 3, 'Reserved', (stage, bundle) =>
        sign(stage, 'Certificate:Take', forWhom(bundle), { from: bundle.accountId }),
    ),
    ownersStep('release', 2, 'Reserved', (stage, bundle, _, size) =>
        sign(stage, 'Certificate:Release', size % 2 === 0 ? bundle : forWhom(bundle), {}),
    ),
    ownersStep('claim', 1, 'Active', (stage, bundle) =>
        sign(stage, 'Certificate:Claim', bundle, { beneficiary: 'somebody', purpose: '' }),
    ),
    ownersStep('lock', 2, 'Active', (stage, bundle) => sign(stage, 'Certificate:Lock', bundle, {})),
    ownersStep('unlock', 2, 'Locked', (stage, bundle) => sign(stage, 'Certificate:Unlock', bundle, {})),
    ownersStep('withdraw', 1, 'Active', (stage, bundle) => {
        const destination = { registry: 'elsewhere', reference: stage.newName('go') as never };
        return sign(stage, 'Certificate:Withdraw', bundle, { destination });
    }),
    lawStep('reissue', 1, fc.record({ index: which, to: walletIndex }), async (stage, { index, to }) => {
        const { certificateBundleId } = await oneOf(stage, index, 'Withdrawn');
        const cancellation = { registry: 'elsewhere', reference: stage.newName('c') as never };
        const command = await siteOf(stage).approvedReissue([certificateBundleId], stage.wallet(to), cancellation);
        const bank = stage.scenario.person('CentralBankMSP', 'admin');
        return stage.captured(() => stage.scenario.ledger.submit(bank, 'Certificate:Reissue', command));
    }),
    lawStep('expire', 2, fc.record({ index: which }), async (stage, { index }) => {
        const bundleIds = [(await oneOf(stage, index, 'Active')).certificateBundleId];
        const anybody = stage.scenario.person('AuthorityMSP');
        return stage.captured(() => stage.scenario.submit(anybody, 'Certificate:Expire', { bundleIds }));
    }),
    lawStep('time passes', 1, fc.bigInt(600n, 3_600n), (stage, seconds) => {
        stage.scenario.ledger.time += seconds;
        return Promise.resolve(undefined);
    }),
    ...storageSteps(),
    ...deliverySteps(),
];

function storageSteps(): readonly LawStep[] {
    const charge = lawStep('charge', 2, which, async (stage, index) => {
        const { certificateBundleId, accountId } = await oneOf(stage, index, 'Active', siteOf(stage).entity);
        const { battery: facilityId, entity } = siteOf(stage);
        const facts = { facilityId, chargeId: 'battery' as StorageRecordId, bundleIds: [certificateBundleId] };
        if (accountId !== entity) return undefined;
        return stage.captured(() => siteOf(stage).sign('Storage:Charge', entity, facts));
    });
    const facts = fc.record({ hour: fc.constantFrom(20, 21), size: fc.bigInt(1n, 20n) });
    const discharge = lawStep('discharge', 2, facts, (stage, { hour, size }) => {
        const { battery, entity } = siteOf(stage);
        const ids = { chargeId: 'battery' as StorageRecordId, dischargeId: stage.newName('d') as StorageRecordId };
        const wish = { ...siteOf(stage).wish([hour], size, battery), ...ids };
        return stage.captured(() => siteOf(stage).sign('Storage:Discharge', entity, wish));
    });
    return [charge, discharge];
}

/** Redemptions of energy: requested, delivered with certificates, and ended in either way. */
function deliverySteps(): readonly LawStep[] {
    const name = fc.nat({ max: 4 }).map((index) => `energy-${String(index)}`);
    const redeemingOf = (stage: LawStage): Redeeming => new Redeeming(stage.scenario, stage.wallet(0), stage.provider);
    const ask = fc.record({ id: name, amount: fc.bigInt(60n, 240n) });
    return [
        lawStep('request energy', 3, ask, async (stage, { id, amount }) => {
            const nonce = (await stage.nextNonce(stage.wallet(0))) as never;
            return stage.captured(() => redeemingOf(stage).request(id, amount, { nonce, service: 'energy' }));
        }),
        lawStep('issue energy voucher', 3, name, (stage, id) => stage.captured(() => redeemingOf(stage).issue(id))),
        lawStep('deliver energy', 6, fc.record({ id: name, index: which }), (stage, { id, index }) =>
            deliver(stage, id, index, redeemingOf(stage)),
        ),
        lawStep('accept energy', 1, name, (stage, id) => stage.captured(() => redeemingOf(stage).accept(id))),
        lawStep('dispute energy', 3, name, (stage, id) => stage.captured(() => redeemingOf(stage).dispute(id))),
        lawStep('resolve energy', 3, fc.record({ id: name, isFor: fc.boolean() }), (stage, { id, isFor }) =>
            stage.captured(() => redeemingOf(stage).resolve(id, isFor ? 'holder' : 'provider')),
        ),
    ];
}

/** Delivers a bundle that is as large as was promised, or cuts one to size. */
async function deliver(
    stage: LawStage,
    id: string,
    index: number,
    redeeming: Redeeming,
): Promise<EndorsedTransaction | undefined> {
    const query = { redemptionId: id as RedemptionId };
    const { quote } = await stage.scenario.ledger.evaluate(stage.reader, 'Redemption:Describe', query);
    const bundle = await oneOf(stage, index, 'Active', stage.provider);
    if (bundle.bundleQuantity > quote.energyWh) {
        return stage.captured(() => split(stage, bundle, quote.energyWh));
    }
    const certificates = [bundle.certificateBundleId];
    return stage.captured(() => redeeming.deliver(id, { certificates }));
}

async function split(stage: LawStage, bundle: CertificateBundle, size: bigint): Promise<unknown> {
    const { certificateBundleId: bundleId, accountId, bundleQuantity } = bundle;
    const quantities = [size, bundleQuantity - size] as EnergyWh[];
    return siteOf(stage).sign('Certificate:Split', accountId, { bundleId, quantities });
}

/** The bundle as if whom it is reserved for had it. */
function forWhom(bundle: CertificateBundle): CertificateBundle {
    const { reservation, accountId } = bundle;
    return { ...bundle, accountId: reservation?.kind === 'wallet' ? reservation.walletId : accountId };
}

/** What the owner of a bundle signs about it alone. */
async function sign(
    stage: LawStage,
    name: Parameters<Certifying['sign']>[0],
    { certificateBundleId, accountId }: CertificateBundle,
    facts: object,
): Promise<unknown> {
    const signed = { bundleIds: [certificateBundleId], ...facts };
    return siteOf(stage).sign(name, accountId, signed);
}
