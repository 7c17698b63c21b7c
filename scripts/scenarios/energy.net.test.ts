// SPDX-License-Identifier: Apache-2.0
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
    type AssetCode,
    type BundleId,
    type Day,
    type EnergyWh,
    holderOf,
    imbalance,
    type IntervalStart,
    money,
    type Period,
    powerCredit,
    type RedemptionId,
    type ResultOf,
    type SourceKind,
    type VoucherId,
    type WalletId,
} from '@power-currency/domain';
import { type IntervalLife, lifeOfHour } from '../../gateway/src/application/energyLife';
import { explainIssuance } from '../../gateway/src/application/issuance/explainIssuance';
import { readIssuance } from '../../gateway/src/application/issuance/issuanceFacts';
import { attestDay } from '../../gateway/src/demo/energyStep';
import { registerMembers } from '../../gateway/src/demo/foundingStep';
import { openStage, type Stage } from '../../gateway/src/demo/stage';
import { primitives } from '../../gateway/src/keys/ed25519';
import { EnergyConsortium, inTenYears, type Plant, sha256, sourceOf } from './energyConsortium';
import { TestNetwork } from './testNetwork';

jest.setTimeout(300_000);

const network = TestNetwork.shared();
const kDollar = 'KD' as AssetCode & 'KD';
const [eve, today] = ['2025-11-18', '2025-11-19'];
const hour = `${today}T12:00Z` as IntervalStart;
const giga = 1_000_000_000n;
const buyer = 'buyer' as WalletId;
/**
 * The cube root of 112/100 is 1.03849882037…, of a million K-Dollars; shares are 85, 5 and 10 %, and of the two halves of
 * a unit that are over, the first entity by name has one. Worked out in Python.
 */
const minted2025 = 38_498_820_370n;
const shares2025 = { lowlands: 32_723_997_315n, windcoop: 1_924_941_018n, northsea: 3_849_882_037n };
let stage: Stage;
let consortium: EnergyConsortium;
/** A nation with all its energy, and a cooperative and a producer inside it. */
let plants: Record<'nation' | 'coop' | 'producer', Plant>;

beforeAll(async () => {
    network.standDeployed();
    stage = openStage(network.networkDir, () => undefined);
    consortium = new EnergyConsortium(stage);
    const attesters = await network.untilAccepted(() => registerMembers(stage));
    const samples = join(__dirname, '../../gateway/samples');
    const files = readdirSync(samples).filter((name) => name.endsWith(`${today}_A65.xml`));
    await attestDay(stage, attesters, { day: today, files: files.map((name) => join(samples, name)) });
    // Nobody has verified the holders of this network.
    for (const walletType of ['sovereign', 'cooperative'] as const) {
        const action = { kind: 'wallet-policy', walletType, power: 'tierMin', value: '0' } as const;
        await consortium.vote(`open-${walletType}`, action);
    }
    await consortium.openWallet(buyer, 'personal');
});

afterEach(async () => {
    for (const asset of [powerCredit, kDollar]) {
        if (imbalance(await supplyOf(asset)) !== 0n) throw new Error(`${asset} was not conserved`);
    }
});

afterAll(() => {
    stage.close();
    network.down();
});

it('three entities are brought in by one member and count once another has approved them', async () => {
    const nation = await consortium.activeEntity('lowlands', 'nation', null, 'sovereign');
    const coop = await consortium.activeEntity('windcoop', 'cooperative', nation, 'cooperative');
    const producer = await consortium.activeEntity('northsea', 'producer', nation, 'cooperative');
    for (const entityId of [nation, coop, producer]) {
        const { standing } = await consortium.regulator.energyRegistry.checkEntity({ entityId });
        expect(standing).toMatchObject({ counts: true });
    }
    plants = {
        nation: await consortium.plant(nation, 'lowlands-total', { type: 'aggregate', carrier: 'B20' }, 40n),
        coop: await consortium.plant(coop, 'windcoop-park', { type: 'generation', carrier: 'B19' }, 2n),
        producer: await consortium.plant(producer, 'northsea-park', { type: 'generation', carrier: 'B18' }, 4n),
    };
});

