// SPDX-License-Identifier: Apache-2.0
import { type BlockView, type KeyRead, type Place, type RangeRead, type TransactionView } from './blockView.js';

/** The read that made a transaction invalid: what it had read, and who had changed it in the meantime. */
export interface ReadConflict {
    readonly namespace: string;
    readonly key: string;
    /** What the endorsers read; null for a key that was not there. */
    readonly readVersion: Place | null;
    /** Null when no transaction wrote the version that was read. */
    readonly changedBy: { readonly txId: string; readonly place: Place } | null;
}

/** Fabric keeps no index from keys to blocks, so the writer is looked for backwards, this many blocks at most. */
const blocksBackMax = 1_000;

/**
 * Finds a read of a transaction that was no longer current when it was validated, as a committer does: the valid
 * transactions before it in its block count, then the blocks before (core/ledger/kvledger/txmgmt/validation).
 *
 * @returns undefined for a transaction that failed for another reason, or whose conflict leaves no key to name: reads of
 *     private data and long ranges are recorded as hashes
 */
export async function findReadConflict(
    block: BlockView,
    transaction: TransactionView,
    blockAt: (number: number) => Promise<BlockView>,
): Promise<ReadConflict | undefined> {
    const search = new ConflictSearch(suspectsOf(transaction));
    const before = block.transactions.slice(0, transaction.index);
    const inBlock = search.changeIn(block.number, before, true);
    if (inBlock !== undefined) return inBlock;
    const last = Math.max(0, block.number - blocksBackMax);
    for (let number = block.number - 1; number >= last && !search.isOver(number); number--) {
        const found = search.changeIn(number, (await blockAt(number)).transactions, false);
        if (found !== undefined) return found;
    }
    return search.unfounded();
}

/** Something that was read. */
interface Suspect {
    readonly namespace: string;
    readonly covers: (key: string) => boolean;
    readonly readVersion: (key: string) => Place | null;
    /** The key of a single read. */
    readonly read?: KeyRead;
}

function suspectsOf({ validationCode, call }: TransactionView): readonly Suspect[] {
    if (call === null) return [];
    if (validationCode === 'MVCC_READ_CONFLICT') {
        return call.reads.map((read) => ({
            namespace: read.namespace,
            covers: (key) => key === read.key,
            readVersion: () => read.version,
            read,
        }));
    }
    return validationCode === 'PHANTOM_READ_CONFLICT'
        ? call.ranges.filter(({ isHashed }) => !isHashed).map(rangeSuspect)
        : [];
}

function rangeSuspect({ namespace, startKey, endKey, reads }: RangeRead): Suspect {
    const found = new Map(reads.map(({ key, version }) => [key, version]));
    return {
        namespace,
        covers: (key) => key >= startKey && (endKey === '' || key < endKey),
        readVersion: (key) => found.get(key) ?? null,
    };
}

/** Goes back through the chain until a key that was read turns out to have had another version. */
class ConflictSearch {
    readonly #suspects: readonly Suspect[];
    /** Keys whose last change was the one that was read. */
    readonly #current = new Set<string>();

    constructor(suspects: readonly Suspect[]) {
        this.#suspects = suspects;
    }

    /** The last change of a suspect's key in these transactions, unless it is what was read. */
    changeIn(block: number, transactions: readonly TransactionView[], isSameBlock: boolean): ReadConflict | undefined {
        for (const { index, txId, validationCode, call } of [...transactions].reverse()) {
            if (validationCode !== 'VALID' || call === null) continue;
            const place = { block, transaction: index };
            for (const change of [...call.writes, ...call.metadataKeys.map((key) => ({ ...key, isDelete: false }))]) {
                const readVersion = this.#outdated(change, place, isSameBlock);
                if (readVersion === undefined) continue;
                const { namespace, key } = change;
                return { namespace, key, readVersion, changedBy: { txId, place } };
            }
        }
        return undefined;
    }

    /** Whether nothing below a block can be of interest any more. */
    isOver(block: number): boolean {
        return this.#suspects.every(
            ({ namespace, read }) =>
                read !== undefined &&
                (this.#current.has(idOf(namespace, read.key)) || (read.version !== null && read.version.block > block)),
        );
    }

    /** A read of a version that no transaction wrote. */
    unfounded(): ReadConflict | undefined {
        const read = this.#suspects
            .flatMap((suspect) => suspect.read ?? [])
            .find(({ namespace, key, version }) => version !== null && !this.#current.has(idOf(namespace, key)));
        return read && { namespace: read.namespace, key: read.key, readVersion: read.version, changedBy: null };
    }

    /** The version that was read of a key, if the change at a place makes it out of date. */
    #outdated(
        { namespace, key, isDelete }: { namespace: string; key: string; isDelete: boolean },
        place: Place,
        isSameBlock: boolean,
    ): Place | null | undefined {
        const id = idOf(namespace, key);
        const suspect = this.#suspects.find((one) => one.namespace === namespace && one.covers(key));
        if (suspect === undefined || this.#current.has(id)) return undefined;
        const readVersion = suspect.readVersion(key);
        if (isSameBlock || !isSamePlace(readVersion, isDelete ? null : place)) return readVersion;
        this.#current.add(id);
        return undefined;
    }
}

function idOf(namespace: string, key: string): string {
    return `${namespace}\0${key}`;
}

function isSamePlace(one: Place | null, other: Place | null): boolean {
    return one?.block === other?.block && one?.transaction === other?.transaction;
}
