// SPDX-License-Identifier: Apache-2.0
import { flatDay, marketDocumentXml } from '../testing/energyDocuments.js';
import { parseMarketDocument } from './marketDocument.js';
import { EUROPEAN_ZONES, zoneNamed } from './zones.js';
import { zoneDayEnergyWh } from './zoneDay.js';
it('p', () => {
    expect(EUROPEAN_ZONES.size).toBe(49);
    const nl = parseMarketDocument(readFileSync('/work/shared/data/entsoe/NL_2020-11-19_A65_A01.xml'), 'NL');
    expect(zoneDayEnergyWh(nl, zoneNamed(EUROPEAN_ZONES, 'nl'), '2020-11-19')).toBe(338385500000n);
    const fi = parseMarketDocument(readFileSync('/work/shared/data/entsoe/FI_A75_A16.xml'), 'FI');
    console.log(zoneDayEnergyWh(fi, zoneNamed(EUROPEAN_ZONES, 'FI'), '2025-10-22'), fi.series.map(s=>[s.productionType,s.direction,s.curve,s.periods.length, s.periods.map(p=>new Date(p.interval.startMs).toISOString())]));
});
