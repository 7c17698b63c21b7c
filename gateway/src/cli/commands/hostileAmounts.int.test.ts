// SPDX-License-Identifier: Apache-2.0
import { transactionDefinition } from '@power-currency/domain';
import { amountFields } from '@power-currency/chaincode/testing';
import { ExitCode } from '../exitCodes.js';
import { type Desk, openDesk } from '../testing/desk.js';

let desk: Desk;

beforeAll(async () => {
    desk = openDesk();
    await desk.addContext();
});
afterAll(() => {
    desk.leave();
});

describe.each(amountFields())('power submit $transaction, at $path,', ({ transaction, hostile, argumentWith }) => {
    it('refuses what is no amount before it leaves the machine [V62 V63 V65 V68]', async () => {
        const verb = transactionDefinition(transaction).kind;
        const taken: string[] = [];
        for (const amount of hostile) {
            const { exitCode, err } = await desk.power([verb, transaction, '--', argumentWith(amount)]);
            if (exitCode !== ExitCode.Usage || !err.includes('INPUT_INVALID')) taken.push(`${amount.name}: ${err}`);
        }
        expect(taken).toEqual([]);
        expect(desk.calls).toEqual([]);
    });
});
