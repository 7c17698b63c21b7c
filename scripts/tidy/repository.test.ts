// SPDX-License-Identifier: Apache-2.0
import { read, repositoryFiles } from './sources';

const files = repositoryFiles().filter((file) => !file.includes('/fixtures/') && !file.includes('/vectors/'));
const code = files.filter((file) => /\.(ts|mts|mjs)$/.test(file) && !file.includes('/generated/'));
const texts = files.filter((file) => /\.(ts|mts|mjs|js|json|md|sh|ya?ml|proto|svg)$|\/bin\//.test(file));

/** Longest source file. A file that grows past it holds more than one concept. */
const lineCountMax = 400;

function offenders(among: readonly string[], isOffence: (text: string, file: string) => boolean): string[] {
    return among.filter((file) => isOffence(read(file), file));
}

describe('repository', () => {
    it('starts every source file with its licence', () => {
        expect(offenders(code, (text) => !text.startsWith('// SPDX-License-Identifier: Apache-2.0\n'))).toEqual([]);
    });

    it('keeps source files short', () => {
        const long = offenders(
            code,
            (text, file) => !file.includes('.test.') && text.split('\n').length > lineCountMax,
        );
        expect(long).toEqual([]);
    });

    it('has no unfinished business', () => {
        const marks = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'].join('|')})\\b`);
        expect(offenders(texts, (text) => marks.test(text))).toEqual([]);
    });

    it('has no mark of a merge that was left half way', () => {
        expect(offenders(texts, (text) => /^\s*(<{7} |>{7} )/m.test(text))).toEqual([]);
    });

    it('has no skipped or focused tests', () => {
        const marks = /\b(it|test|describe)\.(skip|only|todo)\b|\b[xf](it|describe)\(/;
        const tests = code.filter((file) => file.includes('.test.') && !file.startsWith('scripts/tidy/'));
        expect(offenders(tests, (text) => marks.test(text))).toEqual([]);
    });

    it('names no path of one machine', () => {
        const marks = new RegExp(`(^|[^\\w.])/(${['wo' + 'rk', 'ro' + 'ot', 'ho' + 'me/\\w'].join('|')})/`, 'm');
        expect(offenders(texts, (text) => marks.test(text))).toEqual([]);
    });

    it('locks every package to a version and to no registry', () => {
        const lock = JSON.parse(read('package-lock.json')) as {
            packages: Record<string, { version?: string; resolved?: string; link?: boolean }>;
        };
        const entries = Object.entries(lock.packages).filter(([path, { link }]) => path !== '' && link !== true);
        expect(entries.filter(([, { version }]) => version === undefined).map(([path]) => path)).toEqual([]);
        expect(entries.filter(([, { resolved }]) => resolved?.startsWith('http')).map(([path]) => path)).toEqual([]);
    });

    it('lists every environment variable of our own, and no other', () => {
        const listed = [...read('scripts/generate/environmentVariables.mts').matchAll(/name: '(POWER_\w+)'/g)];
        const internal = [
            ...['POWER_CALLER_DIR', 'POWER_INSTALL_MS', 'POWER_TEST_SHARED_DIR'],
            ...['POWER_FAULT_TIMES', 'POWER_TEST_ENGINE', 'POWER_TEST_ORDERING', 'POWER_TEST_PORT_OFFSET'],
        ];
        const named = code
            .filter((file) => !file.startsWith('scripts/generate/') && !file.startsWith('scripts/tidy/'))
            .flatMap((file) => [...read(file).matchAll(/\b(POWER_[A-Z_]+)\b/g)].map((match) => match[1] ?? ''));
        const used = new Set(named.filter((name) => !internal.includes(name)));
        expect([...used].sort()).toEqual(listed.map((match) => match[1]).sort());
    });
});
