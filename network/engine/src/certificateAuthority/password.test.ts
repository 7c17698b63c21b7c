// SPDX-License-Identifier: Apache-2.0
import { hashPassword, randomSecret, verifyPassword } from './password.js';

describe('a registered secret', () => {
    it('is right each time it is given, and no other secret is', async () => {
        const stored = await hashPassword('open sesame');
        for (let count = 0; count < 2; count++) {
            expect(await verifyPassword('open sesame', stored)).toBe(true);
            expect(await verifyPassword('open barley', stored)).toBe(false);
        }
    });

    it('is right for its own hash only, also when the same secret was right for another', async () => {
        const [first, second] = [await hashPassword('same'), await hashPassword('other')];
        expect(await verifyPassword('same', first)).toBe(true);
        expect(await verifyPassword('same', second)).toBe(false);
    });

    it('still fits its hash when many others were used since', async () => {
        const stored = await hashPassword('old');
        await Promise.all(Array.from({ length: 33 }, (_, count) => hashPassword(`secret ${String(count)}`)));
        expect(await verifyPassword('old', stored)).toBe(true);
        expect(await verifyPassword('young', stored)).toBe(false);
    });

    it('is stored under a salt of its own', async () => {
        expect(await hashPassword('same')).not.toBe(await hashPassword('same'));
    });

    it('is at most 72 bytes long, as bcrypt takes them', async () => {
        await expect(hashPassword('é'.repeat(37))).rejects.toThrow('password length exceeds 72 bytes');
    });

    it('is twelve letters where none was named', () => {
        expect(randomSecret()).toMatch(/^[A-Za-z]{12}$/);
    });
});
