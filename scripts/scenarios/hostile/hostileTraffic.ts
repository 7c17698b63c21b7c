// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import { harmOf } from './fabricHarm';
import { broadcast, type NodeAddress } from './nodeClient';
import type { SeededRandom } from './seededRandom';
import { levels, type Draft, type TransactionForge } from './transactionForge';
import { mutateMessage } from './wireMutation';

interface Traffic {
    readonly forge: TransactionForge;
    readonly orderer: NodeAddress;
    readonly chaincode: string;
    /** An implicit collection whose members hold no private data of it, and look for none. */
    readonly collection: string;
    readonly random: SeededRandom;
}

const perBlock = 60;
/** Longer than the channel's batch timeout: what is sent next is in another block. */
const untilCutMs = 400;

/** Offers `count` transactions, each of them wrong or unusual at some level; returns how many the orderer took. */
export async function offerHostileTransactions(traffic: Traffic, count: number): Promise<number> {
    let taken = 0;
    let batch: Buffer[] = [];
    const offer = async (): Promise<void> => {
        const statuses = await broadcast(traffic.orderer, batch);
        taken += statuses.filter((status) => status === 200).length;
        batch = [];
        await sleep(untilCutMs);
    };
    for (let index = 0; index < count; index++) {
        const envelope = hostileTransaction(traffic, index);
        const harm = harmOf(envelope, traffic);
        if (harm === 'stops') continue;
        batch.push(envelope);
        if (harm === 'stalls' || batch.length === perBlock) await offer();
    }
    await offer();
    return taken;
}

function hostileTransaction({ forge, chaincode, collection, random }: Traffic, index: number): Buffer {
    const level = random.pick(levels);
    let changed = false;
    return forge.forge({
        namespaces: [{ ...randomReadsAndWrites(chaincode, collection, random, index) }],
        event: { chaincodeId: chaincode, txId: 'any', eventName: 'any', payload: Buffer.from('any') },
        change: (at, bytes) => {
            if (at !== level || changed) return bytes;
            changed = true;
            return mutateMessage(bytes, random);
        },
    });
}

/** Keys that other transactions write too, read at versions that may be theirs; ranges, key policies, hashed writes. */
function randomReadsAndWrites(
    namespace: string,
    collection: string,
    random: SeededRandom,
    index: number,
): Draft['namespaces'][number] {
    const version = { blockNum: 7, txNum: 1 };
    const range = { startKey: 'k', endKey: 'k3', itrExhausted: true, rawReads: { kvReads: [{ key: 'k1', version }] } };
    const policyEntry = { name: random.pick(['any', 'VALIDATION_PARAMETER']), value: Buffer.of(0x12, 0x00) };
    const hashed = {
        hashedReads: [{ keyHash: Buffer.alloc(32, 1) }],
        hashedWrites: [{ keyHash: Buffer.alloc(32, 2), valueHash: Buffer.alloc(32, 3) }],
    };
    return {
        namespace,
        set: {
            reads: [
                { key: `none${String(index)}` },
                { key: `k${String(random.below(5))}`, ...(random.chance(2) ? { version } : {}) },
            ],
            writes: [{ key: `k${String(random.below(50))}`, value: Buffer.from(`value ${String(index)}`) }],
            rangeQueriesInfo: random.chance(4) ? [range] : [],
            metadataWrites: random.chance(6) ? [{ key: `m${String(index)}`, entries: [policyEntry] }] : [],
        },
        collections: random.chance(4) ? [{ name: collection, set: hashed }] : [],
    };
}
