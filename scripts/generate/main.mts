// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { projectDir } from '../network/consortium.mts';
import { commandReference } from './commandReference.mts';
import { conformanceTable } from './conformanceTable.mts';
import { configurationReference } from './configurationReference.mts';
import { errorReference, eventReference } from './catalogueReference.mts';
import { engineDifferences } from './engineDifferences.mts';
import { fabricRunReference } from './fabricRunReference.mts';
import { systemPicture } from './systemPicture.mts';
import { vulnerabilityReference } from './vulnerabilityReference.mts';
import { transactionReference, transactionSchemas } from './transactionReference.mts';

const generators: Readonly<Record<string, () => string | Promise<string>>> = {
    'docs/reference/transactions.md': transactionReference,
    'docs/reference/transactions.schema.json': transactionSchemas,
    'docs/reference/errors.md': errorReference,
    'docs/reference/events.md': eventReference,
    'docs/reference/configuration.md': configurationReference,
    'docs/reference/cli.md': commandReference,
    'docs/reference/engine-differences.md': engineDifferences,
    'docs/concepts/engines.md': conformanceTable,
    'docs/reference/fabric-run.md': fabricRunReference,
    'docs/reference/vulnerabilities.md': vulnerabilityReference,
    'docs/system.svg': systemPicture,
};

/** As `prettier` would leave it; it does not know SVG. */
async function formatted(path: string, text: string): Promise<string> {
    if (path.endsWith('.svg')) return text;
    const options = await resolveConfig(path, { editorconfig: true });
    return format(text, { ...options, filepath: path });
}

const isCheck = process.argv.includes('--check');
const different: string[] = [];
for (const [file, generate] of Object.entries(generators)) {
    const path = join(projectDir, file);
    const content = await formatted(path, await generate());
    const present = existsSync(path) ? readFileSync(path, 'utf8') : '';
    if (content === present) continue;
    different.push(file);
    if (isCheck) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
}
if (isCheck && different.length > 0) {
    process.stderr.write(`Out of date: ${different.join(', ')}\nRun \`npm run generate\` and commit the result.\n`);
    process.exitCode = 1;
} else {
    process.stdout.write(
        isCheck ? 'Every generated file is current.\n' : `Written: ${different.join(', ') || 'nothing'}.\n`,
    );
}
