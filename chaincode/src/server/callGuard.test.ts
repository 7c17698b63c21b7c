// SPDX-License-Identifier: Apache-2.0
import { type ChaincodeInterface, type ChaincodeStub, Shim } from 'fabric-shim';
import { guardCalls } from './callGuard.js';

const dispatched: string[] = [];
const chaincode = guardCalls({
    Init: () => Promise.reject(new Error('Init is not told apart from Invoke')),
    Invoke: () => {
        dispatched.push('call');
        return Promise.resolve(Shim.success(Buffer.from('done')));
    },
});

/** The message a call is refused with, or 'done'. */
async function call(kind: keyof ChaincodeInterface, ...args: readonly (string | Buffer)[]): Promise<string> {
    const stub = { getBufferArgs: () => args.map((arg) => Buffer.from(arg as string)) };
    const answer = await chaincode[kind](stub as unknown as ChaincodeStub);
    return 'message' in answer && answer.message ? answer.message : 'done';
}

describe.each<keyof ChaincodeInterface>(['Init', 'Invoke'])('%s', (kind) => {
    beforeEach(() => {
        dispatched.length = 0;
    });

    it('lets a transaction with its one argument, and the query for metadata, through', async () => {
        expect(await call(kind, 'Wallet:Open', '{}')).toBe('done');
        expect(await call(kind, 'org.hyperledger.fabric:GetMetadata')).toBe('done');
        expect(dispatched).toHaveLength(2);
    });

    it.each([
        '',
        'WhoAmI',
        ':WhoAmI',
        'Nope:X',
        'constructor:x',
        '__proto__:toString',
        'Wallet:createContext',
        'Wallet:Open\0',
        `${'x'.repeat(127)}\u{1f642}`,
    ])('refuses %j as a transaction nobody knows [V41 V64]', async (name) => {
        expect(await call(kind, name, '{}')).toMatch(/^TRANSACTION_UNKNOWN \{"transaction":"/);
        expect(dispatched).toEqual([]);
    });

    it('refuses a call of nothing', async () => {
        expect(await call(kind)).toBe('TRANSACTION_UNKNOWN {"transaction":""}');
    });

    it('refuses more or fewer than one argument, and one that is not UTF-8', async () => {
        const oneNeeded = 'INVALID_ARGUMENT {"field":"","reason":"not exactly one argument"}';
        expect(await call(kind, 'Wallet:Open')).toBe(oneNeeded);
        expect(await call(kind, 'Wallet:Open', '{}', '{}')).toBe(oneNeeded);
        const overlong = Buffer.from([0x22, 0xc0, 0x80, 0x22]);
        expect(await call(kind, 'Wallet:Open', overlong)).toBe('INVALID_ARGUMENT {"field":"","reason":"not UTF-8"}');
        expect(dispatched).toEqual([]);
    });
});
