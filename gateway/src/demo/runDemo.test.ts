// SPDX-License-Identifier: Apache-2.0
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type DemoReport } from './report.js';
import { type DemoInput, runDemo } from './runDemo.js';
import { type SimulatedStage, simulatedStage } from './testing/simulatedStage.js';

const samples = join(__dirname, '..', '..', 'samples');
const input: DemoInput = {
    day: '2025-11-19',
    files: readdirSync(samples)
        .filter((name) => name.endsWith('A65.xml'))
        .map((name) => join(samples, name)),
    timings: { installMs: 1, upMs: 2, deployMs: null },
};

let stage: SimulatedStage;

beforeEach(async () => {
    stage = await simulatedStage();
});

afterEach(() => {
    stage.close();
});

describe('runDemo', () => {
    it('runs an energy day to money and a vote, and reports what the ledger holds', async () => {
        const report: DemoReport = await runDemo(stage, input);
        expect(report.attestation).toMatchObject({
            day: '2025-11-19',
            signatures_ok: 2,
            mint_suggested: report.mint.amount,
        });
        expect(BigInt(report.attestation.wh_dc_commit)).toBe((BigInt(report.attestation.wh_dc_raw) * 18n) / 100n);
        expect(report.refused).toEqual([
            { what: 'overdraft', code: 'INSUFFICIENT_FUNDS' },
            { what: 'forged intent', code: 'INTENT_SIGNATURE_INVALID' },
        ]);
        expect(report.proposal).toMatchObject({ outcome: 'executed', for: 2, against: 1, abstain: 0 });
        const { issued, redeemed, inWallets, pending, held } = report.supply;
        expect(issued).toBe(report.mint.amount);
        expect(held).toBe(report.hold.remaining);
        expect(BigInt(inWallets) + BigInt(pending) + BigInt(held)).toBe(BigInt(issued) - BigInt(redeemed));
        expect(report.wallets.reduce((sum, { balance }) => sum + BigInt(balance), 0n)).toBe(BigInt(inWallets));
        expect(new Set(report.transfers.map(({ txId }) => txId)).size).toBe(5);
        expect(Object.keys(report.network.heights)).toEqual(['authority', 'centralbank', 'cooperative', 'regulator']);
        expect(report.timings).toMatchObject({ installMs: 1, upMs: 2, deployMs: null });
    });

    it('tells its account in the order of the steps', async () => {
        await runDemo(stage, input);
        const headings = stage.told.filter((line) => line.startsWith('\n')).map((line) => line.trim());
        expect(headings).toEqual([
            'Members',
            'Energy day',
            'Money',
            'Vote',
            'Energy that several sources agree on',
            'What money is for',
            "What the regulator's own peer says",
        ]);
    });

    it("fails when the regulator's peer holds a transaction as invalid", async () => {
        stage.regulatorSays.validationCode = 'MVCC_READ_CONFLICT';
        await expect(runDemo(stage, input)).rejects.toMatchObject({
            code: 'DEMO_STEP_FAILED',
            details: { step: 'transactions' },
        });
    });

    it.each<[string, string, (answer: string) => string]>([
        ['attestation', 'Attestation:ReadFile', (answer) => answer.replace(/\\n"\}$/, '"}')],
        ['wallets', 'Wallet:BalanceOf', (answer) => answer.replace(/"nonce":"\d+"/, '"nonce":"77"')],
        ['proposal', 'Governance:Describe', (answer) => answer.replace('"state":"executed"', '"state":"approved"')],
        ['proposal', 'Governance:DescribeParameters', (answer) => answer.replace('1.150000', '1.100000')],
        ['supply', 'Asset:DescribeSupply', (answer) => answer.replace(/"pending":"\d+"/, '"pending":"1"')],
    ])("fails at %s when the regulator's peer answers %s otherwise", async (step, transaction, change) => {
        stage.regulatorSays.query = (name, answer) => (name === transaction ? change(answer) : answer);
        await expect(runDemo(stage, input)).rejects.toMatchObject({ code: 'DEMO_STEP_FAILED', details: { step } });
    });

    it('fails when the ledger accepts what it should refuse', async () => {
        const lower = (answer: string): string => answer.replace(/"available":"\d+"/, '"available":"1"');
        stage.regulatorSays.query = (name, answer) => (name === 'Wallet:BalanceOf' ? lower(answer) : answer);
        await expect(runDemo(stage, input)).rejects.toMatchObject({
            code: 'DEMO_STEP_FAILED',
            details: { step: 'overdraft' },
        });
    });

    it("fails when the regulator's peer has another block", async () => {
        stage.regulatorSays.blockHash = 'f'.repeat(64);
        jest.spyOn(Date, 'now').mockReturnValueOnce(0);
        await expect(runDemo(stage, input)).rejects.toMatchObject({
            code: 'DEMO_STEP_FAILED',
            details: { step: 'agreement' },
        });
    });

    it('refuses a day that is attested already, by name', async () => {
        await runDemo(stage, input);
        await expect(runDemo(stage, input)).rejects.toMatchObject({
            code: 'DEMO_STEP_FAILED',
            details: { step: 'energy day' },
        });
    });
});
