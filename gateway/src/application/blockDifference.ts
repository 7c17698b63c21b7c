// SPDX-License-Identifier: Apache-2.0
import { type BlockView, type KeyWrite, type TransactionView } from './blockView.js';

/** Where two peers' copies of a chain part. */
interface BlockDifference {
    readonly block: number;
    /** Index in the block; null for a difference of the block itself. */
    readonly transaction: number | null;
    readonly txId: string | null;
    /** The field that differs: previousHash, dataHash, validationCode, write KEY, commitHash … */
    readonly what: string;
    readonly left: string;
    readonly right: string;
}

interface Chain {
    readonly height: number;
    readonly blockAt: (number: number) => Promise<BlockView>;
}

interface ChainComparison {
    /** Blocks that were compared and agree, counted from 0. */
    readonly agreedHeight: number;
    readonly difference: BlockDifference | null;
}

/** Compares two chains block by block up to the lower height. `onBlock` is told after each block that agrees. */
export async function compareChains(
    left: Chain,
    right: Chain,
    onBlock: (number: number) => void = () => undefined,
): Promise<ChainComparison> {
    const height = Math.min(left.height, right.height);
    for (let number = 0; number < height; number++) {
        const [one, other] = await Promise.all([left.blockAt(number), right.blockAt(number)]);
        const difference = differenceOf(one, other);
        if (difference !== undefined) return { agreedHeight: number, difference };
        onBlock(number);
    }
    return { agreedHeight: height, difference: null };
}

/** The first difference of two copies of a block. Signatures may differ: BFT orderers each collect their own quorum. */
function differenceOf(left: BlockView, right: BlockView): BlockDifference | undefined {
    const inBlock = (what: 'number' | 'previousHash' | 'dataHash' | 'commitHash'): BlockDifference | undefined =>
        left[what] === right[what]
            ? undefined
            : {
                  ...{ block: left.number, transaction: null, txId: null, what },
                  ...{ left: String(left[what] ?? 'none'), right: String(right[what] ?? 'none') },
              };
    // From cause to effect: a transaction that differs makes the hashes after it differ.
    return (
        inBlock('number') ??
        inBlock('previousHash') ??
        transactionDifference(left, right) ??
        inBlock('dataHash') ??
        inBlock('commitHash')
    );
}

function transactionDifference(left: BlockView, right: BlockView): BlockDifference | undefined {
    const length = Math.max(left.transactions.length, right.transactions.length);
    for (let index = 0; index < length; index++) {
        const [one, other] = [left.transactions[index], right.transactions[index]];
        const found = fieldDifference(one, other);
        if (found === undefined) continue;
        return { block: left.number, transaction: index, txId: (one ?? other)?.txId ?? null, ...found };
    }
    return undefined;
}

type FieldDifference = Pick<BlockDifference, 'what' | 'left' | 'right'>;

function fieldDifference(
    one: TransactionView | undefined,
    other: TransactionView | undefined,
): FieldDifference | undefined {
    if (one === undefined || other === undefined) {
        return { what: 'transaction', left: one?.txId ?? 'none', right: other?.txId ?? 'none' };
    }
    if (one.digest !== other.digest) {
        return writeDifference(one, other) ?? { what: 'envelope', left: one.digest, right: other.digest };
    }
    if (one.validationCode !== other.validationCode) {
        return { what: 'validationCode', left: one.validationCode, right: other.validationCode };
    }
    return undefined;
}

function writeDifference(one: TransactionView, other: TransactionView): FieldDifference | undefined {
    const [left, right] = [writesOf(one), writesOf(other)];
    const key = [...left.keys(), ...right.keys()].find((name) => left.get(name) !== right.get(name));
    if (key === undefined) return undefined;
    return { what: `write ${key}`, left: left.get(key) ?? 'none', right: right.get(key) ?? 'none' };
}

function writesOf({ call }: TransactionView): ReadonlyMap<string, string> {
    const text = ({ isDelete, value }: KeyWrite): string => (isDelete ? 'deleted' : value);
    return new Map((call?.writes ?? []).map((write) => [`${write.namespace}/${write.key}`, text(write)]));
}
