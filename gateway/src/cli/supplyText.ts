// SPDX-License-Identifier: Apache-2.0
import { type BookKind, bookKinds, imbalance, outstandingSupply, type ResultOf } from '@power-currency/domain';
import { formatUnits } from '../application/decimalAmount.js';
import { grouped } from './grouped.js';

const places: Readonly<Record<BookKind, string>> = {
    wallets: 'in wallets',
    pending: 'received, not yet taken in',
    held: 'on hold',
    notes: 'in notes',
    escrow: 'in escrow',
    vouchers: 'being redeemed',
};

type Supply = ResultOf<'Asset:DescribeSupply'>;

/** An asset's supply for people, in units: what made it, where all of it is, and whether the two agree. */
export function supplyText(supply: Supply, decimals: number): string {
    const { asset, causes, recordCount } = supply;
    const units = (minorUnits: bigint): string => grouped(formatUnits(minorUnits, decimals));
    const made = causes.map(({ direction, kind, amount, changeCount }): Line => {
        return [`${direction} (${kind})`, units(amount), `in ${counted(changeCount, 'transaction')}`];
    });
    const kept = bookKinds
        .filter((kind) => supply[kind] > 0n)
        .map((kind): Line => [places[kind], units(supply[kind]), '']);
    const difference = imbalance(supply);
    const unequal = (by: bigint): string => (by > 0n ? `${units(by)} ${asset} more` : `${units(-by)} ${asset} less`);
    const lines = [
        `${units(outstandingSupply(supply))} ${asset} exist`,
        ...aligned([...made, ...kept]),
        difference === 0n
            ? `The books balance: ${counted(recordCount, 'record')} of money hold what was issued and not redeemed.`
            : `The books do not balance: ${counted(recordCount, 'record')} hold ${unequal(difference)} than exist.`,
    ];
    return `${lines.join('\n')}\n`;
}

type Line = readonly [name: string, amount: string, note: string];

function aligned(lines: readonly Line[]): readonly string[] {
    const width = (column: 0 | 1): number => Math.max(0, ...lines.map((line) => line[column].length));
    return lines.map(([name, amount, note]) =>
        `  ${name.padEnd(width(0))}  ${amount.padStart(width(1))}  ${note}`.trimEnd(),
    );
}

function counted(count: number, what: string): string {
    return `${String(count)} ${what}${count === 1 ? '' : 's'}`;
}
