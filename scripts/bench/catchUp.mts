// SPDX-License-Identifier: Apache-2.0
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { channelInfo } from '../network/channel.mts';
import { peerEnvironment, runCommand } from '../network/commands.mts';
import { networkDir, peerName } from '../network/consortium.mts';
import type { Network } from '../network/network.mts';
import { runningPid, specOf, startProcess, stopProcess } from '../network/processes.mts';
import { cpuMs } from './counters.mts';
import type { CatchUpFigures } from './figures.mts';

/** Its organisation's approvals were in the folder and nobody else has them; Fabric asks around for 60 s before it goes on. */
const givesUpLostDataAtOnce = { CORE_PEER_GOSSIP_PVTDATA_PULLRETRYTHRESHOLD: '0s' };
const DEADLINE_MS = 600_000;
/** Each answer costs the peer nearly 2 ms, which are counted with the rest. */
const POLL_MS = 200;

/** Empties the last organisation's peer, lets it join with the genesis block and waits until it has the whole chain. */
export async function measureCatchUp(network: Network, transactions: number): Promise<CatchUpFigures> {
    const [first, ...others] = network.consortium.organisations;
    const fresh = others.at(-1);
    if (!first || !fresh) throw new Error('catching up needs two peers');
    const { height } = await channelInfo(network, first);
    const name = peerName(fresh);
    await stopProcess(name);
    rmSync(join(networkDir, 'data', name), { recursive: true });
    const spec = specOf(name);
    await startProcess({ ...spec, environment: { ...spec.environment, ...givesUpLostDataAtOnce } }, 30_000);
    const pid = runningPid(name) ?? 0;
    const cpuBefore = cpuMs(pid);
    const begun = performance.now();
    const block = join(networkDir, `${network.channel}.genesis.block`);
    await runCommand(network.engine, 'peer', ['channel', 'join', '-b', block], peerEnvironment(fresh));
    while ((await heightMetric(fresh.ports.peerOperations, network.channel)) < height) {
        if (performance.now() - begun > DEADLINE_MS) throw new Error(`${name} did not catch up`);
        await sleep(POLL_MS);
    }
    const seconds = (performance.now() - begun) / 1000;
    return {
        ...{ blocks: height, transactions, seconds },
        blocksPerSecond: height / seconds,
        transactionsPerSecond: transactions / seconds,
        cpuUsPerTransaction: ((cpuMs(pid) - cpuBefore) * 1000) / transactions,
    };
}

/** The peer's own gauge: asking costs it less than a query does. 0 until the channel is there. */
async function heightMetric(port: number, channel: string): Promise<number> {
    const response = await fetch(`http://127.0.0.1:${String(port)}/metrics`);
    const line = new RegExp(`^ledger_blockchain_height\\{channel="${channel}"\\} (\\S+)$`, 'm').exec(
        await response.text(),
    );
    return Number(line?.[1] ?? 0);
}
