// SPDX-License-Identifier: Apache-2.0
import { formatMillionths } from '../encoding/decimal.js';
import { type Fraction, ppmPerOne } from '../money/ratio.js';

/** The coverage ratio with six decimals, rounded down, or "infinite" while supply is zero. */
export function formatCoverage(coverage: Fraction | undefined): string {
    if (coverage === undefined) return 'infinite';
    return formatMillionths((coverage.numerator * ppmPerOne) / coverage.denominator);
}
