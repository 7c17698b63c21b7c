// SPDX-License-Identifier: Apache-2.0
import { isDomainError, money, type Quantity, zeroMoney } from '@power-currency/domain';
import { LedgerSession } from './ledgerSession.js';
import type { StatePort, StateWrite } from './statePort.js';
import { refTo } from './stateTable.js';
import { powerCreditSupplyRef as supplyRef, tables } from './tables.js';

/** State in a map that counts what is asked of it. */
function memoryState(entries: Readonly<Record<string, string>> = {}) {
    const reads: string[][] = [];
    const writes: StateWrite[] = [];
    const port: StatePort = {
        getMany: (keys) => {
            reads.push([...keys]);
            return Promise.resolve(
                keys.map((key) => (entries[key] === undefined ? undefined : Buffer.from(entries[key]))),
            );
        },
        writeMany: (batch) => {
            writes.push(...batch);
            return Promise.resolve();
        },
        page: () => Promise.resolve({ entries: [], bookmark: '' }),
    };
    return { port, reads, writes };
}

const pocketRef = refTo(tables.pocket, 'PC', 'anna');
const pocket = (balance: bigint) => ({ balance: money(balance), nonce: 0n as Quantity<'count'> });
const stored = '{"balance":"5","nonce":"0"}';

describe('a session', () => {
    it('reads each record once, however often it is loaded', async () => {
        const { port, reads } = memoryState({ 'b~PC~anna': stored });
        const session = new LedgerSession(port);
        await session.load([pocketRef, supplyRef, pocketRef]);
        await session.load([pocketRef]);
        expect(reads).toEqual([['b~PC~anna', 'supply~PC~total']]);
        expect(session.get(pocketRef)).toEqual(pocket(5n));
        expect(session.get(supplyRef)).toBeUndefined();
    });

    it('sees its own changes, and writes the last one of each key, in key order [V20 V26]', async () => {
        const { port, writes } = memoryState();
        const session = new LedgerSession(port);
        const [clock, signer] = [refTo(tables.clock, 'ledger'), refTo(tables.signerKey, 'k')];
        await session.load([signer, clock]);
        session.put(signer, { signerId: 'a' as never });
        session.put(clock, { now: 1n as Quantity<'second'> });
        session.put(clock, { now: 2n as Quantity<'second'> });
        expect(session.get(clock)).toEqual({ now: 2n });
        await session.flush();
        expect(writes.map(({ key, value }) => [key, Buffer.from(value ?? []).toString()])).toEqual([
            ['clock~ledger', '{"now":"2"}'],
            ['signer-key~k', '{"signerId":"a"}'],
        ]);
    });

    it('writes nothing when nothing changed', async () => {
        const { port, writes } = memoryState({ 'b~PC~anna': stored });
        const session = new LedgerSession(port);
        await session.load([pocketRef]);
        await session.flush();
        expect(writes).toEqual([]);
    });

    it('changes no record it has not read: a blind overwrite would lose a concurrent update [V21]', () => {
        const session = new LedgerSession(memoryState().port);
        expect(() => session.put(pocketRef, pocket(1n))).toThrow('without having been loaded');
        expect(() => session.delete(pocketRef)).toThrow('without having been loaded');
        expect(() => session.get(pocketRef)).toThrow('was not loaded');
    });

    it('inserts blindly only what it has not read [V21]', async () => {
        const { port, reads } = memoryState();
        const session = new LedgerSession(port);
        await session.load([pocketRef]);
        expect(() => session.insertBlind(pocketRef, pocket(0n))).toThrow('not a blind insert');
        session.insertBlind(refTo(tables.pocket, 'PC', 'bert'), pocket(0n));
        await session.flush();
        expect(reads).toEqual([['b~PC~anna']]);
    });

    it('deletes blindly what holds no money and was not read [V21]', async () => {
        const { port, reads, writes } = memoryState();
        const session = new LedgerSession(port);
        const queued = refTo(tables.redemptionQueue, '001800000000', 'heat');
        expect(() => session.deleteBlind(pocketRef)).toThrow('not deleted blind');
        session.deleteBlind(queued);
        expect(() => session.deleteBlind(queued)).toThrow('not deleted blind');
        await session.flush();
        expect(reads).toEqual([]);
        expect(writes).toEqual([{ key: queued.key, value: undefined }]);
    });

    it.each([
        ['text that is no JSON', '{', 'STATE_CORRUPT'],
        ['a field too many', '{"balance":"5","extra":1,"nonce":"0"}', 'STATE_CORRUPT'],
        ['an amount that is no integer', '{"balance":"5.0","nonce":"0"}', 'STATE_CORRUPT'],
    ] as const)('stops at a record with %s', async (_name, text, code) => {
        const session = new LedgerSession(memoryState({ 'b~PC~anna': text }).port);
        const thrown = await session.load([pocketRef]).catch((error: unknown) => error);
        expect(isDomainError(thrown, code) && thrown.details).toMatchObject({ objectType: 'b' });
    });

    it('stops at bytes that are not UTF-8', async () => {
        const port = { ...memoryState().port, getMany: () => Promise.resolve([Uint8Array.of(0xff)]) };
        const thrown = await new LedgerSession(port).load([pocketRef]).catch((error: unknown) => error);
        expect(isDomainError(thrown, 'STATE_CORRUPT')).toBe(true);
    });
});

describe('the books', () => {
    const flush = async (change: (session: LedgerSession) => void) => {
        const { port, writes } = memoryState({ 'b~PC~anna': stored });
        const session = new LedgerSession(port);
        await session.load([pocketRef, supplyRef]);
        change(session);
        const thrown = await session.flush().catch((error: unknown) => error);
        return { code: isDomainError(thrown) ? thrown.code : 'written', writes: writes.length };
    };
    const credit = { amount: money(2n), origin: 'transfer', from: null } as const;

    it('refuse money from nowhere, and write nothing then [V63]', async () => {
        await expect(flush((session) => session.put(pocketRef, pocket(6n)))).resolves.toEqual({
            code: 'CONSERVATION_VIOLATED',
            writes: 0,
        });
    });

    it('refuse money that disappears', async () => {
        await expect(flush((session) => session.delete(pocketRef))).resolves.toMatchObject({
            code: 'CONSERVATION_VIOLATED',
        });
    });

    it('refuse an issuance that nobody holds', async () => {
        const minted = { issued: money(1n), redeemed: zeroMoney };
        await expect(flush((session) => session.put(supplyRef, minted))).resolves.toMatchObject({
            code: 'CONSERVATION_VIOLATED',
        });
    });

    it('let money move and let issued money arrive', async () => {
        await expect(
            flush((session) => {
                session.put(pocketRef, pocket(4n));
                session.put(supplyRef, { issued: money(1n), redeemed: zeroMoney });
                session.insertBlind(refTo(tables.pending, 'PC', 'bert', 'x'), credit);
            }),
        ).resolves.toEqual({ code: 'written', writes: 3 });
    });
});
