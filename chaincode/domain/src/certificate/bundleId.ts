// SPDX-License-Identifier: Apache-2.0
import { type Codec, invalid } from '../encoding/codec.js';
import { type FacilityId, facilityId, type Identifier } from '../encoding/identifier.js';
import type { EnergyWh } from '../energy/energy.js';
import { isQuantity } from '../money/quantity.js';
import { type IntervalStart, intervalStart } from '../time/meteringInterval.js';

/**
 * The id of a bundle is the energy it certifies: `hydro-1/2026-11-20T13:00Z/0-499` is the first 500 Wh of that facility
 * and interval. A range is in one bundle at a time and parts of it are smaller, so that no id can come up twice.
 */
export type BundleId = Identifier<'certificate bundle'>;

/** Watt-hours of one facility and metering interval by their numbers, both ends included. */
export interface WhRange {
    readonly facilityId: FacilityId;
    readonly start: IntervalStart;
    readonly first: EnergyWh;
    readonly last: EnergyWh;
}

const wh = '(0|[1-9][0-9]{0,18})';
const pattern = new RegExp(`^${within(facilityId)}/${within(intervalStart)}/${wh}-${wh}$`);

export const bundleId: Codec<BundleId> = {
    schema: { type: 'string', pattern: pattern.source, description: 'facility/interval/first Wh-last Wh' },
    decode: (value, field) => {
        if (typeof value !== 'string' || !pattern.test(value)) invalid(field, 'not a bundle id');
        const { start, first, last } = rangeOf(value as BundleId);
        intervalStart.decode(start, field);
        if (first > last || !isQuantity(last)) invalid(field, 'not a range of watt-hours');
        return value as BundleId;
    },
    encode: (value) => value,
};

export function bundleIdOf({ facilityId: facility, start, first, last }: WhRange): BundleId {
    return `${facility}/${start}/${first.toString()}-${last.toString()}` as BundleId;
}

/** The energy a bundle certifies, told from its id alone. */
export function rangeOf(id: BundleId): WhRange {
    const [facility = '', start = '', range = ''] = id.split('/');
    const [first = '', last = ''] = range.split('-');
    return {
        ...{ facilityId: facility as FacilityId, start: start as IntervalStart },
        ...{ first: BigInt(first) as EnergyWh, last: BigInt(last) as EnergyWh },
    };
}

/** The pattern of a part of an id, without its anchors. */
function within({ schema }: Codec<unknown>): string {
    return (schema.pattern as string).slice(1, -1);
}
