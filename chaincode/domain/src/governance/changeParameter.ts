// SPDX-License-Identifier: Apache-2.0
import type { Json } from '../encoding/json.js';
import { isDomainError, refuse } from '../error/domainError.js';
import { ppmPerOne } from '../money/ratio.js';
import { parameterClasses } from './proposalRule.js';
import { type ParameterName, type Parameters, parameters } from './parameters.js';

/** Whether there is a parameter of this name. */
export function isParameterName(text: string): text is ParameterName {
    return Object.hasOwn(parameterClasses, text);
}

/** The value of a parameter as it travels. */
export function parameterText(current: Parameters, name: ParameterName): string {
    const value = fields(current)[name];
    return typeof value === 'string' ? value : '';
}

/** The parameters with one of them changed. Throws PROPOSAL_VALUE_OUT_OF_RANGE. */
export function changeParameter(current: Parameters, name: ParameterName, value: string): Parameters {
    const changed = decodeChanged(current, name, value);
    const broken = constraints.find(([, holds]) => !holds(changed));
    if (broken !== undefined) refuse('PROPOSAL_VALUE_OUT_OF_RANGE', { parameter: name, value, reason: broken[0] });
    return changed;
}

/** What any set of parameters must satisfy, however it came about. */
const constraints: readonly (readonly [string, (p: Parameters) => boolean])[] = [
    ['alphaBase is at most one', (p) => p.alphaBase <= ppmPerOne],
    ['coverageRatioMin is at least one', (p) => p.coverageRatioMin >= ppmPerOne],
    ['coverageRatioTarget is at least coverageRatioMin', (p) => p.coverageRatioTarget >= p.coverageRatioMin],
    ['coverageRatioBandHigh is above coverageRatioMin', (p) => p.coverageRatioBandHigh > p.coverageRatioMin],
    ['unfreezeMargin is at most one', (p) => p.unfreezeMargin <= ppmPerOne],
    ['dailyCapFraction is at most one', (p) => p.dailyCapFraction <= ppmPerOne],
    ['energyPrice is positive', (p) => p.energyPrice > 0n],
    ['targetPrice is positive', (p) => p.targetPrice > 0n],
    ['zonesFloor is at least one', (p) => p.zonesFloor >= 1n],
    ['zonesMinimum is at least zonesFloor', (p) => p.zonesMinimum >= p.zonesFloor],
    ['zonesMinimum is at most 100', (p) => p.zonesMinimum <= 100n],
    ['votingPeriodSeconds is at least an hour', (p) => p.votingPeriodSeconds >= 3_600n],
    ['votingPeriodSeconds is at most 30 days', (p) => p.votingPeriodSeconds <= 2_592_000n],
];

function decodeChanged(current: Parameters, name: ParameterName, value: string): Parameters {
    try {
        return parameters.decode({ ...fields(current), [name]: value }, '');
    } catch (thrown) {
        if (!isDomainError(thrown, 'INVALID_ARGUMENT')) throw thrown;
        return refuse('PROPOSAL_VALUE_OUT_OF_RANGE', { parameter: name, value, reason: thrown.details.reason });
    }
}

function fields(current: Parameters): Readonly<Record<string, Json>> {
    return parameters.encode(current) as Readonly<Record<string, Json>>;
}
