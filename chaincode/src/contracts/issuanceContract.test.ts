// SPDX-License-Identifier: Apache-2.0
import '../testing/quiet.js';
import {
    type ArgumentsOf,
    claimIssuanceIntent,
    closeWalletIntent,
    encodeArguments,
    growthCurrency,
    type HolderId,
    hex,
    type ProposalId,
    type RequestId,
    type SignerId,
    verifyEntityYear,
    type WalletId,
    yearRoot,
} from '@power-currency/domain';
import { createHash } from 'node:crypto';
import { expectBalancedBooks } from '../testing/balancedBooks.js';
import { activeEntity } from '../testing/energySteps.js';
import {
    adjustment,
    claimIssuance,
    closeYear,
    confirmYear,
    foundSupply,
    issueYear,
    producerWithWallet,
    signAnchor,
    verifyYear,
} from '../testing/growthSteps.js';
import { Scenario } from '../testing/index.js';
import { expectRefusal } from '../testing/refusals.js';

const asset = growthCurrency;
const unit = 1_000_000n;
const twh = 10n ** 12n;
const sha3 = (bytes: Uint8Array): Uint8Array => createHash('sha3-256').update(bytes).digest();
let scenario: Scenario;

beforeEach(async () => {
    // 15 January 2027: every year up to 2026 is over.
    scenario = await Scenario.founded();
});
afterEach(async () => {
    await expectBalancedBooks(scenario, asset);
    scenario.close();
});

const reader = () => scenario.person('RegulatorMSP');
const preview = async (year: number) => scenario.ledger.evaluate(reader(), 'Issuance:PreviewYear', { year });
const closing = async (year: number) => scenario.ledger.evaluate(reader(), 'Issuance:DescribeYear', { year });
const supply = async () => scenario.ledger.evaluate(reader(), 'Asset:DescribeSupply', { asset });
const status = async () => scenario.ledger.evaluate(reader(), 'Issuance:DescribeStatus', {});
const allocations = async (issuance: string) => {
    const query = { issuance, pageSize: 100, bookmark: '' };
    const { rows } = await scenario.ledger.evaluate(reader(), 'Issuance:ListAllocations', query);
    return Object.fromEntries(rows.map(({ entityId, amount }) => [entityId, amount]));
};
const entityYears = async (): Promise<string[]> =>
    [...(await scenario.ledger.state())].filter(([key]) => key.startsWith('entity-year~')).map(([, text]) => text);

/** Two cooperatives, and five years in which they grow by 3 % a year: a ledger on which 2027 can be issued. */
async function fourYears(): Promise<void> {
    await producerWithWallet(scenario, 'sun');
    await producerWithWallet(scenario, 'wind');
    let energy = 100n * twh;
    for (const year of [2023, 2024, 2025, 2026]) {
        await closeYear(scenario, year, { sun: energy / 4n, wind: (energy * 3n) / 4n });
        energy = (energy * 103n) / 100n;
    }
}

