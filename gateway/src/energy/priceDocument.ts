// SPDX-License-Identifier: Apache-2.0
import { Failure } from '../application/failure.js';
import { type Segment } from './curve.js';
import { type Curve, dayCurve } from './dayCurve.js';
import { type Eic, parseEic } from './eic.js';
import { localDay } from './localDay.js';
import { documentElement, seriesOf } from './marketDocument.js';
import { parseCurve, type PointValue } from './seriesCurve.js';
import { optionalText, text } from './xmlElement.js';
import { type XmlElement } from './xmlText.js';
import { type Zone } from './zones.js';

/** Millionths of a euro per MWh; negative when there is more energy than anybody wants. */
type MicroEuroPerMwh = bigint;

interface PriceSeries extends Curve<MicroEuroPerMwh> {
    readonly zone: Eic;
}

/**
 * Reads day-ahead prices: a Publication_MarketDocument of type A44 (IEC 62325-451-3).
 *
 * @param bytes the document as published, not trusted
 * @param name what to call the document in errors
 * @throws Failure XML_*, ENERGY_DOCUMENT_UNKNOWN, ENERGY_DOCUMENT_INVALID, ENERGY_NO_DATA
 */
export function parsePriceDocument(bytes: Uint8Array, name: string): readonly PriceSeries[] {
    const document = documentElement(bytes, 'Publication_MarketDocument', name);
    const type = text(document, 'type', name);
    if (type !== 'A44') {
        throw new Failure('ENERGY_DOCUMENT_UNKNOWN', { found: `Publication_MarketDocument of type ${type}` });
    }
    return seriesOf(document, name, parseSeries);
}

/**
 * The prices of a zone on its local day, in order and without gap.
 *
 * @throws Failure ENERGY_DAY_INCOMPLETE, ENERGY_DAY_OVERLAP, ENERGY_DOCUMENT_INVALID
 */
export function zoneDayPrices(
    prices: readonly PriceSeries[],
    zone: Zone,
    day: string,
): readonly Segment<MicroEuroPerMwh>[] {
    const series = prices.filter((one) => one.zone === zone.eic);
    return dayCurve(series, localDay(day, zone.timeZone), { key: `${zone.name} price`, day });
}

const priceAmount: PointValue<MicroEuroPerMwh> = { element: 'price.amount', read: parsePrice };

/** What each series must be: prices of the day-ahead auction, in euros per MWh. */
const REQUIRED = { businessType: 'A62', 'currency_Unit.name': 'EUR', 'price_Measure_Unit.name': 'MWH' } as const;

function parseSeries(series: XmlElement, where: string): PriceSeries {
    for (const [element, wanted] of Object.entries(REQUIRED)) {
        const found = text(series, element, where);
        if (found !== wanted) {
            throw new Failure('ENERGY_DOCUMENT_INVALID', { where, problem: `${element} ${found} is not ${wanted}` });
        }
    }
    // Older documents leave it out; A07 are intraday auctions, A02 to A04 weeks, months and years.
    const contract = optionalText(series, 'contract_MarketAgreement.type') ?? 'A01';
    if (contract !== 'A01') {
        const problem = `market agreement ${contract} is not A01 (day ahead)`;
        throw new Failure('ENERGY_DOCUMENT_INVALID', { where, problem });
    }
    const [inside, outside] = [text(series, 'in_Domain.mRID', where), text(series, 'out_Domain.mRID', where)];
    if (inside !== outside) {
        throw new Failure('ENERGY_DOCUMENT_INVALID', {
            where,
            problem: 'a price between two zones is no price of one',
        });
    }
    return { zone: parseEic(inside), ...parseCurve(series, priceAmount, where) };
}

/** Above any price cap of a European exchange (9 999.99 EUR/MWh), with room for higher ones. */
const PRICE_DIGITS_MAX = 7;

function parsePrice(amount: string, where: string): MicroEuroPerMwh {
    const match = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(amount);
    const [, sign, whole = '', decimals = ''] = match ?? [];
    if (match === null || whole.length > PRICE_DIGITS_MAX) {
        throw new Failure('ENERGY_DOCUMENT_INVALID', { where, problem: `"${amount.slice(0, 40)}" is no price` });
    }
    const micro = BigInt(whole + decimals.padEnd(6, '0'));
    return sign === '-' ? -micro : micro;
}
