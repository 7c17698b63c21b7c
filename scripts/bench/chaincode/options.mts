// SPDX-License-Identifier: Apache-2.0
import { parseArgs } from 'node:util';

export interface ChaincodeBenchOptions {
    readonly rounds: number;
    readonly seconds: number;
    readonly warmUpSeconds: number;
    readonly inFlight: number;
    readonly json: string | undefined;
    readonly profile: string | undefined;
    /** The transactions to measure; all if empty. */
    readonly only: readonly string[];
}

export const usage = `Measures the chaincode alone: CPU per transaction of the chaincode's process, and how often a transaction asks its peer.

  npm run bench:chaincode [-- FLAGS]

  --rounds N     rounds; the table shows medians (5)
  --seconds N    measured seconds of each transaction in each round (3)
  --inflight N   transactions under way at the same time (16)
  --quick        one round of a second after one of warm-up: whether it works, not how fast it is
  --json FILE    write {"transactions":[{"name","cpuUs","roundTrips"}]} there as well
  --only NAME    measure this transaction alone, beside the call of none; may be repeated
  --profile DIR  leave a CPU profile of the chaincode's process there
  --help

What is measured: the built chaincode (chaincode/dist/main.js) runs in a process of its own, as a member runs it, with
mutual TLS. The peer is this command: the embedded engine's own end of the chaincode stream and its simulation, over a
state in memory that has 64 wallets with money, each with a key of its own. Nothing is committed, so every call finds the
same state. What the peer does is not in the figures: CPU is what the kernel counted for the chaincode's process, all its
threads, with TLS, gRPC, the shim, signatures and garbage collection. After a warm-up every round measures each transaction
in turn. The first line is the price of a call that does nothing: one that is refused because there is no such transaction.`;

/** Throws an Error that names the flag when the words cannot be understood; undefined when help is asked for. */
export function parseOptions(words: readonly string[]): ChaincodeBenchOptions | undefined {
    const { values } = parseArgs({
        args: [...words],
        options: {
            rounds: { type: 'string' },
            seconds: { type: 'string' },
            inflight: { type: 'string', default: '16' },
            quick: { type: 'boolean', default: false },
            json: { type: 'string' },
            profile: { type: 'string' },
            only: { type: 'string', multiple: true, default: [] },
            help: { type: 'boolean', short: 'h', default: false },
        },
    });
    if (values.help) return undefined;
    return {
        rounds: positive('rounds', values.rounds ?? (values.quick ? '1' : '5')),
        seconds: positive('seconds', values.seconds ?? (values.quick ? '1' : '3')),
        warmUpSeconds: values.quick ? 1 : 6,
        inFlight: positive('inflight', values.inflight),
        json: values.json,
        profile: values.profile,
        only: values.only,
    };
}

function positive(name: string, text: string): number {
    const value = Number(text);
    if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} ${text}: a whole number above 0 is needed`);
    return value;
}
