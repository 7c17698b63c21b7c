// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, normalize, posix, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/** Every file git knows or would add, relative to the root. */
export function repositoryFiles(): string[] {
    const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root });
    return listed
        .toString()
        .split('\n')
        .filter((file) => file !== '' && existsSync(join(root, file)));
}

export function read(file: string): string {
    return readFileSync(join(root, file), 'utf8');
}

/** Tests, what they share, and the replay of recordings, which is a test with a command of its own. */
export const isTest = (file: string): boolean => /\.test\.ts$|\/testing\/|\/conformance\/|\/fuzz\//.test(file);

export interface Import {
    readonly from: string;
    /** A path relative to the root for our own files, otherwise a package name or `node:` module. */
    readonly target: string;
    readonly isTypeOnly: boolean;
}

const pattern =
    /^\s*(import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|import\('([^']+)'\)|require\('([^']+)'\)/gm;

/** The modules a source file names, whichever way it imports them. */
export function importsOf(file: string): Import[] {
    return [...read(file).matchAll(pattern)].map((match) => {
        const specifier = match[3] ?? match[4] ?? match[5] ?? '';
        return { from: file, target: resolveSpecifier(file, specifier), isTypeOnly: match[2] !== undefined };
    });
}

const workspaces: Readonly<Record<string, string>> = {
    '@power-currency/domain': 'chaincode/domain/src',
    '@power-currency/chaincode': 'chaincode/src',
    '@power-currency/gateway': 'gateway/src',
    '@power-currency/engine': 'network/engine/src',
};

/** The file an import names, relative to the root, or the name of a package. */
export function resolveSpecifier(file: string, specifier: string): string {
    if (specifier.startsWith('.')) return sourceOf(normalize(posix.join(posix.dirname(file), specifier)));
    for (const [name, folder] of Object.entries(workspaces)) {
        if (specifier === name) return `${folder}/index.ts`;
        if (specifier.startsWith(`${name}/`)) {
            return sourceOf(`${folder}/${specifier.slice(name.length + 1).replace(/^dist\//, '')}`);
        }
    }
    return specifier;
}

function sourceOf(path: string): string {
    if (/\.m?ts$/.test(path)) return path;
    const candidates = [path.replace(/\.(m?)js$/, '.$1ts'), `${path}.ts`, `${path}/index.ts`];
    return candidates.find((candidate) => /\.m?ts$/.test(candidate) && existsSync(join(root, candidate))) ?? path;
}