describe('ConfirmYear', () => {
    it('closes a year for good once members of two roles confirm the figures of the ledger', async () => {
        await activeEntity(scenario, 'sun', 'cooperative');
        await verifyYear(scenario, 2025, { sun: 7n * twh });
        const first = await confirmYear(scenario, 2025, 'CooperativeMSP');
        expect(first).toMatchObject({
            isClosed: false,
            confirmations: [{ participantId: 'cooperative', role: 'data' }],
        });
        expect((await preview(2025)).confirmations).toEqual(first.confirmations);
        await expectRefusal(closing(2025), 'CLOSING_NOT_FOUND', { year: 2025 });
        await expect(confirmYear(scenario, 2025, 'CentralBankMSP')).resolves.toMatchObject({ isClosed: true });
        const closed = await closing(2025);
        expect(closed).toMatchObject({ year: 2025, totalWh: 7n * twh, entityCount: 1, previousDigest: null });
        expect(closed.entities).toEqual([
            {
                ...{ entityId: 'sun', kind: 'cooperative', parentId: null, counts: true },
                ...{ grossWh: 7n * twh, netWh: 7n * twh },
            },
        ]);
        expect(hex(yearRoot(2025, closed.entities, sha3))).toBe(hex(closed.merkleRoot));
        await expect(status()).resolves.toMatchObject({ lastClosedYear: 2025, head: null });
    });

    it('refuses other figures than its own, whoever brings them', async () => {
        await activeEntity(scenario, 'sun', 'cooperative');
        await verifyYear(scenario, 2025, { sun: 7n * twh });
        const { totalWh, merkleRoot } = await preview(2025);
        const more = confirmYear(scenario, 2025, 'CooperativeMSP', { totalWh: (totalWh + 1n) as never });
        await expectRefusal(more, 'CLOSING_FIGURES_DIFFER', {
            totalWh: totalWh.toString(),
            merkleRoot: hex(merkleRoot),
        });
        const other = confirmYear(scenario, 2025, 'CooperativeMSP', { merkleRoot: sha3(merkleRoot) });
        await expectRefusal(other, 'CLOSING_FIGURES_DIFFER');
    });

    it('counts each member and each role once [V46 V84]', async () => {
        await confirmYear(scenario, 2025, 'CooperativeMSP');
        const again = confirmYear(scenario, 2025, 'CooperativeMSP');
        await expectRefusal(again, 'CLOSING_CONFIRMED_ALREADY', { participantId: 'cooperative', role: 'data' });
        await expectRefusal(closing(2025), 'CLOSING_NOT_FOUND');
    });

    it('is for delegates of members [V40]', async () => {
        const { totalWh, merkleRoot } = await preview(2025);
        for (const person of [scenario.person('CooperativeMSP'), scenario.person('RegulatorMSP', 'admin')]) {
            const refused = scenario.submit(person, 'Issuance:ConfirmYear', { year: 2025, totalWh, merkleRoot });
            await expectRefusal(refused, 'CALLER_NOT_AUTHORISED');
        }
    });

    it('starts again where figures changed between two confirmations', async () => {
        await activeEntity(scenario, 'sun', 'cooperative');
        await verifyYear(scenario, 2025, { sun: 7n });
        await confirmYear(scenario, 2025, 'CooperativeMSP');
        await verifyYear(scenario, 2025, { sun: 8n });
        expect((await preview(2025)).confirmations).toEqual([]);
        await expect(confirmYear(scenario, 2025, 'AuthorityMSP')).resolves.toMatchObject({ isClosed: false });
        // Who was the first before is free to confirm what is true now.
        await expect(confirmYear(scenario, 2025, 'CooperativeMSP')).resolves.toMatchObject({ isClosed: true });
        await expect(closing(2025)).resolves.toMatchObject({ totalWh: 8n });
    });

    it('closes years in order, each once, none before it is over', async () => {
        const { totalWh, merkleRoot } = await preview(2025);
        await closeYear(scenario, 2025, {});
        await expectRefusal(preview(2025), 'CLOSING_OUT_OF_ORDER', { year: 2025, expected: 2026 });
        const third = scenario.submit(scenario.person('CentralBankMSP', 'admin'), 'Issuance:ConfirmYear', {
            ...{ year: 2025, totalWh, merkleRoot },
        });
        await expectRefusal(third, 'CLOSING_OUT_OF_ORDER', { expected: 2026 });
        await expectRefusal(confirmYear(scenario, 2027, 'AuthorityMSP'), 'CLOSING_OUT_OF_ORDER', { expected: 2026 });
        await closeYear(scenario, 2026, {});
        const early = confirmYear(scenario, 2027, 'AuthorityMSP');
        await expectRefusal(early, 'CLOSING_YEAR_NOT_OVER', { endsAt: '1830297600' });
        scenario.ledger.time = 1_830_297_600n;
        await expect(confirmYear(scenario, 2027, 'AuthorityMSP')).resolves.toMatchObject({ isClosed: false });
    });

    it('moves the clock of the ledger, so that no later transaction is dated before the closing', async () => {
        await closeYear(scenario, 2025, {});
        const { closedAt } = await closing(2025);
        expect((await scenario.ledger.state()).get('clock~ledger')).toContain(`"${closedAt.toString()}"`);
    });

    it('names the closing before, so that closed years are a chain', async () => {
        await fourYears();
        const years = await Promise.all([2023, 2024, 2025, 2026].map(closing));
        expect(years.map(({ previousDigest }) => previousDigest === null)).toEqual([true, false, false, false]);
        const digests = new Set(years.slice(1).map(({ previousDigest }) => hex(previousDigest ?? new Uint8Array())));
        expect(digests.size).toBe(3);
    });

    it('takes from a nation what is inside it, and refuses one with less than that', async () => {
        const nation = await activeEntity(scenario, 'netherlands', 'nation');
        await activeEntity(scenario, 'sun', 'cooperative', { parent: nation });
        await verifyYear(scenario, 2025, { netherlands: 29n, sun: 30n });
        await expectRefusal(preview(2025), 'CLOSING_NET_NEGATIVE', { grossWh: '29', insideWh: '30' });
        const refused = scenario.submit(scenario.person('AuthorityMSP', 'admin'), 'Issuance:ConfirmYear', {
            ...{ year: 2025, totalWh: 30n as never, merkleRoot: new Uint8Array(32) },
        });
        await expectRefusal(refused, 'CLOSING_NET_NEGATIVE', { entityId: 'netherlands' });
        await closeYear(scenario, 2025, { netherlands: 100n });
        await expect(closing(2025)).resolves.toMatchObject({
            totalWh: 100n,
            entities: [
                { entityId: 'netherlands', grossWh: 100n, netWh: 70n },
                { entityId: 'sun', parentId: 'netherlands', grossWh: 30n, netWh: 30n },
            ],
        });
    });

    it('leaves out of the total who does not count when it is closed, inside a nation too', async () => {
        const nation = await activeEntity(scenario, 'netherlands', 'nation');
        await activeEntity(scenario, 'sun', 'cooperative', { parent: nation });
        const entityId = await activeEntity(scenario, 'wind', 'producer');
        const authority = scenario.person('AuthorityMSP', 'admin');
        for (const each of ['sun' as HolderId, entityId]) {
            await scenario.submit(authority, 'EnergyRegistry:SuspendEntity', { entityId: each, reason: 'audit' });
        }
        await closeYear(scenario, 2025, { netherlands: 100n, sun: 30n, wind: 50n });
        await expect(closing(2025)).resolves.toMatchObject({
            totalWh: 70n,
            entityCount: 3,
            entities: [{ netWh: 70n }, { counts: false, netWh: 0n }, { counts: false, netWh: 0n }],
        });
    });

    it('carries what late data took below zero into the next year, and changes no closed one', async () => {
        await activeEntity(scenario, 'sun', 'cooperative');
        await closeYear(scenario, 2024, { sun: 50n });
        const before = await closing(2024);
        await verifyYear(scenario, 2026, { sun: 5n });
        await closeYear(scenario, 2025, { sun: { verified: 10n, carried: -12n } });
        await expect(closing(2025)).resolves.toMatchObject({ totalWh: 0n, entities: [{ grossWh: 0n }] });
        expect(await entityYears()).toContain('{"carriedWh":"-2","entityId":"sun","verifiedWh":"5","year":2026}');
        await expect(preview(2026)).resolves.toMatchObject({ totalWh: 3n });
        expect(await closing(2024)).toEqual(before);
    });
});

