// SPDX-License-Identifier: Apache-2.0
// Offers load to one network through one peer's gateway, in a process of its own. Its parent sends a Load; it answers
// `begun` when the warm-up is over, `ended` when the time is, and a LoadSample once no call is left.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadNetworkFile } from '@power-currency/gateway/dist/config/networkFile.js';
import { openSession } from '@power-currency/gateway/dist/fabric/connection.js';
import { loadIdentity } from '@power-currency/gateway/dist/fabric/identity.js';
import type { Load, LoadSample } from './figures.mts';

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
let written = 0;
const calls: Readonly<Record<Load['call'], () => Promise<unknown>>> = {
    submit: () => {
        written += 1;
        return contract.submitTransaction('put', `${String(process.pid)}-${String(written)}`, value);
    },
    evaluate: () => contract.evaluateTransaction('get', 'absent'),
};

/** A caller that never succeeds would spin; it rests instead. */
const REST_AFTER_FAILURE_MS = 100;

async function offer({ call, inFlight, warmUpSeconds, seconds }: Load): Promise<void> {
    const latenciesMs: number[] = [];
    let failures = 0;
    let firstFailure: string | undefined;
    let from = Infinity;
    let until = Infinity;
    const caller = async (): Promise<void> => {
        for (;;) {
            const begun = performance.now();
            if (begun >= until) return;
            try {
                await calls[call]();
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
    const sample: LoadSample = { latenciesMs, failures, firstFailure, seconds: (until - from) / 1000 };
    process.send?.(sample);
}

process.on('message', (load: Load) => void offer(load));
process.on('disconnect', () => process.exit());
// Ctrl-C reaches every process of the terminal; the parent ends this one when it has taken the network down.
process.on('SIGINT', () => undefined);