it('two days of four sources: the lying one is flagged, reviewed by two roles, and the day verified without it', async () => {
    const honest = { nation: 240n * giga, coop: 12n * giga, producer: 48n * giga };
    const names = Object.keys(honest) as (keyof typeof honest)[];
    await Promise.all(
        names.map(async (name) => {
            const verified = await consortium.measured(plants[name], eve, allSay(honest[name]));
            expect(verified.reconciliation).toMatchObject({ status: 'verified', estimateWh: honest[name] });
            const said = { ...allSay(honest[name]), ...(name === 'producer' && { audit: (honest[name] * 5n) / 4n }) };
            const { reconciliation } = await consortium.measured(plants[name], today, said);
            expect(reconciliation.status).toBe(name === 'producer' ? 'flagged' : 'verified');
        }),
    );
    const { producer } = plants;
    const [of, liar] = [{ facilityId: producer.facilityId, period: today as Period }, sourceOf(producer, 'audit')];
    const { explanation, measurement } = await consortium.regulator.measurement.describe(of);
    expect([measurement.state, measurement.countedWh]).toEqual(['flagged', 0n]);
    expect(explanation[0]).toContain(liar);

    const review = { ...consortium.request('review'), ...of };
    await consortium.settled(consortium.member('ops', 'admin').measurement.openReview(review));
    for (const role of ['data', 'risk'] as const) {
        const word = { verdict: 'verify', reason: 'The auditor read another meter.', evidence: sha256(role) } as const;
        const verdict = { ...consortium.request('verdict'), ...of, ...word, withoutSources: [liar] };
        await consortium.settled(consortium.member(role, 'admin').measurement.reviewVerdict(verdict));
    }
    const cleared = await consortium.regulator.measurement.describe(of);
    expect(cleared.measurement).toMatchObject({ state: 'verified', countedWh: honest.producer });
    const year = { year: 2025 };
    await expect(consortium.regulator.issuance.previewYear(year)).resolves.toMatchObject({
        // The nation's aggregate contains the two others, so that each Wh counts once.
        totalWh: 2n * honest.nation,
    });
});

it('an hour is certified, split and claimed, and each of its watt-hours is in one state', async () => {
    const { facilityId } = plants.producer;
    const owner = 'northsea' as WalletId;
    const wish = { facilityId, day: today as Day, starts: [hour], energyWh: null };
    const { certificate } = consortium.member('data');
    const issued = await consortium.settled(certificate.issue(consortium.signed('Certificate:Issue', owner, wish)));
    expect(issued.energyWh).toBe(2n * giga);
    const [bundleId] = issued.bundleIds as [BundleId];
    const quantities = [giga / 2n, giga / 2n, giga] as EnergyWh[];
    const parts = consortium.signed('Certificate:Split', owner, { bundleId, quantities });
    const { splitInto } = await consortium.settled(certificate.split(parts));
    const [claimed, locked] = splitInto as [BundleId, BundleId, BundleId];
    const use = { bundleIds: [claimed], beneficiary: 'Steel works', purpose: 'green steel' };
    await consortium.settled(certificate.claim(consortium.signed('Certificate:Claim', owner, use)));
    await consortium.settled(certificate.lock(consortium.signed('Certificate:Lock', owner, { bundleIds: [locked] })));
    await expect(
        certificate.claim(consortium.signed('Certificate:Claim', owner, { ...use, bundleIds: [bundleId] })),
    ).rejects.toMatchObject({ code: 'CERTIFICATE_STATUS_MISMATCH' });
    const life = await lifeOfInterval(hour);
    expect(life.energy).toMatchObject({ verifiedWh: 2n * giga, allocatedWh: 2n * giga });
    expect(life.states).toEqual({
        ...{ unallocated: 0n, certificate: giga, backingCredits: giga / 2n, claimed: giga / 2n },
        ...{ withdrawn: 0n, expired: 0n },
    });
});

