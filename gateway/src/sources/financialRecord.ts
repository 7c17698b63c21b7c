// SPDX-License-Identifier: Apache-2.0
import { invalid, list, object, text } from '@power-currency/domain';
import { parseUnits } from '../application/decimalAmount.js';
import { checkedEnergy, energyUnit, wattHoursIn } from './energyQuantity.js';
import { fileFields, periodFields, reference, type SourceData } from './sourceData.js';

const money = text(/^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$/, 'decimal number such as -12.50');

/** What was sold in a period, from the books (KD-045). */
export const financialRecord = object({
    ...fileFields('power/financial-record'),
    ...periodFields,
    currency: text(/^[A-Z]{3}$/, 'currency code such as EUR'),
    sales: list(object({ document: reference, revenue: money, tariff: money, unit: energyUnit }), 1_000, 1),
});

/**
 * The energy that was paid for: each sale's revenue divided by its tariff, added up as exact fractions and rounded down
 * once. A credit note has a negative revenue; in hours of negative prices revenue and tariff both are.
 *
 * @throws DomainError INVALID_ARGUMENT for a document given twice, a tariff of zero, or less than no energy
 */
export function readFinancialRecord(record: ReturnType<typeof financialRecord.decode>): SourceData {
    const documents = new Set<string>();
    let [numerator, denominator] = [0n, 1n];
    record.sales.forEach(({ document, revenue, tariff, unit }, index) => {
        const field = `sales[${String(index)}]`;
        if (documents.has(document)) invalid(`${field}.document`, 'booked twice');
        documents.add(document);
        const price = micro(tariff);
        if (price === 0n) invalid(`${field}.tariff`, 'zero: what costs nothing says nothing of energy');
        const paid = micro(revenue) * wattHoursIn(unit) * (price < 0n ? -1n : 1n);
        const divisor = price < 0n ? -price : price;
        // Not in lowest terms: over a thousand sales, finding those takes minutes and the product milliseconds.
        [numerator, denominator] = [numerator * divisor + paid * denominator, denominator * divisor];
    });
    if (numerator < 0n) invalid('sales', 'credit notes exceed the sales');
    const { facility: facilityId, zone, carrier, period, producedAt } = record;
    const energyWh = checkedEnergy(numerator / denominator, 'sales');
    return { kind: 'financial', facilityId, zone, carrier, period, producedAt, energyWh, readings: [], minutes: null };
}

/** Millionths of a decimal that the codec has let through. */
function micro(decimal: string): bigint {
    const isNegative = decimal.startsWith('-');
    const size = parseUnits(isNegative ? decimal.slice(1) : decimal, 6) ?? 0n;
    return isNegative ? -size : size;
}
