// SPDX-License-Identifier: Apache-2.0
import {
    adjustment,
    claimIssuance,
    closeYear,
    foundSupply,
    issueYear,
    producerWithWallet,
    verifyYear,
} from '@power-currency/chaincode/testing';
import { type LedgerDesk, openLedgerDesk } from '../testing/ledgerDesk.js';

let desk: LedgerDesk;
const unit = 1_000_000n;
const twh = 10n ** 12n;

beforeAll(async () => {
    desk = await openLedgerDesk();
    const { scenario } = desk;
    const wallet = await producerWithWallet(scenario, 'sun');
    await producerWithWallet(scenario, 'wind');
    for (const [year, wh] of [
        [2023, 100n],
        [2024, 104n],
        [2025, 103n],
        [2026, 109n],
    ] as const) {
        await closeYear(scenario, year, { sun: wh * twh, wind: 2n * wh * twh + 1n });
    }
    await foundSupply(scenario, 1_000n * unit);
    await issueYear(scenario, 2027, await adjustment(scenario, 2027, -3n * unit));
    await claimIssuance(scenario, wallet, '2027');
});
afterAll(() => {
    desk.scenario.close();
    desk.leave();
});

/** The transport with one answer changed: a peer that lies, or a ledger whose records were damaged. */
function lying(transaction: string, change: (text: string) => string): void {
    const { transport } = desk;
    if (transport === undefined) throw new Error('the desk has no ledger');
    desk.transport = {
        submit: (name, argument) => transport.submit(name, argument),
        evaluate: async (name, argument) => {
            const text = await transport.evaluate(name, argument);
            return name === transaction ? change(text) : text;
        },
    };
}

describe('power issuance explain', () => {
    afterEach(() => {
        desk.actAs(desk.scenario.person('CooperativeMSP'));
    });

    it('computes every figure of an issuance again, and says who has claimed', async () => {
        const answer = await desk.ask('issuance', 'explain', '2027');
        expect(answer).toMatchObject({ issuance: '2027', isConfirmed: true });
        expect(answer.shares).toMatchObject([
            { entityId: 'sun', claimedTo: 'sun.income', agrees: true },
            { entityId: 'wind', claimedTo: null, agrees: true },
        ]);
        const steps = (answer.checks as { step: string; ledger: string }[]).map(({ step, ledger }) => [step, ledger]);
        expect(Object.fromEntries(steps)).toMatchObject({
            'cube root of their ratio, in 10^-18': '1029142466571506366',
            'supply before (M_prev)': '1000000000',
            'growth of it (g_E * M_prev)': '29142466',
            'votes on its adjustment (epsilon)': 'adjust-2027',
            'adjustment (epsilon): decrease voted for as adjust-2027': '3000000',
            'change (delta M)': '26142466',
            issued: '26142466',
        });
        await expect(desk.ask('issuance', 'explain', 'genesis')).resolves.toMatchObject({ isConfirmed: true });
    });

    it('is a tree for people', async () => {
        const { out, exitCode } = await desk.power(['issuance', 'explain', '2027']);
        expect(exitCode).toBe(0);
        expect(out).toContain(
            'issuance 2027: every figure is confirmed (money in millionths of a K-Dollar)\n├─ ok  year 2023: net production',
        );
        expect(out).toMatch(
            /└─ shares of 2 entities, 1 not claimed yet\n {3}├─ ok {2}sun: .* Wh, claimed by sun.income: /,
        );
    });

    it.each([
        ['Issuance:DescribeYear', '"netWh":"109000000000000"', '"netWh":"109000000000001"', 'year 2026: root'],
        ['Issuance:DescribeYear', '"grossWh":"100000000000000"', '"grossWh":"100000000000001"', 'year 2023: root'],
        ['Issuance:DescribeYear', '"closedAt":"18000000', '"closedAt":"18000001', 'year 2024: follows 2023'],
        ['Issuance:DescribeYear', '"role":"ops"', '"role":"data"', 'year 2023: confirmed'],
        ['Issuance:DescribeIssuance', '"cubeRoot":"1029', '"cubeRoot":"1028', 'proof: root^3'],
        [
            'Issuance:DescribeYear',
            '"totalWh":"327000000000001"',
            '"totalWh":"327000000000002"',
            'year 2026: net production',
        ],
        ['Issuance:DescribeYear', '"grossWh":"100000000000000"', '"grossWh":"100000000000001"', 'year 2023: the same'],
        ['Issuance:DescribeIssuance', '"startWh":"3', '"startWh":"4', 'energy of the first'],
        ['Issuance:DescribeIssuance', '"endWh":"3', '"endWh":"4', 'energy of the last'],
        ['Issuance:DescribeIssuance', '"cubeRoot":"1029', '"cubeRoot":"1028', 'cube root of their ratio'],
        ['Issuance:DescribeIssuance', '"carryBefore":"0"', '"carryBefore":"1"', 'contraction carried until then'],
        ['Issuance:ListAllocations', '"amount":"8', '"amount":"7', 'sun: 109'],
        ['Governance:Describe', '"state":"executed"', '"state":"approved"', 'adjustment (epsilon): decrease'],
        ['Governance:Describe', '"direction":"decrease"', '"direction":"increase"', 'adjustment (epsilon): decrease'],
        ['Issuance:DescribeIssuance', '"change":"26142466"', '"change":"26142467"', 'change (delta M)'],
        ['Issuance:DescribeIssuance', '"minted":"26142466"', '"minted":"26142467"', 'issued'],
        ['Issuance:DescribeIssuance', '"carryAfter":"0"', '"carryAfter":"1"', 'contraction carried from then on'],
        ['Issuance:List', '"minted":"1000000000"', '"minted":"1000000001"', 'supply before (M_prev)'],
        ['Issuance:ListAllocations', '"amount":"8', '"amount":"7', 'allocations add up'],
        ['Governance:Describe', '"amount":"3000000"', '"amount":"2000000"', 'adjustment (epsilon)'],
        ['Governance:Describe', '"year":2027', '"year":2028', 'adjustment (epsilon)'],
        ['Governance:List', '"proposalId":"adjust-2027"', '"proposalId":"other"', 'votes on its adjustment'],
        ['Asset:DescribeSupply', '"issued":"1026142466"', '"issued":"1026142467"', 'all issuances add up'],
    ])('ends with 2 where %s says %s otherwise', async (transaction, from, to, step) => {
        lying(transaction, (text) => {
            expect(text.includes(from) || transaction === 'Issuance:DescribeYear').toBe(true);
            return text.replaceAll(from, to);
        });
        const { exitCode, out } = await desk.power(['issuance', 'explain', '2027']);
        expect(exitCode).toBe(2);
        expect(out).toContain('issuance 2027: FIGURES DIFFER');
        expect(out).toMatch(new RegExp(`(NO  [^\n]*|└─ )${step.replaceAll(/[()^]/g, '\\$&')}`));
    });

    it('says what there is none of', async () => {
        expect(await desk.fail('issuance', 'explain', '2028')).toContain('ISSUANCE_NOT_FOUND');
        expect(await desk.fail('issuance', 'explain', 'soon')).toContain('not a year');
        for (const year of ['soon', '-1', '1e3', '']) {
            expect(await desk.fail('issuance', 'preview', year)).toMatch(/INVALID_ARGUMENT|unknown option/);
        }
    });
});

