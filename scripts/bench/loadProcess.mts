// SPDX-License-Identifier: Apache-2.0
// Offers load to one network through one peer's gateway, in a process of its own. Its parent sends a Load, or a Fill first; it answers
// `begun` when the warm-up is over, `ended` when the time is, and a LoadSample once no call is left.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadNetworkFile } from '@power-currency/gateway/dist/config/networkFile.js';
import { openSession } from '@power-currency/gateway/dist/fabric/connection.js';
import { loadIdentity } from '@power-currency/gateway/dist/fabric/identity.js';
import type { Fill, Filled, Load, LoadSample } from './figures.mts';

const [networkDir = ''] = process.argv.slice(2);
const network = loadNetworkFile(networkDir);
const [organisation] = network.organisations;
const client = organisation?.users.client;
if (!organisation || !client) throw new Error(`${networkDir} describes no organisation with a client`);
const { name, address, tlsCaFile, serverName } = organisation.peer;
const session = openSession(
    { name, address, serverName, tlsRoots: readFileSync(tlsCaFile) },
    loadIdentity(client.mspDir, organisation.mspId),
);
const contract = session.gateway.getNetwork(network.channel).getContract(network.chaincode);

const value = 'v'.repeat(64);
let turn = 0;

/** Spread over the keys by a multiplier that shares no factor with 10 or 100 000: neighbours in time are none in the state. */
function nextKey(keys: number): string {
    turn += 1;
    return keyPrefix(keys) + String((turn * 7919) % keys);
}

/** Each number of keys has keys of its own. */
const keyPrefix = (keys: number): string => `of${String(keys)}-`;

const calls: Readonly<Record<Load['call'], (keys: number) => Promise<unknown>>> = {
    noop: () => contract.submitTransaction('noop'),
    put: (keys) => contract.submitTransaction('put', nextKey(keys), value),
    evaluate: () => contract.evaluateTransaction('get', 'absent'),
};

/** As many as a peer takes in one message. */
const FILL_KEYS = 1000;
const FILL_IN_FLIGHT = 4;

/** Writes every key once; answers how many transactions that took. */
async function fill(keys: number): Promise<void> {
    let from = 0;
    let transactions = 0;
    const caller = async (): Promise<void> => {
        for (let first = from; first < keys; first = from) {
            from += FILL_KEYS;
            const count = Math.min(FILL_KEYS, keys - first);
            await contract.submitTransaction('fill', keyPrefix(keys), String(first), String(count), value);
            transactions += 1;
        }
    };
    await Promise.all(Array.from({ length: FILL_IN_FLIGHT }, caller));
    process.send?.({ filledBy: transactions } satisfies Filled);
}

/** A caller that never succeeds would spin; it rests instead. */
const REST_AFTER_FAILURE_MS = 100;

async function offer({ call, keys, inFlight, warmUpSeconds, seconds }: Load): Promise<void> {
    const latenciesMs: number[] = [];
    let failures = 0;
    let succeeded = 0;
    let firstFailure: string | undefined;
    let from = Infinity;
    let until = Infinity;
    const caller = async (): Promise<void> => {
        for (;;) {
            const begun = performance.now();
            if (begun >= until) return;
            try {
                await calls[call](keys);
                succeeded += 1;
                const ended = performance.now();
                if (ended >= from && ended < until) latenciesMs.push(ended - begun);
            } catch (error) {
                failures += 1;
                firstFailure ??= error instanceof Error ? error.message : String(error);
                await sleep(REST_AFTER_FAILURE_MS);
            }
        }
    };
    const callers = Array.from({ length: inFlight }, caller);
    await sleep(warmUpSeconds * 1000);
    from = performance.now();
    process.send?.('begun');
    await sleep(seconds * 1000);
    until = performance.now();
    process.send?.('ended');
    await Promise.all(callers);
    const sample: LoadSample = { latenciesMs, succeeded, failures, firstFailure, seconds: (until - from) / 1000 };
    process.send?.(sample);
}

process.on('message', (order: Load | Fill) => {
    if (!('fill' in order)) void offer(order);
    // A state that is not there cannot be measured: the parent sees this process end.
    else fill(order.fill).catch((error: unknown) => process.exit(reported(error)));
});

function reported(error: unknown): number {
    process.stderr.write(`the state could not be filled: ${String(error)}\n`);
    return 1;
}

process.on('disconnect', () => process.exit());
// Ctrl-C reaches every process of the terminal; the parent ends this one when it has taken the network down.
process.on('SIGINT', () => undefined);
