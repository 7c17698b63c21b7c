// SPDX-License-Identifier: Apache-2.0
import { isDomainError } from '../error/domainError.js';
import { quantityMax } from '../money/quantity.js';
import { countEnergy, type CountingCase, countingYear } from './countEnergy.js';

const facility = { facilityId: 'mill', entityId: 'windmill' } as CountingCase['facility'];
const period = '2026-11-20' as CountingCase['period'];
const closed = { first: 2025, last: 2026 };
const counted = (change: Partial<CountingCase>) =>
    countEnergy({
        ...{ facility, period, beforeWh: 0n, afterWh: 0n, closed: undefined },
        ...{ facilityYear: undefined, entityYear: undefined },
        ...change,
    });

describe('the year in which energy counts', () => {
    it.each([
        ['2026-11-20', 2025, 2026],
        ['2026-11-20', 2026, 2027],
        ['2020-02', 2026, 2027],
        ['2027', 2026, 2027],
        ['2019-12-31', 2026, 2019],
    ])('of %s, when 2020 to %i are closed, is %i', (of, last, year) => {
        expect(countingYear(of as CountingCase['period'], { first: 2020, last })).toBe(year);
    });

    it('is its own where none is closed', () => {
        expect(countingYear(period, undefined)).toBe(2026);
    });
});

describe('an account of energy', () => {
    const entityYear = {
        entityId: 'windmill',
        year: 2027,
        verifiedWh: 7n,
        carriedWh: -3n,
    } as CountingCase['entityYear'];

    const kept = {
        facilityId: 'mill',
        year: 2026,
        granularity: 'day',
        verifiedWh: 10n,
    } as CountingCase['facilityYear'];

    it('takes the difference, and in a later year as carried', () => {
        const late = counted({ beforeWh: 10n, afterWh: 4n, facilityYear: kept, closed, entityYear });
        expect(late.entityYear).toMatchObject({ verifiedWh: 7n, carriedWh: -9n });
        expect(late.facilityYear).toMatchObject({ verifiedWh: 4n });
    });

    it('refuses what a ledger cannot count [V63]', () => {
        const facilityYear = { facilityId: 'mill', year: 2026, granularity: 'day', verifiedWh: quantityMax } as never;
        const full = { ...entityYear, year: 2026, verifiedWh: quantityMax } as never;
        const owing = { ...entityYear, carriedWh: -quantityMax } as never;
        const cases: readonly Partial<CountingCase>[] = [
            { facilityYear, afterWh: 1n },
            { entityYear: full, afterWh: 1n },
            { entityYear: owing, facilityYear: kept, beforeWh: 1n, closed },
        ];
        for (const change of cases) {
            try {
                counted(change);
                throw new Error('not refused');
            } catch (thrown) {
                expect(isDomainError(thrown, 'ENERGY_OVERFLOW')).toBe(true);
            }
        }
    });
});
