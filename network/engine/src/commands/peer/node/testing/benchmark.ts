// SPDX-License-Identifier: Apache-2.0
import { connectGateway, deployChaincode } from './gatewayClient.js';
import { cpuMs, percentile, residentMb } from './measure.js';
import type { NodeProcess } from './nodeProcess.js';
import { channelId, startTestNetwork, type TestNetwork } from './testNetwork.js';

const mspIds = ['AuthorityMSP', 'CentralBankMSP', 'CooperativeMSP'];

interface Load {
    readonly inFlight: number;
    readonly seconds: number;
}

type Submit = (key: string) => Promise<unknown>;
let keys = 0;

/** Keeps `inFlight` transactions running; returns the latencies in milliseconds. */
async function run(submit: Submit, { inFlight, seconds }: Load): Promise<number[]> {
    const until = performance.now() + seconds * 1_000;
    const latencies: number[] = [];
    const worker = async (): Promise<void> => {
        while (performance.now() < until) {
            const started = performance.now();
            keys += 1;
            await submit(`key${String(keys)}`);
            latencies.push(performance.now() - started);
        }
    };
    await Promise.all(Array.from({ length: inFlight }, worker));
    return latencies;
}

function processes(network: TestNetwork): Map<string, NodeProcess> {
    return new Map([
        ['orderer', network.orderer],
        ...network.members.map(({ mspId, peer }): [string, NodeProcess] => [`peer ${mspId}`, peer]),
        ...network.members.map(({ mspId, chaincode }): [string, NodeProcess] => [`chaincode ${mspId}`, chaincode]),
    ]);
}

async function measured(network: TestNetwork, submit: Submit, load: Load): Promise<object> {
    const all = [...processes(network)];
    const before = all.map(([, { pid }]) => cpuMs(pid));
    const started = performance.now();
    const own = process.cpuUsage();
    const latencies = await run(submit, load);
    const tookS = (performance.now() - started) / 1_000;
    const { user, system } = process.cpuUsage(own);
    const perTx = (ms: number): number => Number((ms / latencies.length).toFixed(2));
    const cpu = all.map(([name, { pid }], index): [string, number] => [name, perTx(cpuMs(pid) - (before[index] ?? 0))]);
    const engine = cpu.filter(([name]) => !name.startsWith('chaincode')).reduce((sum, [, ms]) => sum + ms, 0);
    return {
        inFlight: load.inFlight,
        perSecond: Number((latencies.length / tookS).toFixed(1)),
        p50Ms: Number(percentile(latencies, 0.5).toFixed(1)),
        p99Ms: Number(percentile(latencies, 0.99).toFixed(1)),
        engineCpuMsPerTx: Number(engine.toFixed(2)),
        cpuMsPerTx: { ...Object.fromEntries(cpu), client: perTx((user + system) / 1_000) },
        residentMb: Object.fromEntries(all.map(([name, { pid }]) => [name, Math.round(residentMb(pid))])),
    };
}

/** Puts endorsed by two of three organisations through one gateway, on a network of its own; figures as JSON. */
async function main(): Promise<void> {
    const network = await startTestNetwork({ mspIds, batchTimeout: '100ms', maxMessageCount: 500 });
    try {
        await deployChaincode(network.members, 'vector', `OutOf(2,${mspIds.map((id) => `'${id}.peer'`).join(',')})`);
        const [first] = network.members;
        if (first === undefined) throw new Error('a network has members');
        const { gateway, close } = connectGateway(first);
        const contract = gateway.getNetwork(channelId).getContract('vector');
        const submit: Submit = (key) => contract.submitTransaction('put', key, '1');
        const evaluate: Submit = () => contract.evaluateTransaction('get', 'absent');
        await run(submit, { inFlight: 50, seconds: 4 });
        const report = {
            startMs: Object.fromEntries([...network.startMs].map(([name, ms]) => [name, Math.round(ms)])),
            submit: [
                await measured(network, submit, { inFlight: 1, seconds: 4 }),
                await measured(network, submit, { inFlight: 100, seconds: 8 }),
                await measured(network, submit, { inFlight: 200, seconds: 8 }),
            ],
            evaluate: await measured(network, evaluate, { inFlight: 50, seconds: 4 }),
        };
        process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
        close();
    } finally {
        await network.close();
    }
}

void main();
