// SPDX-License-Identifier: Apache-2.0
import { builtinModules } from 'node:module';
import { importsOf, isTest, read, repositoryFiles } from './sources';

interface Manifest {
    readonly name: string;
    readonly scripts?: Readonly<Record<string, string>>;
    readonly dependencies?: Readonly<Record<string, string>>;
    readonly devDependencies?: Readonly<Record<string, string>>;
}

const workspaces = ['chaincode/domain', 'chaincode', 'gateway', 'network/engine'];
const files = repositoryFiles().filter((file) => !/\/(generated|fixtures)\//.test(file));
const sources = files.filter((file) => /\.m?[jt]s$/.test(file));
/** Where packages are named without being imported: as commands, paths and transformers. */
const namingTexts = files.filter((file) => /\.sh$|^jest\.config\.js$/.test(file)).map(read);

const manifestOf = (folder: string): Manifest => JSON.parse(read(`${folder}/package.json`)) as Manifest;
const root = manifestOf('.');
const workspaceOf = (file: string): string => workspaces.find((folder) => file.startsWith(`${folder}/src/`)) ?? '.';
const nameOf = new Map(workspaces.map((folder) => [`${folder}/src`, manifestOf(folder).name]));

/** Packages that these files import, our own workspaces among them, without the one the files belong to. */
function packagesOf(importers: readonly string[]): string[] {
    const found = importers.flatMap(importsOf).flatMap(({ from, target }) => {
        const own = workspaces.find((folder) => target.startsWith(`${folder}/src/`));
        if (own !== undefined) return own === workspaceOf(from) ? [] : [nameOf.get(`${own}/src`) ?? ''];
        const isFile = /^(\.|node:)|^(chaincode|gateway|network|scripts)\//.test(target);
        return isFile || builtinModules.includes(target) ? [] : [/^(@[^/]+\/)?[^/]+/.exec(target)?.[0] ?? ''];
    });
    return [...new Set(found)].sort();
}

const keys = (record: Readonly<Record<string, string>> = {}): string[] => Object.keys(record).sort();

describe('declared dependencies', () => {
    it.each(workspaces)('%s lists exactly what its production code imports', (folder) => {
        const own = sources.filter((file) => workspaceOf(file) === folder);
        expect(keys(manifestOf(folder).dependencies)).toEqual(packagesOf(own.filter((file) => !isTest(file))));
    });

    it.each(workspaces)('%s lists what its tests import beside that, unless the root does', (folder) => {
        const { dependencies, devDependencies } = manifestOf(folder);
        const tests = sources.filter((file) => workspaceOf(file) === folder && isTest(file));
        const elsewhere = [...keys(dependencies), ...keys(root.devDependencies)];
        expect(keys(devDependencies)).toEqual(packagesOf(tests).filter((name) => !elsewhere.includes(name)));
    });

    it('the root lists what scripts and configuration import', () => {
        const own = sources.filter((file) => workspaceOf(file) === '.');
        const named = [...nameOf.values(), ...keys(root.devDependencies)];
        expect(packagesOf(own).filter((name) => !named.includes(name))).toEqual([]);
    });

    it('the root lists nothing that is not used', () => {
        const imported = packagesOf(sources);
        const isUsed = (name: string): boolean => imported.includes(name) || isNamed(name);
        const unused = keys(root.devDependencies).filter((name) => !isUsed(name.replace('@types/', '')));
        expect(unused).toEqual([]);
    });
});

/** Whether a script runs one of the package's commands or names the package itself. */
function isNamed(name: string): boolean {
    const lock = JSON.parse(read('package-lock.json')) as {
        packages: Record<string, { bin?: Readonly<Record<string, string>> }>;
    };
    const names = [name, ...keys(lock.packages[`node_modules/${name}`]?.bin)];
    const pattern = new RegExp(`(^|[\\s'"/(])(${names.join('|')})([\\s'"/]|$)`, 'm');
    return namingTexts.some((text) => pattern.test(text));
}