it('a closed year is a line for each entity, and shares are in K-Dollars', async () => {
    const { out, err } = await desk.power(['issuance', 'year', '2026']);
    expect(out).toMatch(/sun +- +cooperative +true +109000000000000 +109000000000000 +109000/);
    expect(err).toContain('confirmed by cooperative (data) and authority (ops)');
    await expect(desk.ask('issuance', 'year', '2026')).resolves.toMatchObject({
        entities: [{ netWh: '109000000000000' }, {}],
    });
    expect((await desk.power(['issuance', 'status'])).out).toMatch(/supply +1026\.142466 KD \(1026142466\)/);
    expect((await desk.power(['issuance', 'show', '2027'])).out).toMatch(/basis\.change +26\.142466 KD \(26142466\)/);
});

describe('power issuance prove', () => {
    afterEach(() => {
        desk.actAs(desk.scenario.person('CooperativeMSP'));
    });

    it('checks against a trusted root what an entity produced', async () => {
        const answer = await desk.ask('issuance', 'prove', '2026', 'sun');
        expect(answer).toMatchObject({ isProved: true, leafCount: 2, entity: { netWh: '109000000000000' } });
        const root = String(answer.merkleRoot);
        await expect(desk.ask('issuance', 'prove', '2026', 'sun', '--root', root)).resolves.toEqual(answer);
        const of2025 = String((await desk.ask('issuance', 'anchor', '2025')).merkleRoot);
        const { exitCode, out } = await desk.power(['issuance', 'prove', '2026', 'sun', '--root', of2025]);
        expect([exitCode, out.includes('isProved')]).toEqual([2, true]);
    });

    it.each([
        ['"netWh":"109', '"netWh":"110'],
        ['"year":2026', '"year":2025'],
    ])('ends with 2 where %s is said to be %s', async (from, to) => {
        lying('Issuance:ProveEntityYear', (text) => text.replace(from, to));
        const { exitCode, out } = await desk.power(['issuance', 'prove', '2026', 'sun']);
        expect(exitCode).toBe(2);
        expect(out).toMatch(/isProved +false/);
    });

    it('takes no proof of another entity for an answer', async () => {
        const { transport } = desk;
        const other = await transport?.evaluate('Issuance:ProveEntityYear', '{"entityId":"wind","year":2026}');
        lying('Issuance:ProveEntityYear', () => other ?? '');
        expect((await desk.power(['issuance', 'prove', '2026', 'sun'])).exitCode).toBe(2);
    });
});

describe('power issuance preview', () => {
    it('shows what a year would be closed with, votes for energy included, and how to confirm it', async () => {
        const { scenario } = desk;
        scenario.ledger.time = 1_830_297_600n;
        await verifyYear(scenario, 2027, { sun: 5n * twh, wind: 0n });
        const answer = await desk.ask('issuance', 'preview', '2027');
        expect(answer).toMatchObject({ year: 2027, entityCount: 2, totalWh: '5000000000000', confirmations: [] });
        expect(answer.entities).toMatchObject([{ entityId: 'sun', energyVotes: '5000' }, { energyVotes: '0' }]);
        const { err } = await desk.power(['issuance', 'preview', '2027']);
        expect(err).toContain('confirmed by nobody yet');
        const command = /power (issuance confirm [0-9a-f ]+)/.exec(err)?.[1]?.trim().split(' ') ?? [];
        desk.actAs(scenario.person('AuthorityMSP', 'admin'));
        const { result } = await desk.ask(...command);
        expect(result).toMatchObject({ isClosed: false, confirmations: [{ participantId: 'authority', role: 'ops' }] });
        const again = await desk.power(['issuance', 'preview', '2027']);
        expect(again.err).toContain('confirmed by authority (ops)');
    });
});
