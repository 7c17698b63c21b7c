// SPDX-License-Identifier: Apache-2.0
import { money } from '../money/money.js';
import { encodeEventEnvelope, parseEventEnvelope } from './eventEnvelope.js';

const envelope = {
    transaction: 'Wallet:Transfer',
    events: [
        { type: 'CreditsFolded', asset: 'PC' as never, walletId: 'anna' as never, amount: money(5n), creditCount: 1 },
        { type: 'WalletOpened', walletId: 'bert' as never, walletType: 'personal', custodian: 'authority' as never },
    ],
} as const;

describe('an event envelope', () => {
    it('comes back as it was', () => {
        expect(parseEventEnvelope(encodeEventEnvelope(envelope))).toEqual(envelope);
    });

    it.each([
        'null',
        '[]',
        '{}',
        '{"events":[],"transaction":1}',
        '{"events":[{"type":"Unknown"}],"transaction":"x"}',
        '{"events":[{"type":"toString"}],"transaction":"x"}',
        '{"events":[{"type":"WalletOpened","walletId":"a"}],"transaction":"x"}',
    ])('is not %s', (text) => {
        expect(() => parseEventEnvelope(text)).toThrow();
    });
});
