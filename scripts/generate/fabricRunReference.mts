// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from '../network/consortium.mts';
import { fabricRunFile, type FabricResult, type FabricRun } from '../scenarios/fabricRun.mts';
import { generatedFrom, table } from './markdown.mts';

const orderings: Readonly<Record<string, string>> = {
    raft1: 'one Raft orderer',
    raft3: 'three Raft orderers',
    bft4: 'four SmartBFT orderers',
};

/** The last recorded run of `npm run test:fabric`, counted by test file and ordering. */
export function fabricRunReference(): string {
    const run = JSON.parse(readFileSync(join(projectDir, fabricRunFile), 'utf8')) as FabricRun;
    const files = [...new Set(run.results.map(({ file }) => file))].sort();
    const rows = files.map((file) => [
        `\`${file}\``,
        ...Object.keys(orderings).map((ordering) =>
            counted(run.results.filter((result) => result.file === file && result.ordering === ordering)),
        ),
    ]);
    return `${generatedFrom(`\`${fabricRunFile}\``)}
# The last recorded run on Hyperledger Fabric

Fabric ${run.fabric}, ${run.date}, commit ${run.commit}; ${run.machine}. Made by \`npm run test:fabric -- --report\`; tests passed of tests run.
Commands in the documents are tried with one ordering, and an embedded network has one orderer, so fewer tests run with the others.

${table(['Test file', ...Object.values(orderings)], rows)}

${failuresOf(run.results)}
`;
}

function counted(results: readonly FabricResult[]): string {
    const run = results.filter(({ status }) => status !== 'pending');
    if (run.length === 0) return '–';
    return `${String(run.filter(({ status }) => status === 'passed').length)} of ${String(run.length)}`;
}

function failuresOf(results: readonly FabricResult[]): string {
    const failed = results.filter(({ status }) => status === 'failed');
    if (failed.length === 0) return 'No test failed.';
    return ['Failed:', '', ...failed.map(({ ordering, test }) => `- ${ordering}: ${test}`)].join('\n');
}