describe('a closed year', () => {
    it('is anchored by its root, number of entities and total', async () => {
        await fourYears();
        const anchor = await scenario.ledger.evaluate(reader(), 'Issuance:DescribeAnchor', { year: 2026 });
        const { merkleRoot, totalWh } = await closing(2026);
        expect(anchor).toEqual({
            ...{ timestamp: '2027-01-15T08:00:00Z', period: '2026', merkleRoot, entityCount: 2 },
            ...{ totalVerifiedWh: totalWh, totalVerifiedTwh: '109.272700000000' },
        });
        const paging = { pageSize: 10, bookmark: '' };
        const { rows } = await scenario.ledger.evaluate(reader(), 'Issuance:ListAnchors', paging);
        expect(rows.map(({ period }) => period)).toEqual(['2023', '2024', '2025', '2026']);
        expect(rows[3]).toEqual(anchor);
    });

    it('has its anchor signed by attesters, once in each role, over just this anchor [V46 V51 V84]', async () => {
        await fourYears();
        const year = 2026;
        const signatures = async () =>
            (await scenario.ledger.evaluate(reader(), 'Issuance:DescribeAnchorSignatures', { year })).signatures;
        expect(await signatures()).toEqual([]);
        await expectRefusal(
            signAnchor(scenario, year, 'ops', { totalVerifiedWh: 1n as never }),
            'ANCHOR_SIGNATURE_INVALID',
        );
        await expectRefusal(signAnchor(scenario, year, 'ops', { period: '2025' as never }), 'ANCHOR_SIGNATURE_INVALID');
        const signed = await signAnchor(scenario, year, 'ops');
        expect(signed).toMatchObject({ participantId: 'authority', role: 'ops' });
        await expectRefusal(signAnchor(scenario, year, 'ops'), 'ANCHOR_SIGNED_ALREADY', { signerId: 'authority-1' });
        await signAnchor(scenario, year, 'risk');
        expect((await signatures()).map(({ role }) => role)).toEqual(['ops', 'risk']);
        const of = { requestId: 'x' as never, signerId: 'nobody' as SignerId, signature: signed.signature };
        const submit = async (change: Partial<ArgumentsOf<'Issuance:SignAnchor'>>) =>
            scenario.submit(reader(), 'Issuance:SignAnchor', { year, ...of, ...change });
        const member = scenario.person('CooperativeMSP');
        await expectRefusal(submit({}), 'CALLER_NOT_AUTHORISED');
        await expectRefusal(scenario.submit(member, 'Issuance:SignAnchor', { year, ...of }), 'SIGNER_NOT_FOUND');
        await expectRefusal(scenario.submit(member, 'Issuance:SignAnchor', { ...of, year: 2030 }), 'CLOSING_NOT_FOUND');
        const cooperative = scenario.person('CooperativeMSP', 'admin');
        await scenario.submit(cooperative, 'Registry:RevokeSigner', { signerId: 'cooperative-1' as SignerId });
        await expectRefusal(signAnchor(scenario, year, 'data'), 'ANCHOR_SIGNER_REVOKED', { signerId: 'cooperative-1' });
    });

    it('proves what each entity produced, and nothing else', async () => {
        await fourYears();
        const query = { year: 2026, entityId: 'wind' as HolderId };
        const proof = await scenario.ledger.evaluate(reader(), 'Issuance:ProveEntityYear', query);
        expect(hex(proof.merkleRoot)).toBe(hex((await closing(2026)).merkleRoot));
        expect(verifyEntityYear(proof, sha3)).toBe(true);
        const raised = { ...proof, entity: { ...proof.entity, netWh: (proof.entity.netWh + 1n) as never } };
        expect(verifyEntityYear(raised, sha3)).toBe(false);
        expect(verifyEntityYear({ ...proof, year: 2025 }, sha3)).toBe(false);
        const nobody = { year: 2026, entityId: 'nobody' as HolderId };
        const refused = scenario.ledger.evaluate(reader(), 'Issuance:ProveEntityYear', nobody);
        await expectRefusal(refused, 'CLOSING_ENTITY_NOT_FOUND', { entityId: 'nobody' });
    });
});

