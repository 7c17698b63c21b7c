// SPDX-License-Identifier: Apache-2.0
import { oneOf } from '../encoding/codec.js';

/** What a facility makes electricity from, by ENTSO-E's psrType codes (EntsoE code list, StandardAssetTypeList). */
const carrierNames = {
    B01: 'biomass',
    B02: 'lignite',
    B03: 'coal-derived gas',
    B04: 'gas',
    B05: 'hard coal',
    B06: 'oil',
    B07: 'oil shale',
    B08: 'peat',
    B09: 'geothermal',
    B10: 'pumped storage',
    B11: 'run-of-river',
    B12: 'water reservoir',
    B13: 'marine',
    B14: 'nuclear',
    B15: 'other renewable',
    B16: 'solar',
    B17: 'waste',
    B18: 'offshore wind',
    B19: 'onshore wind',
    B20: 'other',
    B25: 'storage',
} as const;

export type Carrier = keyof typeof carrierNames;
export const carriers = Object.keys(carrierNames) as readonly Carrier[];
const legend = carriers.map((code) => `${code} ${carrierNames[code]}`).join(', ');
export const carrier = oneOf<Carrier>(carriers, `psrType code: ${legend}`);

export function carrierName(of: Carrier): string {
    return carrierNames[of];
}
