// SPDX-License-Identifier: Apache-2.0
import { nodePlatform } from '../platform/nodePlatform.js';
import { amountFields, hostileAmounts, Scenario, SimulatedMember } from '../testing/index.js';
import { refusalOf } from '../testing/refusals.js';

const fields = amountFields();
let scenario: Scenario;
let member: SimulatedMember;

beforeAll(async () => {
    scenario = await Scenario.founded();
    const endorserTime = () => scenario.ledger.time;
    member = await SimulatedMember.start('AuthorityMSP', { ...nodePlatform, endorserTime });
});
afterAll(() => {
    member.close();
    scenario.close();
});

it('there are sixty ways at least to write what is no amount, all different', () => {
    const texts = fields.slice(0, 1).flatMap(({ argumentWith }) => hostileAmounts.map(argumentWith));
    expect(new Set(texts).size).toBe(hostileAmounts.length);
    expect(texts.length).toBeGreaterThanOrEqual(60);
});

it('every transaction that pays takes amounts', () => {
    const paying = fields.map(({ transaction }) => transaction);
    expect(paying).toEqual(expect.arrayContaining(['Wallet:Transfer', 'PowerCredit:Mint']));
});

describe.each(fields)('$transaction, at $path,', ({ transaction, path, hostile, argumentWith }) => {
    const identity = () => scenario.person('CentralBankMSP', 'admin');
    const refused = async (argument: string) =>
        refusalOf(scenario.ledger.executeAt(member, { identity: identity(), transaction, argument }));

    it('takes an amount: the argument around it is a good one', async () => {
        const argument = argumentWith({ name: 'one', json: '"1"' });
        const call = scenario.ledger.executeAt(member, { identity: identity(), transaction, argument });
        const thrown: unknown = await call.catch((error: unknown) => error);
        // Other fields may be refused by rules that no schema tells.
        for (const field of ['', path])
            expect(thrown).not.toMatchObject({ code: 'INVALID_ARGUMENT', details: { field } });
    });

    it('refuses what is no amount by its code, naming the field where the text is JSON at all [V62 V63 V65 V68]', async () => {
        const taken: string[] = [];
        for (const amount of hostile) {
            const { code, details } = await refused(argumentWith(amount));
            const { field } = details as { readonly field?: string };
            // What is no JSON has no fields; __proto__ beside the amount is an unknown field of the same object.
            if (code !== 'INVALID_ARGUMENT' || ![path, '', path.replace(/[^.]*$/, '__proto__')].includes(field ?? '?'))
                taken.push(`${amount.name}: ${code} at ${String(field)}`);
        }
        expect(taken).toEqual([]);
    });
});
