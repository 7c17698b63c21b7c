// SPDX-License-Identifier: Apache-2.0
import '../testing/quiet.js';
import { CoverageWitness } from '../testing/laws/coverageWitness.js';
import { CoverageYears } from '../testing/laws/coverageYears.js';

// `npm run laws` sets both.
const years = Number(process.env.POWER_LAW_YEARS ?? '200');
const seed = Number(process.env.POWER_LAW_SEED ?? '20261121');
/** After so many another ledger begins. */
const yearsPerLedger = 25;

it(
    `${String(years)} years of days: nothing is issued uncovered, unsigned, above a cap or twice for a day`,
    () => {
        const counts = { attested: 0, corrected: 0, minted: 0, frozen: 0 };
        const refusals = new Set<string>();
        // Most attempts are refused, and nobody reads where.
        Error.stackTraceLimit = 0;
        for (let lived = 0; lived < years; lived += yearsPerLedger) {
            const witness = new CoverageWitness();
            const ledger = new CoverageYears(seed + lived, witness);
            for (let day = 0; day < Math.min(yearsPerLedger, years - lived) * 365; day++) ledger.liveDay();
            for (const code of ledger.refusals.keys()) refusals.add(code);
            for (const name of Object.keys(counts) as (keyof typeof counts)[]) counts[name] += witness.counts[name];
        }
        // The law would hold where nothing is ever issued, too.
        const perYear = Object.values(counts).map((count) => count / years);
        expect(Math.min(...perYear)).toBeGreaterThan(5);
        expect([...refusals].sort()).toEqual(expect.arrayContaining(expectedRefusals));
    },
    60_000 + 200 * years,
);

const expectedRefusals = [
    'ATTESTATION_CORRECTION_INVALID',
    'ATTESTATION_CORRECTION_MISMATCH',
    'ATTESTATION_DAY_EXISTS',
    'ATTESTATION_DAY_NOT_AFTER_LAST',
    'ATTESTATION_DAY_NOT_OVER',
    'ATTESTATION_NUMBER_MISMATCH',
    'ATTESTATION_SIGNATURES_INSUFFICIENT',
    'MINT_ABOVE_TARGET',
    'MINT_ATTESTATION_STALE',
    'MINT_ATTESTATION_SUPERSEDED',
    'MINT_CAP_EXCEEDED',
    'MINT_COVERAGE_TOO_LOW',
    'MINT_DAY_EXCEEDED',
    'MINT_FROZEN',
];
