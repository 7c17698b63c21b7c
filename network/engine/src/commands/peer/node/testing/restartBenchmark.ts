// SPDX-License-Identifier: Apache-2.0
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ChannelLedger } from '../../../../ledger/channelLedger.js';
import { nextBlock, transactionEnvelope } from '../../../../ledger/testing/blocks.js';
import type { common } from '../../../../wire/protobuf.js';
import { channelId, startTestNetwork } from './testNetwork.js';

interface RestartOptions {
    readonly blocks: number;
    readonly transactions: number;
    readonly rounds: number;
}

/** Commits a long chain to a peer's ledger by the engine's own code; each transaction reads, writes and adds a key. */
async function lengthen(dir: string, mspId: string, { blocks, transactions }: RestartOptions): Promise<void> {
    const ledger = await ChannelLedger.open({ dir, channelId, mspId });
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
        await ledger.commit(last, new Uint8Array(transactions));
    }
    await ledger.close();
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

async function main(options: RestartOptions): Promise<void> {
    const network = await startTestNetwork({ mspIds: ['AuthorityMSP'] });
    try {
        const [member] = network.members;
        if (member === undefined) throw new Error('a network has members');
        const { peer, mspId } = member;
        await peer.end();
        const dir = join(network.directory, mspId, 'peer-data/ledgersData/chains', channelId);
        const begun = performance.now();
        await lengthen(dir, mspId, options);
        const lengthenMs = Math.round(performance.now() - begun);
        process.stdout.write(`${JSON.stringify({ ...options, lengthenMs })}\n`);
        const cases: readonly (readonly [string, readonly string[]])[] = [
            ['as it was', []],
            ['state and history rebuilt', ['state']],
            ['state, history and block index rebuilt', ['state', 'blocks/index']],
        ];
        for (const [name, removed] of cases) {
            const times: number[] = [];
            for (let round = 0; round < options.rounds; round++) {
                for (const folder of removed) rmSync(join(dir, folder), { recursive: true });
                times.push(Math.round(await peer.start()));
                await peer.end();
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