it('credits are minted against the attested day and redeemed against certificates of the energy delivered', async () => {
    const { mintSuggested } = await consortium.regulator.attestation.describe({ day: today as Day });
    expect(mintSuggested > 0n).toBe(true);
    const issuer = consortium.member('risk').powerCredit;
    const order = { ...consortium.request('mint'), day: today as Day, amount: mintSuggested, to: buyer };
    const { creditId } = await consortium.settled(issuer.mint(order));
    const more = { ...order, ...consortium.request('mint'), amount: money(1n) };
    await expect(issuer.mint(more)).rejects.toMatchObject({ code: expect.stringMatching(/^MINT_/) as unknown });

    const provider = 'northsea' as WalletId;
    const licence = { holderId: holderOf(provider), kind: 'provider', evidence: sha256('licence') } as const;
    const grant = { ...consortium.request('grant'), ...licence, expiresAt: inTenYears() };
    await consortium.settled(consortium.member('data', 'admin').registry.grantCredential(grant));
    const { redemption, certificate } = consortium.member('data');
    const redemptionId = 'heat' as RedemptionId;
    const terms = { amount: money(6_000_000n), service: 'energy' } as const;
    const { value: valueMin, energyWh } = await consortium.regulator.redemption.quote(terms);
    const wish = { redemptionId, ...terms, provider, valueMin, energyWhMin: energyWh };
    const request = consortium.signed('Redemption:Request', buyer, wish, { nonce: 1n, foldIds: [creditId] });
    await consortium.settled(redemption.request(request));
    const voucher = { redemptionId, voucherId: 'voucher-1' as VoucherId };
    const taken = consortium.signed('Redemption:IssueVoucher', provider, voucher);
    await consortium.settled(redemption.issueVoucher(taken));
    const { facilityId } = plants.producer;
    const part = { facilityId, day: today as Day, starts: [`${today}T13:00Z` as IntervalStart], energyWh };
    const issue = consortium.signed('Certificate:Issue', provider, part);
    const { bundleIds } = await consortium.settled(certificate.issue(issue));
    const delivery = { redemptionId, evidence: sha256('meter'), certificates: bundleIds };
    await consortium.settled(redemption.deliver(consortium.signed('Redemption:Deliver', provider, delivery)));
    await consortium.settled(redemption.accept(consortium.signed('Redemption:Accept', buyer, { redemptionId })));

    expect(await supplyOf(powerCredit)).toMatchObject({ issued: mintSuggested, redeemed: terms.amount });
    const life = await lifeOfInterval(`${today}T13:00Z`);
    expect(life.states).toMatchObject({ claimed: energyWh, certificate: 0n, unallocated: 2n * giga - energyWh });
    expect(life.ranges.map(({ bundle }) => bundle.beneficiary)).toEqual([expect.stringContaining(buyer)]);
});

it('four years are closed by two roles, and the issuance of the fifth is shared out to the unit', async () => {
    const history = { 2021: 100n, 2022: 103n, 2023: 107n, 2024: 112n } as const;
    await Promise.all(
        Object.values(plants).map(async (plant) => {
            for (const [year, percent] of Object.entries(history)) {
                const energyWh = (plant.nameplateW * 3_000n * percent) / 100n;
                const { reconciliation } = await consortium.measured(plant, year, {
                    ...{ satellite: energyWh, audit: energyWh },
                });
                expect(reconciliation.status).toBe('verified');
            }
        }),
    );
    for (const year of Object.keys(history).map(Number)) {
        const { totalWh, merkleRoot } = await consortium.regulator.issuance.previewYear({ year });
        for (const role of ['data', 'risk'] as const) {
            const figures = { ...consortium.request('close'), year, totalWh, merkleRoot };
            await consortium.settled(consortium.member(role, 'admin').issuance.confirmYear(figures));
        }
    }
    const issuer = consortium.member('ops', 'admin').issuance;
    const amount = money(1_000_000n * 1_000_000n);
    const proposalId = await consortium.vote('founding', { kind: 'genesis-supply', asset: kDollar, amount });
    await consortium.settled(issuer.found({ ...consortium.request('found'), proposalId }));
    const order = { ...consortium.request('issue'), year: 2025, adjustmentProposalId: null };
    expect(await consortium.settled(issuer.issue(order))).toMatchObject({ minted: minted2025 });
    await expect(issuer.issue({ ...order, ...consortium.request('again') })).rejects.toMatchObject({
        code: 'ISSUANCE_YEAR_DONE',
    });
    const claims = { nation: 'lowlands', coop: 'windcoop', producer: 'northsea' } as const;
    for (const wallet of Object.values(claims)) {
        const claim = consortium.signed('Issuance:Claim', wallet as WalletId, { issuance: '2025' });
        await consortium.settled(consortium.member('data').issuance.claim(claim));
    }
    const { rows } = await consortium.regulator.issuance.listAllocations({
        issuance: '2025',
        pageSize: 10,
        bookmark: '',
    });
    const shares = Object.fromEntries(rows.map((row) => [row.entityId, row.amount]));
    expect(shares).toEqual(shares2025);
    expect(await supplyOf(kDollar)).toMatchObject({ issued: amount + minted2025 });
    const facts = await readIssuance(consortium.regulator, '2025');
    expect(explainIssuance(facts, primitives.sha3)).toMatchObject({ isConfirmed: true });
});

/** An hour of the producer's plant. */
async function lifeOfInterval(start: string): Promise<IntervalLife> {
    const life = await lifeOfHour(consortium.regulator, plants.producer.facilityId, start.slice(0, 13));
    return life.intervals[0]!;
}

/** The supply as the regulator's peer counts it. */
async function supplyOf(asset: AssetCode): Promise<ResultOf<'Asset:DescribeSupply'>> {
    return consortium.regulator.asset.describeSupply({ asset });
}

function allSay(energyWh: bigint): Record<SourceKind, bigint> {
    return { satellite: energyWh, sensor: energyWh, financial: energyWh, audit: energyWh };
}
