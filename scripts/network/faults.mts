// SPDX-License-Identifier: Apache-2.0
import { readChoice, type Network } from './network.mts';
import { recordedNames, runningPid, specOf, type ProcessSpec } from './processes.mts';
import { say, StepFailure } from './progress.mts';
import { printTable } from './table.mts';

/** Switches whose value names a node's address. */
const linkSwitches = ['drop-link', 'delay-link'];

/** `fault list`, `fault SWITCH on NODE [VALUE …]`, `fault SWITCH off NODE`. */
export async function switchFaults(network: Network, words: readonly string[]): Promise<void> {
    if (network.engine.kind === 'fabric') {
        throw new StepFailure(
            'Fault switches are the embedded engine’s; Hyperledger Fabric has none.',
            'Bring up a network with -engine embedded -faults.',
        );
    }
    const token = readChoice()?.faultsToken;
    if (token === undefined) {
        throw new StepFailure(
            'This network was made without fault switches.',
            'Run ./test-network.sh down, then up -faults.',
        );
    }
    const [name = '', state, node, ...value] = words;
    if (name === 'list' && state === undefined) {
        await listFaults(token);
    } else if ((state === 'on' || state === 'off') && node !== undefined) {
        const content = state === 'on' ? valueOf(name, value) : undefined;
        await ask(specOf(node), token, { name, content });
        say(`${name} is ${state} in ${node}`);
    } else {
        throw new StepFailure('fault takes: list, or SWITCH on NODE [VALUE], or SWITCH off NODE. See -h.');
    }
}

/** The variable that enables the switches in a node, when the network was made with them. */
export function withFaults(spec: ProcessSpec, { faultsToken }: Network): ProcessSpec {
    return faultsToken === undefined
        ? spec
        : { ...spec, environment: { ...spec.environment, POWER_FAULTS_TOKEN: faultsToken } };
}

async function listFaults(token: string): Promise<void> {
    const nodes = recordedNames()
        .map(specOf)
        .filter((spec) => operationsAddress(spec) && runningPid(spec.name));
    const rows: string[][] = [];
    for (const spec of nodes) {
        for (const [name, value] of Object.entries(await ask(spec, token))) rows.push([spec.name, name, value]);
    }
    if (rows.length === 0) say('Every fault switch is off.');
    else printTable(['NODE', 'SWITCH', 'VALUE'], rows);
}

/** A link's other end may be given by the name of its process. */
function valueOf(name: string, words: readonly string[]): string {
    if (!linkSwitches.includes(name)) return words.join(' ');
    const [end = '', ...rest] = words;
    const address = recordedNames().includes(end) ? `localhost:${String(specOf(end).ports[0])}` : end;
    return [address, ...rest].join('=');
}

function operationsAddress({ healthPort, environment }: ProcessSpec): string | undefined {
    const address = environment.FABRIC_CA_SERVER_OPERATIONS_LISTENADDRESS;
    return healthPort === undefined ? address : `127.0.0.1:${String(healthPort)}`;
}

async function ask(
    spec: ProcessSpec,
    token: string,
    change?: { readonly name: string; readonly content: string | undefined },
): Promise<Record<string, string>> {
    const address = operationsAddress(spec);
    if (address === undefined) throw new StepFailure(`${spec.name} has no fault switches.`);
    const method = change === undefined ? 'GET' : change.content === undefined ? 'DELETE' : 'PUT';
    const path = change === undefined ? '/faults' : `/faults/${encodeURIComponent(change.name)}`;
    let reply: Response;
    try {
        reply = await fetch(`http://${address}${path}`, {
            method,
            headers: { Authorization: `Bearer ${token}` },
            ...(change?.content !== undefined && { body: change.content }),
        });
    } catch {
        throw new StepFailure(`${spec.name} does not answer at ${address}.`, 'See ./test-network.sh status.');
    }
    const answer = (await reply.json()) as Record<string, string>;
    if (!reply.ok) throw new StepFailure(`${spec.name}: ${answer.error ?? String(reply.status)}`);
    return answer;
}
