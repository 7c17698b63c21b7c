// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from '../network/consortium.mts';
import { codes, generatedFrom, table } from './markdown.mts';

interface Excuse {
    readonly area: string;
    readonly labels: readonly string[];
    readonly difference: string;
    readonly reason: string;
}

const source = 'network/engine/conformance/excuses.json';

/** docs/reference/engine-differences.md: where the embedded engine differs from the recordings of Fabric, and why. */
export function engineDifferences(): string {
    const excuses = JSON.parse(readFileSync(join(projectDir, source), 'utf8')) as readonly Excuse[];
    const rows = excuses.map(({ area, labels, difference, reason }) => [area, codes(labels), difference, reason]);
    return [
        generatedFrom(source),
        '# Differences from Hyperledger Fabric',
        '',
        '`npm run conformance` replays recordings of a Fabric 3.1.5 network on the embedded engine and compares every outcome.',
        'What differs is listed here with its reason; any other difference fails the command. A `*` stands for any text.',
        'How many checks hold is in [Two engines](../concepts/engines.md#recordings-replayed).',
        '',
        table(['Area', 'Recordings', 'Difference', 'Reason'], rows),
        '',
    ].join('\n');
}
