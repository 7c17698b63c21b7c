// SPDX-License-Identifier: Apache-2.0
import { type PreparedLedger, preparedLedger } from '@power-currency/chaincode/testing';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { reportFailure, say, step } from '../../network/progress.mts';
import { median } from '../figures.mts';
import { describeMachine, verificationUs } from '../machine.mts';
import { baseline, type Measured, measuredCalls } from './calls.mts';
import { type ChaincodeBenchOptions, parseOptions, usage } from './options.mts';
import { type MeasuredChaincode, startChaincode } from './process.mts';

const WALLETS = 64;

interface Figures {
    readonly name: string;
    readonly cpuUs: number;
    readonly roundTrips: number;
    readonly count: number;
}

/** Executes for so long, so many at a time; returns how many. */
async function execute(
    { scenario, chaincode, inFlight }: Bench,
    { calls, isRefused }: Measured,
    seconds: number,
): Promise<number> {
    // Clients' clocks must agree with the process's, which is this machine's.
    scenario.ledger.time = now();
    const end = performance.now() + seconds * 1000;
    let count = 0;
    const worker = async (): Promise<void> => {
        while (performance.now() < end) {
            const call = calls[count++ % calls.length];
            if (call === undefined) throw new Error('nothing to call');
            const done = scenario.ledger.executeAt(chaincode.member, call);
            await (isRefused ? done.then(mustNotSucceed, () => undefined) : done);
        }
    };
    await Promise.all(Array.from({ length: inFlight }, worker));
    return count;
}

function mustNotSucceed(): void {
    throw new Error('a call of no transaction succeeded');
}

interface Bench extends PreparedLedger {
    readonly chaincode: MeasuredChaincode;
    readonly inFlight: number;
}

const now = (): bigint => BigInt(Math.floor(Date.now() / 1000));

async function roundTripsOf({ scenario, chaincode }: Bench, { calls, isRefused }: Measured): Promise<number> {
    const [call] = calls;
    if (call === undefined || isRefused) return 0;
    const before = chaincode.member.roundTrips;
    await scenario.ledger.executeAt(chaincode.member, call);
    return chaincode.member.roundTrips - before;
}

async function measure(bench: Bench, options: ChaincodeBenchOptions): Promise<Figures[]> {
    const all = measuredCalls(bench, options.only);
    await step('warm-up', async () => {
        for (const measured of all) await execute(bench, measured, options.warmUpSeconds);
    });
    const roundTrips: number[] = [];
    for (const measured of all) roundTrips.push(await roundTripsOf(bench, measured));
    const rounds: { readonly cpuUs: number; readonly count: number }[][] = all.map(() => []);
    for (let round = 1; round <= options.rounds; round++) {
        await step(`round ${String(round)} of ${String(options.rounds)}`, async () => {
            for (const [index, measured] of all.entries()) {
                const before = bench.chaincode.cpuMs();
                const count = await execute(bench, measured, options.seconds);
                rounds[index]?.push({ cpuUs: ((bench.chaincode.cpuMs() - before) * 1000) / count, count });
            }
        });
    }
    return all.map(({ name }, index) => ({
        name,
        cpuUs: Math.round(median((rounds[index] ?? []).map(({ cpuUs }) => cpuUs)) * 10) / 10,
        roundTrips: roundTrips[index] ?? 0,
        count: (rounds[index] ?? []).reduce((sum, { count }) => sum + count, 0),
    }));
}

function report(figures: readonly Figures[], options: ChaincodeBenchOptions): string {
    const floor = figures.find(({ name }) => name === baseline)?.cpuUs ?? NaN;
    const rows = figures.map(({ name, cpuUs, roundTrips, count }) => [
        name,
        cpuUs.toFixed(0),
        (cpuUs / floor).toFixed(2),
        String(roundTrips),
        String(count),
    ]);
    const table = [['TRANSACTION', 'CPU us', 'OF NO CALL', 'ROUND TRIPS', 'MEASURED'], ...rows];
    const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
    const line = (row: readonly string[]): string =>
        row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ');
    const { rounds, seconds, inFlight, warmUpSeconds } = options;
    return [
        ...table.map((row) => line(row).trimEnd()),
        '',
        `CPU us: user and system time of the chaincode's own process per transaction, with TLS, gRPC and the shim; median of`,
        `${String(rounds)} rounds of ${String(seconds)} s each, ${String(inFlight)} transactions at a time, after ${String(warmUpSeconds)} s of warm-up each.`,
        `One ECDSA P-256 verification takes ${verificationUs().toFixed(0)} us of CPU on this machine just now.`,
    ].join('\n');
}

/** npm runs scripts in the folder of the package. */
const fromCaller = (file: string): string => resolve(process.env.INIT_CWD ?? process.cwd(), file);

function profileFlags({ profile }: ChaincodeBenchOptions): readonly string[] {
    return profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${fromCaller(profile)}`];
}

async function main(): Promise<void> {
    const options = parseOptions(process.argv.slice(2));
    if (options === undefined) {
        say(usage);
        return;
    }
    const machine = describeMachine();
    say(
        `Chaincode of commit ${machine.commit}, Node ${machine.node}, ${machine.processor}, load ${machine.loadBefore.toFixed(1)}`,
    );
    const prepared = await step('ledger in memory', () => preparedLedger(WALLETS, now()));
    const chaincode = await startChaincode(profileFlags(options));
    try {
        const figures = await measure({ ...prepared, chaincode, inFlight: options.inFlight }, options);
        say(`\n${report(figures, options)}`);
        if (options.json !== undefined) {
            const transactions = figures
                .filter(({ name }) => name !== baseline)
                .map(({ name, cpuUs, roundTrips }) => ({ name, cpuUs, roundTrips }));
            writeFileSync(fromCaller(options.json), `${JSON.stringify({ transactions }, null, 4)}\n`);
        }
    } finally {
        await chaincode.stop();
        prepared.scenario.close();
    }
}

main().catch((error: unknown) => {
    reportFailure(error, false);
    process.exitCode = 1;
});
