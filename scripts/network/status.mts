// SPDX-License-Identifier: Apache-2.0
import { isReady } from '@power-currency/engine/localNetwork/readiness.js';
import { channelInfo } from './channel.mts';
import { peerName } from './consortium.mts';
import type { Network } from './network.mts';
import { recordedNames, runningPid, specOf } from './processes.mts';
import { say } from './progress.mts';
import { residentBytes } from './residentMemory.mts';
import { printTable } from './table.mts';

interface ProcessStatus {
    readonly name: string;
    readonly state: 'ready' | 'starting' | 'stopped';
    readonly pid: number | null;
    readonly ports: readonly number[];
    readonly memoryMiB: number | null;
    readonly height: number | null;
    readonly blockHash: string | null;
}

export async function showStatus(network: Network, asJson: boolean): Promise<void> {
    const rows = await Promise.all(recordedNames().map((name) => statusOf(network, name)));
    if (asJson) {
        say(JSON.stringify({ engine: network.engine, channel: network.channel, processes: rows }, null, 2));
        return;
    }
    say(`Engine ${network.engine.kind} ${network.engine.version}, channel ${network.channel}`);
    const table = rows.map((row) => [
        row.name,
        row.state,
        row.pid === null ? '-' : String(row.pid),
        row.ports.join(','),
        row.memoryMiB === null ? '-' : `${String(row.memoryMiB)} MiB`,
        row.height === null ? '' : String(row.height),
        row.blockHash === null ? '' : row.blockHash.slice(0, 16),
    ]);
    printTable(['PROCESS', 'STATE', 'PID', 'PORTS', 'MEMORY', 'HEIGHT', 'BLOCK HASH'], table);
}

async function statusOf(network: Network, name: string): Promise<ProcessStatus> {
    const spec = specOf(name);
    const pid = runningPid(name) ?? null;
    const state = pid === null ? 'stopped' : (await isReady(spec)) ? 'ready' : 'starting';
    const bytes = residentBytes(name);
    const organisation = network.consortium.organisations.find((candidate) => peerName(candidate) === name);
    const info =
        organisation && state === 'ready' ? await channelInfo(network, organisation).catch(() => undefined) : undefined;
    return {
        name,
        state,
        pid,
        ports: spec.ports,
        memoryMiB: bytes === undefined ? null : Math.round(bytes / 1024 / 1024),
        height: info?.height ?? null,
        blockHash: info ? Buffer.from(info.blockHash, 'base64').toString('hex') : null,
    };
}
