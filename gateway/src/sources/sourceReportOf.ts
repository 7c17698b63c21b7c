// SPDX-License-Identifier: Apache-2.0
import { endOfPeriod, type Facility, type Instant, invalid, type SourceReport } from '@power-currency/domain';
import { Failure } from '../application/failure.js';
import { inIntervalsOf } from './meterReadings.js';
import { type SourceData } from './sourceData.js';
import { placed } from './sourceFailure.js';

/** What a report says beside its source's figures: whose it is, and which report it follows. */
type ReportPlace = Pick<SourceReport, 'network' | 'channel' | 'sourceId' | 'sequence' | 'previousDigest'>;

/** A facility as it is registered, as far as files about it must agree. */
export type RegisteredFacility = Pick<Facility, 'facilityId' | 'zone' | 'carrier' | 'intervalMinutes'>;

interface SourceFile {
    readonly name: string;
    readonly data: SourceData;
    /** SHA-256 of the file. */
    readonly digest: Uint8Array;
}

/**
 * The unsigned report made of a file.
 *
 * @param facility what is registered; without it the file is taken at its word, in its own intervals
 * @param producedAt for files that do not say when they were made
 * @throws Failure SOURCE_FILE_INVALID, SOURCE_MISMATCH
 */
export function sourceReportOf(
    { name, data, digest }: SourceFile,
    facility: RegisteredFacility | undefined,
    place: ReportPlace,
    producedAt: Instant,
): SourceReport {
    if (facility !== undefined) checkFacility(data, facility, name);
    const madeAt = data.producedAt ?? producedAt;
    return placed(name, '', () => {
        if (madeAt < endOfPeriod(data.period)) invalid('producedAt', `before ${data.period} is over`);
        const { kind, facilityId, period, energyWh, readings } =
            facility === undefined ? data : inIntervalsOf(data, facility.intervalMinutes);
        return {
            type: 'power/source-report',
            version: '1',
            ...place,
            kind,
            facilityId,
            period,
            producedAt: madeAt,
            energyWh,
            readings,
            evidence: digest,
        };
    });
}

function checkFacility(data: SourceData, facility: RegisteredFacility, file: string): void {
    for (const field of ['facilityId', 'zone', 'carrier'] as const) {
        if (data[field] !== facility[field]) {
            const problem = `${data[field]} in the file, ${facility[field]} is registered`;
            throw new Failure('SOURCE_MISMATCH', { file, field, problem });
        }
    }
}
