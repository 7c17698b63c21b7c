// SPDX-License-Identifier: Apache-2.0
import type { Identity } from '../../identity/identity.js';
import { VerifiedSignatures } from './verifiedSignatures.js';

const message = Buffer.from('message');
const good = Buffer.from('good');

function identity(key: string): { identity: Identity; calls: () => number } {
    let calls = 0;
    const verify = (signed: Uint8Array, signature: Uint8Array): boolean => {
        calls++;
        return message.equals(signed) && good.equals(signature);
    };
    return { identity: { key, verify } as Identity, calls: () => calls };
}

describe('verified signatures', () => {
    it('are verified once', () => {
        const { identity: alice, calls } = identity('alice');
        const signatures = new VerifiedSignatures();
        expect([1, 2, 3].map(() => signatures.verify(alice, message, good))).toEqual([true, true, true]);
        expect(calls()).toBe(1);
    });

    it('of one identity do not vouch for another', () => {
        const signatures = new VerifiedSignatures();
        signatures.remember({ key: 'alice' }, message, good);
        const { identity: bob, calls } = identity('bob');
        expect(signatures.verify(bob, message, good)).toBe(true);
        expect(calls()).toBe(1);
    });

    it('need no verification when this process made them', () => {
        const { identity: alice, calls } = identity('alice');
        const signatures = new VerifiedSignatures();
        signatures.remember(alice, message, good);
        expect(signatures.verify(alice, message, good)).toBe(true);
        expect(calls()).toBe(0);
    });

    it('do not cover other messages, nor bytes moved between message and signature', () => {
        const { identity: alice } = identity('alice');
        const signatures = new VerifiedSignatures();
        signatures.remember(alice, message, good);
        expect(signatures.verify(alice, Buffer.from('messageg'), Buffer.from('ood'))).toBe(false);
        expect(signatures.verify(alice, Buffer.from('other'), good)).toBe(false);
    });

    it('are forgotten in time, bad ones at once', () => {
        const { identity: alice, calls } = identity('alice');
        const signatures = new VerifiedSignatures(4);
        expect(signatures.verify(alice, message, Buffer.from('bad'))).toBe(false);
        expect(signatures.verify(alice, message, Buffer.from('bad'))).toBe(false);
        expect(calls()).toBe(2);
        signatures.verify(alice, message, good);
        for (let i = 0; i < 4; i++) signatures.remember(alice, message, Buffer.from([i]));
        signatures.verify(alice, message, good);
        expect(calls()).toBe(4);
    });
});
