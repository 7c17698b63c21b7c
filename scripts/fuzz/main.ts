// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { redirectLog } from '@power-currency/engine/process/logging.js';
import { Attempts, StrayErrors, type Finding } from './attempt';
import { commitHonestTransaction, deployStandIn } from './deployment';
import { acceptedCount, orderedCount } from './orderedCount';
import { runFuzz, type RunReport } from './fuzzRun';
import { startNodes, type Nodes } from './nodes';
import { readOptions, usage, type FuzzOptions } from './options';
import type { Service } from './service';
import { blockService } from './services/blocks';
import { certificateAuthorityService } from './services/certificateAuthority';
import { chaincodeStreamService } from './services/chaincodeStream';
import { endorserService } from './services/endorser';
import { gatewayServicesUnderFire } from './services/gateway';
import { genesisService } from './services/genesis';
import { operationsService, participationService } from './services/http';
import { orderingServices } from './services/ordering';
import { signedRequestServices } from './services/refused';

/**
 * How much the heap may grow in the last quarter of a run. Until then caches of identities, signatures, traces and state fill: two
 * runs of 120,000 messages grew by 21 to 29, 17, and 0 to 7 MiB from quarter to quarter, runs of 50,000 by 6 to 8 in the last.
 */
const heapGrowthMax = 16 * 1024 * 1024;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
    if (process.argv.includes('--help')) {
        print(usage);
        return 0;
    }
    const options = readOptions(process.argv.slice(2));
    if (options.part === undefined && options.only === undefined && options.processes > 1) return shareOut(options);
    redirectLog(() => undefined);
    const strays = new StrayErrors();
    const nodes = await startNodes((error) => {
        strays.add(error);
    });
    const endChaincode = await deployStandIn(nodes);
    const closing = await openServices(nodes);
    const services = closing.filter(({ name }) => name.startsWith(options.service ?? ''));
    if (services.length === 0) throw new Error(`no service begins with ${options.service ?? ''}`);
    try {
        return options.only === undefined
            ? await fuzz(options, services, nodes, strays)
            : await repeat(options.only, options.seed, services, strays);
    } finally {
        for (const service of closing) await service.close?.();
        await nodes.close();
        await endChaincode();
    }
}

/** Runs one process for each part; each prints its own findings. */
async function shareOut({ processes, seed, messages }: FuzzOptions): Promise<number> {
    print(`${String(messages)} messages by ${String(processes)} processes, seed ${String(seed)}`);
    const codes = await Promise.all(
        Array.from({ length: processes }, (_, part) => {
            const flags = ['--seed', String(seed), '--processes', String(processes), '--part', String(part)];
            const args = [...process.execArgv, ...process.argv.slice(1), ...flags];
            const child = spawn(process.execPath, args, { stdio: 'inherit' });
            return once(child, 'exit').then(([code]) => Number(code ?? 2));
        }),
    );
    return Math.max(...codes);
}

async function openServices(nodes: Nodes): Promise<readonly (Service & { close?(): Promise<void> })[]> {
    return [
        endorserService(nodes),
        ...gatewayServicesUnderFire(nodes),
        ...orderingServices(nodes),
        signedRequestServices(nodes),
        await blockService(nodes),
        chaincodeStreamService(),
        genesisService(nodes),
        await participationService(nodes),
        await operationsService(),
        await certificateAuthorityService(),
    ];
}

async function fuzz(
    { messages, seed, part = 0, processes, verbose }: FuzzOptions,
    services: readonly Service[],
    nodes: Nodes,
    strays: StrayErrors,
): Promise<number> {
    const before = await orderedCount(nodes);
    const started = performance.now();
    const seconds = (): number => (performance.now() - started) / 1000;
    let lastShown = 0;
    const report = await runFuzz({
        services,
        messages,
        seed,
        part,
        parts: processes,
        strays,
        onProgress: (sent) => {
            if (seconds() - lastShown < 5) return;
            lastShown = seconds();
            print(`  process ${String(part + 1)}: ${String(sent)} messages in ${seconds().toFixed(0)} s`);
        },
    });
    if (verbose) printAnswers(report);
    for (const finding of report.findings) printFinding(finding, seed);
    const mebibytes = report.heap.map((bytes) => (bytes / 1024 / 1024).toFixed(1)).join(', ');
    print(`${String(report.sent)} messages in ${seconds().toFixed(1)} s; heap at each quarter: ${mebibytes} MiB`);
    await commitHonestTransaction(nodes);
    const faults = [...faultsOf(report), ...(await straysOnChain(report, before, nodes))];
    for (const fault of faults) print(`FAILED: ${fault}`);
    if (faults.length === 0) print('Every message got an answer that Fabric has for it; honest work goes on.');
    return faults.length === 0 ? 0 : 1;
}

function faultsOf({ findings, heap }: RunReport): string[] {
    const growth = (heap[3] ?? 0) - (heap[2] ?? 0);
    return [
        ...(findings.length > 0 ? [`${String(findings.length)} findings, each with how to repeat it above`] : []),
        ...(growth > heapGrowthMax ? [`the heap grew by ${String(growth)} bytes in the last quarter`] : []),
    ];
}

/** What was refused must not have been ordered, and what was taken must have been: plus the honest one at the end. */
async function straysOnChain(report: RunReport, before: number, nodes: Nodes): Promise<string[]> {
    const [ordered, accepted] = [(await orderedCount(nodes)) - before, acceptedCount(report) + 1];
    const text = `the chain holds ${String(ordered)} new transactions where ${String(accepted)} were taken`;
    return ordered === accepted || report.findings.length > 0 ? [] : [text];
}

async function repeat(only: number, seed: number, services: readonly Service[], strays: StrayErrors): Promise<number> {
    const attempts = new Attempts(seed, strays);
    let failed = 0;
    for (const service of services) {
        const outcome = await attempts.run(service, only);
        if (typeof outcome === 'string') {
            print(`${service.name} ${String(only)}: ${outcome}`);
        } else {
            failed = 1;
            printFinding(await attempts.shrink(service, outcome), seed);
        }
    }
    return failed;
}

function printAnswers({ answers }: RunReport): void {
    for (const [service, counts] of answers) {
        const sorted = [...counts].sort(([, a], [, b]) => b - a);
        print(`  ${service}: ${sorted.map(([answer, times]) => `${answer} ${String(times)}`).join(', ')}`);
    }
}

function printFinding({ service, index, layer, reason, bytes, smallest }: Finding, seed: number): void {
    print(`\n${service}, message ${String(index)}: ${reason}`);
    print(`  layer ${layer}, ${String(bytes.length)} bytes, of which these do it (${String(smallest.length)}):`);
    print(`  ${smallest.subarray(0, 400).toString('hex')}`);
    print(`  again: npm run fuzz -- --seed ${String(seed)} --service ${service} --only ${String(index)}`);
}

main().then(
    // What a broken run leaves open must not keep it from ending.
    (code) => process.exit(code),
    (error: unknown) => {
        print(error instanceof Error ? (error.stack ?? error.message) : String(error));
        process.exit(2);
    },
);
