// SPDX-License-Identifier: Apache-2.0
import { closeYear, producerWithWallet } from '@power-currency/chaincode/testing';
import type { AttesterRole } from '@power-currency/domain';
import { writeFileSync } from 'node:fs';
import { type LedgerDesk, openLedgerDesk } from '../testing/ledgerDesk.js';

let desk: LedgerDesk;

beforeAll(async () => {
    desk = await openLedgerDesk();
    const { scenario } = desk;
    await producerWithWallet(scenario, 'sun');
    await closeYear(scenario, 2026, { sun: 109n });
});
afterAll(() => {
    desk.scenario.close();
    desk.leave();
});
afterEach(() => {
    desk.actAs(desk.scenario.person('CooperativeMSP'));
});

/** Has a peer answer with one thing changed. */
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

function keyFile(role: AttesterRole): string {
    const file = desk.at(`${role}.pem`);
    const { privateKey } = desk.scenario.attesters.get(role)!;
    writeFileSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
    return file;
}

const signAs = (role: AttesterRole, signer: string) =>
    desk.power(['issuance', 'sign-anchor', '2026', '--key', keyFile(role), '--signer', signer]);

it('an attester signs what it has computed again, and anybody checks the signature', async () => {
    expect((await desk.power(['issuance', 'anchor', '2026'])).err).toContain('signed by nobody yet');
    expect(await signAs('ops', 'authority-1')).toMatchObject({ exitCode: 0 });
    const anchor = await desk.ask('issuance', 'anchor', '2026');
    expect(anchor).toMatchObject({
        ...{ period: '2026', entityCount: 1, totalVerifiedWh: '109' },
        signatures: [{ participantId: 'authority', role: 'ops', holds: true }],
    });
    const { err } = await desk.power(['issuance', 'anchor', '2026']);
    expect(err).toContain('signed by authority (ops) as authority-1');
    // The same signature again is the same request.
    expect(await signAs('ops', 'authority-1')).toMatchObject({ exitCode: 0 });
});

it('signs nothing that the figures of the year do not make, and nothing for somebody else', async () => {
    lying('Issuance:DescribeYear', (text) => text.replace('"grossWh":"109"', '"grossWh":"110"'));
    const { exitCode, out } = await signAs('risk', 'centralbank-1');
    expect([exitCode, out.includes('root of its tree')]).toEqual([2, true]);
    desk.actAs(desk.scenario.person('CooperativeMSP'));
    expect((await signAs('data', 'centralbank-1')).err).toContain('ANCHOR_SIGNATURE_INVALID');
    const { signatures } = await desk.ask('issuance', 'anchor', '2026');
    expect(signatures).toHaveLength(1);
});

it('ends with 2 where a signature is not over the anchor that is shown', async () => {
    lying('Issuance:DescribeAnchor', (text) => text.replace('"totalVerifiedWh":"109"', '"totalVerifiedWh":"110"'));
    const { exitCode, err } = await desk.power(['issuance', 'anchor', '2026']);
    expect([exitCode, err.includes('NOT SIGNED')]).toEqual([2, true]);
});
