// SPDX-License-Identifier: Apache-2.0
import { sha256 } from '../../wire/hashing.js';
import { sameVersion } from '../state/height.js';
import { collectionOf, organisationOfImplicit, type Collection } from './collections.js';
import type { ParsedTransaction } from '../validation/parsedTransaction.js';
import type { ClearWrite, CollectionWrite } from './privateDataStore.js';
import type { CollectionReadWriteSet, NamespaceReadWriteSet } from '../simulation/readWriteSet.js';
import type { StateReader } from '../state/stateReader.js';
import type { TransientStore } from './transientStore.js';

/** A write whose clear text is looked for. */
export interface WantedWrite extends CollectionWrite {
    readonly txId: string;
    /** SHA-256 of the clear text. */
    readonly hash: Buffer;
}

/** Where a peer gets private data from that was not sent to it, and which it may have. */
export interface PrivateDataSource {
    isEligible(collection: Collection): boolean;
    /** Asks other members' peers. Answers may be incomplete or wrong; it does not throw. */
    fetch(wanted: readonly WantedWrite[]): Promise<readonly ClearWrite[]>;
}

/** The clear text that a peer has of a block, and what it lacks. */
interface BlockPrivateData {
    readonly present: readonly ClearWrite[];
    readonly missing: readonly WantedWrite[];
}

export interface BlockLookup {
    readonly blockNum: number;
    readonly transactions: readonly ParsedTransaction[];
    /** State before the block. */
    readonly reader: StateReader;
    readonly isMember: (mspId: string) => boolean;
    readonly transient: TransientStore;
    /** What a commit that a crash interrupted has left of the block. */
    readonly stored: () => Promise<readonly ClearWrite[]>;
    readonly source: PrivateDataSource;
}

/**
 * Finds the clear text that belongs to a block's hashed writes, for valid and invalid transactions alike: among what was
 * sent at endorsement, else from other members' peers (gossip/privdata/pvtdataprovider.go). What nobody has is missing
 * and changes nothing else.
 */
export async function privateDataOfBlock(lookup: BlockLookup): Promise<BlockPrivateData> {
    const { transient, source, reader } = lookup;
    const present: ClearWrite[] = [];
    const lacking: WantedWrite[] = [];
    const missing: WantedWrite[] = [];
    for (const write of lookup.transactions.flatMap((transaction, txNum) => writesOf(transaction, txNum, lookup))) {
        const collection = collectionOf(reader, write.namespace, write.collection);
        if (collection === undefined || !source.isEligible(collection)) {
            missing.push(write);
            continue;
        }
        const rwset = transient.find(write.txId, write.namespace, write.collection, write.hash);
        if (rwset === undefined) lacking.push(write);
        else present.push({ ...place(write), rwset });
    }
    const stored = lacking.length === 0 ? [] : await lookup.stored();
    const unknown = lacking.filter((write) => !stored.some((one) => isSameWrite(one, write)));
    const fetched = unknown.length === 0 ? [] : await source.fetch(unknown);
    for (const write of lacking) {
        const found = [...stored, ...fetched].find(
            (answer) => isSameWrite(answer, write) && sha256(answer.rwset).equals(write.hash),
        );
        if (found === undefined) missing.push(write);
        else present.push({ ...place(write), rwset: found.rwset });
    }
    return { present, missing };
}

function isSameWrite(a: CollectionWrite, b: CollectionWrite): boolean {
    return sameVersion(a.version, b.version) && a.namespace === b.namespace && a.collection === b.collection;
}

/** Writes into collections that somebody can be a member of. */
function writesOf(
    transaction: ParsedTransaction,
    txNum: number,
    { blockNum, reader, isMember }: BlockLookup,
): WantedWrite[] {
    const exists = (namespace: string, name: string): boolean => {
        const mspId = organisationOfImplicit(name);
        return mspId === undefined ? collectionOf(reader, namespace, name) !== undefined : isMember(mspId);
    };
    return readWriteSetOf(transaction).flatMap(({ namespace, collections }) =>
        collections
            .filter(({ name, privateSetHash }) => privateSetHash.length > 0 && exists(namespace, name))
            .map((collection: CollectionReadWriteSet) => ({
                version: { blockNum, txNum },
                namespace,
                collection: collection.name,
                txId: transaction.txId,
                hash: collection.privateSetHash,
            })),
    );
}

function place({ version, namespace, collection }: CollectionWrite): CollectionWrite {
    return { version, namespace, collection };
}

/** An invalid transaction may have a write set that does not parse. */
export function readWriteSetOf(transaction: ParsedTransaction): readonly NamespaceReadWriteSet[] {
    try {
        return transaction.isEndorserTransaction ? transaction.readWriteSet : [];
    } catch {
        return [];
    }
}
