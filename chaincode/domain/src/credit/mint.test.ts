// SPDX-License-Identifier: Apache-2.0
import type { AttestationHead } from '../attestation/attestationHead.js';
import type { AttestationRecord } from '../attestation/attestationRecord.js';
import type { EnergyWh } from '../energy/energy.js';
import { initialParameters, type Parameters } from '../governance/parameters.js';
import { type Money, money } from '../money/money.js';
import { type Day, startOfDay } from '../time/day.js';
import type { Instant } from '../time/ledgerClock.js';
import { availableToMint, mint, type MintFacts } from './mint.js';

const day = '2026-11-19' as Day;
const now = (startOfDay('2026-11-20' as Day) + 3_600n) as Instant;
/** Covers exactly 1080 credits at CR 1.10: 1080 · 1.5 € · 1.1 = 19.8 MWh · 90 €/MWh. */
const reserve = 19_800_000n as EnergyWh;
const credits = (count: bigint) => money(count * 1_000_000n);

const facts = (change: Partial<MintFacts> = {}): MintFacts => ({
    attestation: { day, acceptedAt: now, whReserve: reserve, mintSuggested: credits(500n) } as AttestationRecord,
    head: { day, isFrozen: false } as AttestationHead,
    dayIssuance: { issued: credits(0n) },
    ledgerDay: undefined,
    supply: { issued: credits(1_000n), redeemed: credits(0n) },
    contractedWh: 0n as EnergyWh,
    parameters: initialParameters,
    now,
    ...change,
});
const contracted = { ...initialParameters, contractedGate: 1n } as Parameters;
const ask = (amount: Money, change: Partial<MintFacts> = {}) => mint({ day, amount, ...facts(change) });

it('counts what is issued against the attestation and on the ledger’s day', () => {
    expect(ask(credits(30n), { ledgerDay: { day: '2026-11-20' as Day, issued: credits(7n) } })).toEqual({
        dayIssuance: { issued: credits(30n) },
        ledgerDay: { day: '2026-11-20', issued: credits(37n) },
        available: credits(50n),
    });
});

it('begins a new count with each day of the ledger', () => {
    const yesterday = { day: '2026-11-19' as Day, issued: credits(500n) };
    expect(ask(credits(30n), { ledgerDay: yesterday }).ledgerDay).toEqual({ day: '2026-11-20', issued: credits(30n) });
});

it('goes on with the last day something was issued on, where a client’s clock is behind [V80]', () => {
    const tomorrow = { day: '2026-11-21' as Day, issued: credits(470n) };
    expect(ask(credits(30n), { ledgerDay: tomorrow }).ledgerDay).toEqual({ day: '2026-11-21', issued: credits(500n) });
    expect(() => ask(credits(31n), { ledgerDay: tomorrow })).toThrow('MINT_DAY_EXCEEDED');
});

it('is allowed by the locked energy alone where that gates', () => {
    const locked = { contractedWh: reserve, parameters: contracted };
    expect(ask(credits(80n), locked).available).toBe(0n);
    expect(() => ask((credits(80n) + 1n) as Money, locked)).toThrow('MINT_ABOVE_TARGET');
    expect(() => ask(credits(1n), { parameters: contracted })).toThrow('MINT_COVERAGE_TOO_LOW');
});

it('says what is available: nothing without an attestation, during a freeze, when it is stale or not covered', () => {
    expect(availableToMint(facts())).toBe(credits(80n));
    const none: Partial<MintFacts>[] = [
        { attestation: undefined },
        { head: { day, isFrozen: true } as AttestationHead },
        { now: startOfDay('2026-11-22' as Day) },
        { parameters: contracted },
    ];
    expect(none.map((change) => availableToMint(facts(change)))).toEqual([0n, 0n, 0n, 0n]);
});
