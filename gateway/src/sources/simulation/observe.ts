// SPDX-License-Identifier: Apache-2.0
import { accuracyOf, type Parameters, ppmPerOne, type SourceKind } from '@power-currency/domain';
import { normal, type RandomDraw } from './randomDraw.js';

/**
 * What a source of a kind takes one for, in ppm: right but for an error whose 95 % interval is its accuracy (Q09), so
 * 1.96 standard deviations wide on either side, and times what it adds if it lies.
 */
export function observedShare(
    kind: SourceKind,
    parameters: Parameters,
    draw: RandomDraw,
    inflationPpm: bigint,
): bigint {
    const sigma = (Number(accuracyOf(kind, parameters)) * 100) / 196;
    const honest = ppmPerOne + normal(draw, sigma);
    return (honest * (ppmPerOne + inflationPpm)) / ppmPerOne;
}
