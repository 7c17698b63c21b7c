// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { measureDetection } from '@power-currency/gateway/dist/sources/simulation/detection.js';
import { projectDir } from '../network/consortium.mts';
import { detectionPage } from './detectionPage.mts';

const usage = `Measures how often reconciliation finds lying sources, and how often it flags honest ones, on simulated days.

  npm run detection [-- FLAGS]

  --seed N      what weather and errors are drawn from (1); one seed gives the same rates everywhere
  --periods N   days per choice of liars and inflation, 1 to 100000 (3000: about 25 seconds)
  --json FILE   write {"rates": [...]} there; without it docs/reference/detection.md is written
  --help`;

function fail(problem: string): never {
    process.stderr.write(`detection: ${problem}; see --help\n`);
    process.exit(1);
}

function options(): { seed: string; periods: number; json: string | undefined; help: boolean } {
    try {
        const { values } = parseArgs({
            options: {
                seed: { type: 'string', default: '1' },
                periods: { type: 'string', default: '3000' },
                json: { type: 'string' },
                help: { type: 'boolean', short: 'h', default: false },
            },
        });
        const periods = /^[1-9]\d{0,5}$/.test(values.periods) ? Number(values.periods) : Number.NaN;
        if (!(periods <= 100_000)) fail('--periods is a count from 1 to 100000');
        return { seed: values.seed, periods, json: values.json, help: values.help };
    } catch (error) {
        return fail(error instanceof Error ? error.message : String(error));
    }
}

const { seed, periods, json, help } = options();
if (help) {
    process.stdout.write(`${usage}\n`);
} else {
    process.stderr.write(`Reconciling ${String((50 + 5 + 5 * 9) * periods)} simulated days from seed ${seed} ...\n`);
    const report = measureDetection({ seed, periods });
    const page = join(projectDir, 'docs/reference/detection.md');
    const file = json === undefined ? page : resolve(process.env.INIT_CWD ?? process.cwd(), json);
    const prettier = { ...(await resolveConfig(page, { editorconfig: true })), filepath: page };
    const content =
        json === undefined
            ? await format(detectionPage(report), prettier)
            : `${JSON.stringify(report, undefined, 2)}\n`;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    process.stdout.write(`Written: ${file}\n`);
}