describe('Found', () => {
    it('issues what the vote says, once, shared out by the last closed year', async () => {
        await fourYears();
        const founded = await foundSupply(scenario, 10n * unit);
        expect(founded).toMatchObject({ issuance: 'genesis', shareYear: 2026, minted: 10n * unit, allocationCount: 2 });
        expect(await allocations('genesis')).toEqual({ sun: 2_500_000n, wind: 7_500_000n });
        await expect(supply()).resolves.toMatchObject({
            ...{ issued: 10n * unit, escrow: 10n * unit, pending: 0n, wallets: 0n },
            causes: [{ kind: 'proposal', amount: 10n * unit }],
        });
        const second = await scenario.mandate('again', { kind: 'genesis-supply', asset: 'KD', amount: 1n as never });
        const authority = scenario.person('AuthorityMSP', 'admin');
        const refused = scenario.submit(authority, 'Issuance:Found', { proposalId: second });
        await expectRefusal(refused, 'ISSUANCE_FOUNDED', { proposalId: 'genesis-supply' });
    });

    it('needs a vote of the highest class, a closed year, and production in it', async () => {
        const authority = scenario.person('AuthorityMSP', 'admin');
        const found = async (proposalId: string) =>
            scenario.submit(authority, 'Issuance:Found', { proposalId: proposalId as ProposalId });
        await expectRefusal(found('none'), 'PROPOSAL_NOT_FOUND');
        const other = await scenario.mandate('rules', { kind: 'parameter', name: 'alphaBase', value: '0.190000' });
        await expectRefusal(found(other), 'MANDATE_FOR_ANOTHER_ACTION');
        const action = { kind: 'genesis-supply', asset: 'KD', amount: 5n as never } as const;
        const vote = await scenario.mandate('genesis', action);
        const query = { proposalId: vote };
        const { proposal } = await scenario.ledger.evaluate(reader(), 'Governance:Describe', query);
        expect(proposal.class).toBe('constitutional');
        await expectRefusal(found(vote), 'ISSUANCE_NO_CLOSING');
        await closeYear(scenario, 2026, {});
        await expectRefusal(found(vote), 'ISSUANCE_NO_PRODUCTION', { year: 2026 });
    });
});

