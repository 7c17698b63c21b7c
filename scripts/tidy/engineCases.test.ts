// SPDX-License-Identifier: Apache-2.0
import { read, repositoryFiles } from './sources';

const table = 'docs/internals/engine-cases.md';
const sources = 'network/engine/src';

interface Reference {
    readonly file: string;
    readonly names: readonly string[];
}

/** What the last column names: files, each with names of tests. */
const references: readonly Reference[] = rows().flatMap((row) =>
    (row.at(-1) ?? '').split('<br>').flatMap((cell) => {
        const [file, ...names] = cell.trim().split(' — ');
        const path = /^`(.+\.test\.ts)`$/.exec(file ?? '')?.[1];
        if (path === undefined) return [];
        return [{ file: path.startsWith('scripts/') ? path : `${sources}/${path}`, names }];
    }),
);

/** Cells of the tables' rows, without their headings. */
function rows(): string[][] {
    const lines = read(table)
        .split('\n')
        .filter((line) => /^\|(?! *(Case|-))/.test(line));
    return lines.map((line) =>
        line
            .split('|')
            .slice(1, -1)
            .map((cell) => cell.trim()),
    );
}

/** Texts of a test file as they are between their quotes. */
function hasText(file: string, text: string): boolean {
    const code = read(file).replaceAll('\\', '');
    return [`'${text}'`, `"${text}"`, `\`${text}\``].some((quoted) => code.includes(quoted));
}

function testNames(file: string): string[] {
    const calls = read(file).matchAll(/(?:\b(?:it|test)\(|\](?: as const)?\)\()\s*(['"`])(.+?)\1,/g);
    return [...calls].map((match) => (match[2] ?? '').replaceAll('\\', ''));
}

describe('the cases of the engine', () => {
    it('each have a test, or say why they cannot', () => {
        const without = rows().filter((row) => !/\.test\.ts` — \S|^Not applicable: \S/.test(row.at(-1) ?? ''));
        expect(without).toEqual([]);
    });

    it('name tests that exist', () => {
        const files = new Set(repositoryFiles());
        const missing = references.flatMap(({ file, names }) =>
            files.has(file) ? names.filter((name) => !hasText(file, name)).map((name) => `${file}: ${name}`) : [file],
        );
        expect(missing).toEqual([]);
    });

    it('list every test of the files that hold nothing else', () => {
        const caseFiles = repositoryFiles().filter((file) =>
            /^network\/engine\/src\/.*Cases(\.int)?\.test\.ts$/.test(file),
        );
        const listed = new Set(references.flatMap(({ file, names }) => names.map((name) => `${file}: ${name}`)));
        const unlisted = caseFiles
            .flatMap((file) => testNames(file).map((name) => `${file}: ${name}`))
            .filter((name) => !listed.has(name));
        expect(caseFiles).not.toEqual([]);
        expect(unlisted).toEqual([]);
    });
});
