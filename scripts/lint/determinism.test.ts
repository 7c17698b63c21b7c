// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

interface Finding {
    readonly ruleId: string;
}

/** ESLint is an ES module; it runs the samples in a process of its own, all at once. */
function findingsOf(samples: readonly string[]): readonly (readonly string[])[] {
    const script = `
        import { Linter } from 'eslint';
        import parser from 'typescript-eslint';
        import { rules } from ${JSON.stringify(join(__dirname, 'determinism.mjs'))};
        const linter = new Linter();
        const config = {
            files: ['**/*.ts'],
            languageOptions: { parser: parser.parser },
            plugins: { chaincode: { rules } },
            rules: Object.fromEntries(Object.keys(rules).map((name) => ['chaincode/' + name, 'error'])),
        };
        const samples = JSON.parse(process.argv[1]);
        console.log(JSON.stringify(samples.map((sample) => linter.verify(sample, [config], 'sample.ts'))));
    `;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script, JSON.stringify(samples)], {
        cwd: join(__dirname, '../..'),
        encoding: 'utf8',
    });
    return (JSON.parse(output) as Finding[][]).map((findings) => findings.map(({ ruleId }) => ruleId));
}

const refused: readonly [string, string][] = [
    ['Date.now();', 'no-clock'],
    ['new Date();', 'no-clock'],
    ['performance.now();', 'no-clock'],
    ['setTimeout(() => undefined, 1);', 'no-clock'],
    ['Math.random();', 'no-randomness'],
    ["import { randomBytes } from 'node:crypto';", 'no-randomness'],
    ["import { generateKeyPairSync } from 'crypto';", 'no-randomness'],
    ['crypto.randomUUID();', 'no-randomness'],
    ["'a'.localeCompare('b');", 'no-locale'],
    ['(1n).toLocaleString();', 'no-locale'],
    ["'a'.normalize();", 'no-locale'],
    ['new Intl.NumberFormat();', 'no-locale'],
    ['process.env.HOME;', 'no-environment'],
    ["import { readFileSync } from 'node:fs';", 'no-environment'],
    ["import http from 'http';", 'no-environment'],
    ["await import('./other.js');", 'no-environment'],
    ["fetch('http://example');", 'no-environment'],
    ['Math.pow(2, 3);', 'no-float-math'],
    ["parseFloat('1');", 'no-float-math'],
    ['const x = 0.1;', 'no-float-math'],
    ['for (const key in {}) key;', 'no-for-in'],
    ['let count = 0;', 'no-module-state'],
    ['export let count = 0;', 'no-module-state'],
    ['var count = 0;', 'no-module-state'],
    ['class A { static cache = new Map(); }', 'no-module-state'],
    ['JSON.stringify({});', 'no-json-stringify'],
    ["JSON['stringify']({});", 'no-json-stringify'],
];

const allowed: readonly string[] = [
    'Math.floor(7 / 2);',
    "import { createHash } from 'node:crypto';",
    'export function f() { let count = 0; count++; return count; }',
    'export const cache = 1;',
    'class A { static readonly limit = 1; }',
    'const context = { process: 1 }; context.process;',
    'export function clockOf(date: Date): number { return date.getTime(); }',
    "JSON.parse('{}');",
    'for (const key of []) key;',
];

describe('rules for chaincode', () => {
    const found = findingsOf([...refused.map(([sample]) => sample), ...allowed]);

    it.each(refused.map(([sample, rule], index) => [sample, rule, found[index]] as const))(
        '%s breaks %s',
        (_sample, rule, findings) => {
            expect(findings).toEqual([`chaincode/${rule}`]);
        },
    );

    it.each(allowed.map((sample, index) => [sample, found[refused.length + index]] as const))(
        '%s is allowed',
        (_sample, findings) => {
            expect(findings).toEqual([]);
        },
    );
});