describe('Issue', () => {
    /** 2027 has begun on a supply of a million, shared out by 2026. */
    async function foundedLedger(): Promise<void> {
        await fourYears();
        await foundSupply(scenario, 1_000_000n * unit);
    }

    it('issues what verified energy grew by over four years, shared out by the last of them', async () => {
        await foundedLedger();
        const issued = await issueYear(scenario, 2027);
        expect(issued).toMatchObject({ issuance: '2027', shareYear: 2026, minted: 30_000n * unit });
        expect(issued.basis).toMatchObject({ kind: 'growth', cubeRoot: '1030000000000000000', adjustment: null });
        expect(await allocations('2027')).toEqual({ sun: 7_500n * unit, wind: 22_500n * unit });
        const { causes } = await supply();
        expect(causes).toMatchObject([{ kind: 'proposal' }, { kind: 'growth', amount: 30_000n * unit }]);
        const query = { issuance: '2027' };
        const described = await scenario.ledger.evaluate(reader(), 'Issuance:DescribeIssuance', query);
        expect(described).toEqual(issued);
        const paging = { pageSize: 10, bookmark: '' };
        const { rows } = await scenario.ledger.evaluate(reader(), 'Issuance:List', paging);
        expect(rows.map(({ issuance }) => issuance)).toEqual(['2027', 'genesis']);
        const missing = scenario.ledger.evaluate(reader(), 'Issuance:DescribeIssuance', { issuance: '2028' });
        await expectRefusal(missing, 'ISSUANCE_NOT_FOUND');
    });

    it('points to the founding vote where there is no supply', async () => {
        await fourYears();
        await expectRefusal(issueYear(scenario, 2027), 'ISSUANCE_NOT_FOUNDED', { year: 2027 });
    });

    it('names the years that are not closed', async () => {
        await activeEntity(scenario, 'sun', 'cooperative');
        for (const year of [2024, 2025]) await closeYear(scenario, year, { sun: 100n });
        await foundSupply(scenario, unit);
        await expectRefusal(issueYear(scenario, 2027), 'ISSUANCE_YEAR_MISSING', { missing: [2023, 2026] });
    });

    it('measures no growth from a year in which nothing was verified', async () => {
        await activeEntity(scenario, 'sun', 'cooperative');
        for (const year of [2021, 2022, 2023, 2024]) await closeYear(scenario, year, year > 2021 ? { sun: 100n } : {});
        await foundSupply(scenario, unit);
        await expectRefusal(issueYear(scenario, 2025), 'ISSUANCE_NO_PRODUCTION', { year: 2021 });
        await closeYear(scenario, 2025, { sun: 133n });
        // The year nothing can be measured for stands in no other one's way: (133/100)^(1/3) - 1 = 9.9724 %.
        await expect(issueYear(scenario, 2026)).resolves.toMatchObject({ minted: 99_724n });
    });

    it('passes over no year, so that nobody can leave out one in which supply should shrink', async () => {
        await activeEntity(scenario, 'sun', 'cooperative');
        for (const year of [2020, 2021, 2022, 2023]) await closeYear(scenario, year, { sun: BigInt(2120 - year) });
        await foundSupply(scenario, unit);
        for (const year of [2024, 2025]) await closeYear(scenario, year, { sun: 200n });
        for (const year of [2025, 2026]) {
            await expectRefusal(issueYear(scenario, year), 'ISSUANCE_OUT_OF_ORDER', { year, expected: 2024 });
        }
        for (const year of [2024, 2025, 2026]) await issueYear(scenario, year);
    });

    it('happens once a year, and never for a year before', async () => {
        await foundedLedger();
        await issueYear(scenario, 2027);
        for (const year of [2027, 2026]) {
            await expectRefusal(issueYear(scenario, year), 'ISSUANCE_YEAR_DONE', { year, lastYear: 2027 });
        }
    });

    it('carries contraction, claws nothing back, and issues again what growth exceeds it by', async () => {
        await activeEntity(scenario, 'sun', 'cooperative');
        for (const [year, wh] of [
            [2021, 1_000n],
            [2022, 990n],
            [2023, 980n],
            [2024, 970n],
        ] as const) {
            await closeYear(scenario, year, { sun: wh * twh });
        }
        await foundSupply(scenario, unit);
        await expectRefusal(issueYear(scenario, 2024), 'ISSUANCE_YEAR_DONE');
        const shrunk = await issueYear(scenario, 2025);
        // (970/1000)^(1/3) - 1 = -1.0101 %
        expect(shrunk).toMatchObject({
            minted: 0n,
            allocationCount: 0,
            basis: { change: -10_101n, carryAfter: 10_101n },
        });
        await expect(status()).resolves.toMatchObject({ supply: unit, head: { contractionCarry: 10_101n } });
        await closeYear(scenario, 2025, { sun: 1_100n * twh });
        const grown = await issueYear(scenario, 2026);
        // (1100/990)^(1/3) - 1 = 3.5744 %, less what was carried
        expect(grown).toMatchObject({
            minted: 25_643n,
            basis: { change: 35_744n, carryBefore: 10_101n, carryAfter: 0n },
        });
        await expect(status()).resolves.toMatchObject({ supply: unit + 25_643n, head: { contractionCarry: 0n } });
    });

    it('adds or takes away what an executed vote says that names the year', async () => {
        await foundedLedger();
        const proposalId = await adjustment(scenario, 2027, -10_000n * unit);
        const issued = await issueYear(scenario, 2027, proposalId);
        expect(issued).toMatchObject({
            minted: 20_000n * unit,
            basis: { adjustment: { proposalId, direction: 'decrease', amount: 10_000n * unit } },
        });
    });

    it('leaves out no vote that was executed, and takes none of another year or that is not in force', async () => {
        await foundedLedger();
        const later = await adjustment(scenario, 2028, 5n);
        await expectRefusal(issueYear(scenario, 2027, later), 'MANDATE_FOR_ANOTHER_ACTION');
        await expectRefusal(issueYear(scenario, 2027, 'none' as ProposalId), 'PROPOSAL_NOT_FOUND');
        const proposalId = 'open' as ProposalId;
        const proposer = scenario.person('CooperativeMSP', 'admin');
        const action = { kind: 'growth-adjustment', year: 2027, direction: 'increase', amount: 5n as never } as const;
        await scenario.submit(proposer, 'Governance:Propose', { proposalId, action, rationale: '' });
        await expectRefusal(issueYear(scenario, 2027, proposalId), 'MANDATE_NOT_IN_FORCE');
        const voted = await adjustment(scenario, 2027, 5n);
        await expectRefusal(issueYear(scenario, 2027), 'ISSUANCE_ADJUSTMENT_NOT_CITED', { proposalId: voted });
        await expect(issueYear(scenario, 2027, voted)).resolves.toMatchObject({ minted: 30_000n * unit + 5n });
    });

    it('refuses more than the share of the supply that votes may move, either way', async () => {
        await foundedLedger();
        const limit = 10_000n * unit;
        for (const [name, amount] of [
            ['above', limit + 1n],
            ['below', -limit - 1n],
        ] as const) {
            await expectRefusal(adjustment(scenario, 2027, amount, name), 'ISSUANCE_ADJUSTMENT_TOO_LARGE', {
                ...{ amount: (limit + 1n).toString(), limit: limit.toString() },
            });
        }
        // What could not be put into force stands in no other vote's way; the bound holds on the day of the issuance too.
        const within = await adjustment(scenario, 2027, limit);
        const lower = { kind: 'parameter', name: 'adjustmentFractionMax', value: '0.009999' } as const;
        await scenario.mandate('lower', lower);
        const refused = issueYear(scenario, 2027, within);
        await expectRefusal(refused, 'ISSUANCE_ADJUSTMENT_TOO_LARGE', { limit: '9999000000' });
    });

    it('has one vote for each year, before its issuance', async () => {
        await expectRefusal(adjustment(scenario, 2027, 5n, 'early'), 'ISSUANCE_NOT_FOUNDED');
        await foundedLedger();
        await adjustment(scenario, 2027, 5n);
        const second = adjustment(scenario, 2027, 6n, 'second');
        await expectRefusal(second, 'ISSUANCE_ADJUSTMENT_EXISTS', { proposalId: 'adjust-2027' });
        await issueYear(scenario, 2027, 'adjust-2027' as ProposalId);
        await expectRefusal(adjustment(scenario, 2027, 6n, 'third'), 'ISSUANCE_YEAR_DONE', { lastYear: 2027 });
    });

    it('is for delegates of members, as the founding is [V40]', async () => {
        const member = scenario.person('AuthorityMSP');
        const issue = scenario.submit(member, 'Issuance:Issue', { year: 2027, adjustmentProposalId: null });
        await expectRefusal(issue, 'CALLER_NOT_AUTHORISED', { rolesRequired: ['delegate'] });
        const found = scenario.submit(member, 'Issuance:Found', { proposalId: 'x' as ProposalId });
        await expectRefusal(found, 'CALLER_NOT_AUTHORISED', { rolesRequired: ['delegate'] });
    });
});

