// SPDX-License-Identifier: Apache-2.0
import { DomainError, encodeArguments, type WalletId } from '@power-currency/domain';
import { Scenario } from '../testing/index.js';
import { expectRefusal } from '../testing/refusals.js';

const day = '2026-11-19';
const [anna, bert] = ['anna', 'bert'] as WalletId[] as [WalletId, WalletId];
let scenario: Scenario;

beforeEach(async () => {
    scenario = await funded();
});
afterEach(() => {
    scenario.close();
});

async function funded(channelId?: string): Promise<Scenario> {
    const made = await Scenario.founded(channelId === undefined ? {} : { channelId });
    await made.attestDay(day, 338_385_500_000n);
    for (const walletId of [anna, bert]) {
        await made.openWallet(walletId);
        await made.fund(day, 1_000n, walletId);
    }
    return made;
}

const signed = (nonce = 1n, from = anna, to = bert) =>
    encodeArguments('Wallet:Transfer', scenario.signedIntent(scenario.intent({ from, to, amount: 10n, nonce })));
const endorse = async (argument: string, mspId = 'AuthorityMSP', ledger = scenario.ledger) =>
    ledger.endorse({ identity: scenario.person(mspId), transaction: 'Wallet:Transfer', argument });

/** Another value that would pass for one of the same field. */
function other(value: unknown): unknown {
    if (typeof value !== 'string') return value === null ? 'x' : null;
    if (/^\d+$/.test(value)) return (BigInt(value) + 1n).toString();
    return value === '' ? 'x' : `${value.slice(0, -1)}${value.endsWith('a') ? 'b' : 'a'}`;
}

describe('a signed payment', () => {
    it('pays nothing when whoever submits it has changed a field of it [V51 V83]', async () => {
        const document = JSON.parse(signed()) as { readonly intent: Readonly<Record<string, unknown>> };
        const before = await scenario.ledger.state();
        const fields = Object.keys(document.intent);
        expect(fields).toEqual(expect.arrayContaining(['to', 'amount', 'nonce', 'expiresAt', 'requestId', 'asset']));
        for (const field of fields) {
            const changed = { ...document, intent: { ...document.intent, [field]: other(document.intent[field]) } };
            const thrown: unknown = await endorse(JSON.stringify(changed)).catch((error: unknown) => error);
            expect([field, thrown instanceof DomainError]).toEqual([field, true]);
        }
        await expect(scenario.ledger.state()).resolves.toEqual(before);
    });

    it('is the holder’s, whichever member’s identity carries it [V51]', async () => {
        for (const [index, mspId] of ['CooperativeMSP', 'CentralBankMSP'].entries()) {
            const endorsed = await endorse(signed(BigInt(index + 1)), mspId);
            const [committed] = await scenario.ledger.commit([endorsed]);
            expect(committed?.code).toBe('VALID');
        }
    });

    it('means nothing on another channel, where the same wallets have the same keys [V81]', async () => {
        const elsewhere = await funded('other');
        await expectRefusal(endorse(signed(), 'AuthorityMSP', elsewhere.ledger), 'INTENT_CHANNEL_MISMATCH', {
            channel: 'power',
            expected: 'other',
        });
        elsewhere.close();
    });

    it('played again pays once: it gives its first receipt [V81 V85]', async () => {
        const argument = signed();
        const first = await endorse(argument);
        await scenario.ledger.commit([first]);
        const before = await scenario.ledger.state();
        const again = await endorse(argument, 'CentralBankMSP');
        expect(again.result).toBe(first.result);
        const [committed] = await scenario.ledger.commit([again]);
        expect(committed?.code).toBe('VALID');
        await expect(scenario.ledger.state()).resolves.toEqual(before);
    });
});

it('strangers who pay a wallet never hold up its own payments [V27]', async () => {
    const own = await endorse(signed(1n, anna, bert));
    const credits = [await endorse(signed(1n, bert, anna))];
    for (let index = 0; index < 8; index++) {
        const stranger = await scenario.openWallet(`stranger-${String(index)}`);
        await scenario.fund(day, 10n, stranger);
        credits.push(await endorse(signed(1n, stranger, anna)));
    }
    const codes = (await scenario.ledger.commit([...credits, own])).map(({ code }) => code);
    expect(codes).toEqual(codes.map(() => 'VALID'));
});
