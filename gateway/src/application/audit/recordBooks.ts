// SPDX-License-Identifier: Apache-2.0

/** Where an asset's money is, how much of it came and went, and how many holds are open. In minor units. */
export interface Books {
    readonly issued: bigint;
    readonly redeemed: bigint;
    readonly wallets: bigint;
    readonly pending: bigint;
    readonly held: bigint;
    readonly notes: bigint;
    readonly escrow: bigint;
    readonly vouchers: bigint;
    readonly holds: bigint;
}

/** One record's part in the books of its asset. */
export interface BookLine {
    readonly asset: string;
    readonly books: Partial<Books>;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * What each kind of record says of money, by the first part of its keys; the second is the asset's code. Written from
 * the records' documented form and not shared with the chaincode, which is what is audited.
 */
export const recordReaders: Readonly<Record<string, (fields: Fields) => Partial<Books>>> = {
    b: ({ balance }) => ({ wallets: amountOf(balance) }),
    p: ({ amount }) => ({ pending: amountOf(amount) }),
    pool: ({ amount }) => ({ wallets: amountOf(amount) }),
    h: ({ remaining, state }) => ({ held: amountOf(remaining), holds: state === 'open' ? 1n : 0n }),
    n: ({ amount }) => ({ notes: amountOf(amount) }),
    milestone: ({ amount, released, clawedBackAt }) =>
        released === null && clawedBackAt === null ? { escrow: amountOf(amount) } : {},
    'growth-allocation': ({ amount, claimed }) => (claimed === null ? { escrow: amountOf(amount) } : {}),
    redemption: ({ amount, state }) => (isRunning(state) ? { vouchers: amountOf(amount) } : {}),
    supply: ({ issued, redeemed }) => ({ issued: amountOf(issued), redeemed: amountOf(redeemed) }),
};

/** Undefined for a record that says nothing of money. Throws Error for one that should and cannot be read. */
export function bookLineOf(key: string, value: Uint8Array): BookLine | undefined {
    const [kind = '', asset = ''] = key.split('~').map((part) => part.replaceAll('%7E', '~').replaceAll('%25', '%'));
    const read = Object.hasOwn(recordReaders, kind) ? recordReaders[kind] : undefined;
    if (read === undefined) return undefined;
    const text = new TextDecoder('utf-8', { fatal: true }).decode(value);
    const fields: unknown = JSON.parse(text);
    if (typeof fields !== 'object' || fields === null) throw new Error('it is no object');
    return { asset, books: read(fields as Fields) };
}

function isRunning(redemptionState: unknown): boolean {
    return ['queued', 'issued', 'claimed', 'disputed'].includes(redemptionState as string);
}

function amountOf(value: unknown): bigint {
    if (typeof value !== 'string' || !/^(0|[1-9][0-9]{0,18})$/.test(value)) throw new Error('an amount cannot be read');
    return BigInt(value);
}