describe('Claim', () => {
    beforeEach(async () => {
        await fourYears();
        await foundSupply(scenario, 10n * unit);
    });
    const sun = 'sun.income' as WalletId;

    it("pays an entity's part to a wallet of it, once [V85]", async () => {
        const claimed = await claimIssuance(scenario, sun, 'genesis');
        expect(claimed).toMatchObject({ entityId: 'sun', to: sun, amount: 2_500_000n });
        await expect(supply()).resolves.toMatchObject({ escrow: 7_500_000n, pending: 2_500_000n, issued: 10n * unit });
        await expectRefusal(claimIssuance(scenario, sun, 'genesis'), 'ALLOCATION_CLAIMED', { walletId: sun });
        await scenario.submit(scenario.person('CooperativeMSP'), 'Wallet:Fold', {
            ...{ walletId: sun, asset, creditIds: [claimed.creditId] },
        });
        await expect(scenario.balanceOf(sun, asset)).resolves.toMatchObject({ available: 2_500_000n });
    });

    it('of two claims in one block pays one [V20]', async () => {
        const calls = ['first', 'second'].map((requestId) => {
            const fields = { ...scenario.intentFields(sun, 0n), requestId: requestId as RequestId };
            const intent = { ...fields, type: 'power/claim-issuance', issuance: 'genesis' } as const;
            const argument = encodeArguments('Issuance:Claim', scenario.signed(claimIssuanceIntent, intent));
            return { identity: scenario.person('CooperativeMSP'), transaction: 'Issuance:Claim', argument };
        });
        const endorsed = await Promise.all(calls.map(async (call) => scenario.ledger.endorse(call)));
        const codes = (await scenario.ledger.commit(endorsed)).map(({ code }) => code);
        expect(codes).toEqual(['VALID', 'MVCC_READ_CONFLICT']);
        await expect(supply()).resolves.toMatchObject({ escrow: 7_500_000n, pending: 2_500_000n });
    });

    it("refuses a wallet of a type that receives no issuance, and one of nobody's part [V44]", async () => {
        const personal = claimIssuance(scenario, 'sun' as WalletId, 'genesis');
        await expectRefusal(personal, 'ISSUANCE_WALLET_NOT_ALLOWED', { type: 'personal' });
        await scenario.openWallet('other');
        await scenario.verify('other', 2);
        const other = await scenario.openWallet('other.income', 'CooperativeMSP', 'cooperative');
        const refused = claimIssuance(scenario, other, 'genesis');
        await expectRefusal(refused, 'ALLOCATION_NOT_FOUND', { issuance: 'genesis', entityId: 'other' });
        await expectRefusal(claimIssuance(scenario, sun, '2027'), 'ALLOCATION_NOT_FOUND');
        await expectRefusal(claimIssuance(scenario, sun, 'genesis', { nonce: 1n as never }), 'NONCE_MISMATCH');
    });

    it('refuses what the holder did not sign [V51]', async () => {
        scenario.holders.set(sun, scenario.holderOf('wind.income' as WalletId));
        await expectRefusal(claimIssuance(scenario, sun, 'genesis'), 'INTENT_KEY_UNKNOWN');
    });

    it('is not paid to a wallet that takes no money', async () => {
        const intent = { ...scenario.intentFields(sun, 1n), type: 'power/close-wallet' as const };
        const signed = scenario.signed(closeWalletIntent, intent);
        await scenario.ledger.submit(scenario.person('CooperativeMSP'), 'Wallet:Close', signed);
        await expectRefusal(claimIssuance(scenario, sun, 'genesis'), 'WALLET_CLOSED', { walletId: sun });
        expect(await allocations('genesis')).toMatchObject({ sun: 2_500_000n });
    });

    it('waits while the entity does not count, and is paid afterwards', async () => {
        const authority = scenario.person('AuthorityMSP', 'admin');
        const entityId = 'sun' as HolderId;
        await scenario.submit(authority, 'EnergyRegistry:SuspendEntity', { entityId, reason: 'audit' });
        const refused = claimIssuance(scenario, sun, 'genesis');
        await expectRefusal(refused, 'ENTITY_NOT_ACTIVE', { entityId: 'sun', obstacle: 'suspended' });
        await scenario.submit(authority, 'EnergyRegistry:ReinstateEntity', { entityId, reason: 'passed' });
        await expect(claimIssuance(scenario, sun, 'genesis')).resolves.toMatchObject({ amount: 2_500_000n });
    });
});
