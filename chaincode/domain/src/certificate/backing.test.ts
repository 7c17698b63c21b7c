// SPDX-License-Identifier: Apache-2.0
import type { EnergyWh } from '../energy/energy.js';
import { initialParameters } from '../governance/parameters.js';
import { money } from '../money/money.js';
import { quantityMax } from '../money/quantity.js';
import { addToReserve, takeFromReserve } from './backing.js';
import type { CertificateBundle } from './certificateBundle.js';

const of = (bundleQuantity: bigint) => [{ bundleQuantity } as CertificateBundle];
const reserve = (lockedWh: bigint) => ({ lockedWh: lockedWh as EnergyWh });
const take = (locked: bigint, wanted: bigint, supply: bigint, contractedGate: bigint) =>
    takeFromReserve(reserve(locked), of(wanted), {
        supply: money(supply),
        parameters: { ...initialParameters, contractedGate: contractedGate as never },
    });

describe('the contracted reserve', () => {
    it('is what is locked, from nothing up to what the ledger can hold', () => {
        expect(addToReserve(undefined, of(5n))).toEqual(reserve(5n));
        expect(addToReserve(reserve(quantityMax - 5n), of(5n))).toEqual(reserve(quantityMax));
        expect(() => addToReserve(reserve(quantityMax), of(1n))).toThrow('AMOUNT_OVERFLOW');
    });

    it('is never less than nothing', () => {
        expect(take(5n, 5n, 0n, 1n)).toEqual(reserve(0n));
        expect(() => take(5n, 6n, 0n, 0n)).toThrow('STATE_CORRUPT');
    });

    // 60 credits at 1.50 euros are 90 euros, a MWh at the energy price: 1.10 of that has to stay.
    it.each<[bigint, boolean]>([
        [1_100_001n, true],
        [1_100_000n, true],
        [1_099_999n, false],
    ])('of %d Wh covers 60 credits where it is the gate: %s', (remaining, isEnough) => {
        const act = () => take(remaining + 1n, 1n, 60_000_000n, 1n);
        if (isEnough) expect(act()).toEqual(reserve(remaining));
        else expect(act).toThrow('RESERVE_NEEDED');
        expect(take(remaining + 1n, 1n, 60_000_000n, 0n)).toEqual(reserve(remaining));
    });
});
