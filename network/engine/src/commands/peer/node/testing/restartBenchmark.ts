// SPDX-License-Identifier: Apache-2.0
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { BlockStore } from '../../../../ledger/blocks/blockStore.js';
import { ChannelLedger } from '../../../../ledger/channelLedger.js';
import { nextBlock, transactionEnvelope } from '../../../../ledger/testing/blocks.js';
import { encode } from '../../../../wire/decode.js';
import { common } from '../../../../wire/protobuf.js';
import type { NodeProcess } from './nodeProcess.js';
import { channelId, startTestNetwork } from './testNetwork.js';

interface RestartOptions {
    readonly blocks: number;
    readonly transactions: number;
    readonly rounds: number;
}

/** Where the chain lies, of the peer (with its state) and of the orderer. */
interface Folders {
    readonly peer: string;
    readonly orderer: string;
}

/**
 * Adds a long chain to the ledgers of a peer and an orderer by the engine's own code; each transaction reads, writes and
 * adds a key.
 */
async function lengthen(folders: Folders, mspId: string, { blocks, transactions }: RestartOptions): Promise<void> {
    const ledger = await ChannelLedger.open({ dir: folders.peer, channelId, mspId });
    const ordered = await BlockStore.open(folders.orderer, { indexTransactions: false });
    let last: common.Block = ledger.block(ledger.height - 1);
    while (ledger.height < blocks) {
        const envelopes = Array.from({ length: transactions }, (_, index) => {
            const txId = `${String(ledger.height)}-${String(index)}`;
            const simulation = ledger.newSimulation(txId);
            simulation.getState('vector', `changed-${String(index)}`);
            simulation.setState('vector', `changed-${String(index)}`, Buffer.from(txId));
            simulation.setState('vector', `new-${txId}`, Buffer.alloc(64, index));
            return transactionEnvelope(txId, simulation.finish().results);
        });
        last = nextBlock(last, envelopes);
        // As every block of an orderer does, it names the last configuration block.
        last.metadata = {
            metadata: [Buffer.alloc(0), Buffer.alloc(0), Buffer.alloc(0), Buffer.alloc(0), Buffer.alloc(0)],
        };
        await ordered.append(last, encode(common.Block, last));
        await ledger.commit(last, new Uint8Array(transactions));
    }
    await ordered.close();
    await ledger.close();
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

async function main(options: RestartOptions): Promise<void> {
    const network = await startTestNetwork({ mspIds: ['AuthorityMSP'] });
    try {
        const [member] = network.members;
        if (member === undefined) throw new Error('a network has members');
        const { orderer } = network;
        const { peer, mspId } = member;
        await Promise.all([peer.end(), orderer.end()]);
        const folders = {
            peer: join(network.directory, mspId, 'peer-data/ledgersData/chains', channelId),
            orderer: join(network.directory, 'orderer-ledger/chains', channelId),
        };
        const begun = performance.now();
        await lengthen(folders, mspId, options);
        const lengthenMs = Math.round(performance.now() - begun);
        process.stdout.write(`${JSON.stringify({ ...options, lengthenMs })}\n`);
        const cases: readonly (readonly [string, NodeProcess, readonly string[]])[] = [
            ['orderer as it was', orderer, []],
            ['orderer, block index rebuilt', orderer, [join(folders.orderer, 'index')]],
            ['peer as it was', peer, []],
            ['peer, state and history rebuilt', peer, [join(folders.peer, 'state')]],
            [
                'peer, state, history and block index rebuilt',
                peer,
                [join(folders.peer, 'state'), join(folders.peer, 'blocks/index')],
            ],
        ];
        for (const [name, node, removed] of cases) {
            const times: number[] = [];
            for (let round = 0; round < options.rounds; round++) {
                for (const folder of removed) rmSync(folder, { recursive: true });
                times.push(Math.round(await node.start()));
                await node.end();
            }
            process.stdout.write(`${name}: ${String(median(times))} ms (${times.join(', ')})\n`);
        }
    } finally {
        await network.close();
    }
}

const [blocks = 10_000, transactions = 10, rounds = 5] = process.argv.slice(2).map(Number);
main({ blocks, transactions, rounds }).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
});
