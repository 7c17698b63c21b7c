// SPDX-License-Identifier: Apache-2.0
import { moduleNames, type ModuleNames } from './moduleNames';
import { isTest, repositoryFiles } from './sources';

const modules = repositoryFiles()
    .filter((file) => /\.m?[jt]s$/.test(file) && !/\/(generated|fixtures|ccaas)\//.test(file))
    .map(moduleNames);

/** Read by people and programs outside: what these name is used. The domain's barrel names nothing, it passes on. */
const publicFiles = [
    'chaincode/src/index.ts',
    'gateway/src/index.ts',
    'chaincode/src/testing/index.ts',
    'network/engine/src/localNetwork/startNetwork.ts',
];
/** Loaded by the tools themselves. */
const isConfiguration = (file: string): boolean =>
    /^[^/]+\.(js|mjs)$|^scripts\/lint\/|^scripts\/scenarios\/testing\/(share|remove)Network\.ts$/.test(file);

/** Clients name the types of what the domain's functions take and give. */
const isDomainType = ({ file, types }: ModuleNames, name: string): boolean =>
    file.startsWith('chaincode/domain/src/') && types.has(name);
const isProduction = (file: string): boolean => !isTest(file) && !file.startsWith('scripts/');
/** Tests beside the code are no reason for it to exist; programs that use the packages from outside are. */
const isUser = (file: string): boolean =>
    isProduction(file) || file.startsWith('scripts/') || file.startsWith('chaincode/src/testing/');

const barrels = new Map<string, readonly string[]>();
for (const { file, taken } of modules) {
    barrels.set(
        file,
        taken.filter(({ isBarrel }) => isBarrel).map(({ module }) => module),
    );
}

/** The names each file's exports are taken by, by way of barrels too. */
function namesTakenFrom(users: readonly ModuleNames[]): (file: string, name: string) => boolean {
    const taken = new Set<string>();
    const take = (module: string, name: string): void => {
        taken.add(`${module} ${name}`);
        for (const behind of barrels.get(module) ?? []) take(behind, name);
    };
    for (const user of users) {
        for (const { module, name, isBarrel } of user.taken) if (!isBarrel) take(module, name);
    }
    return (file, name) => taken.has(`${file} ${name}`) || taken.has(`${file} *`);
}

const isTaken = namesTakenFrom(modules);
const isTakenByProduction = namesTakenFrom(modules.filter(({ file }) => isUser(file)));
const checked = modules.filter(({ file }) => !publicFiles.includes(file) && !isConfiguration(file));

function offenders(isOffence: (module: ModuleNames, name: string) => boolean, among = checked): string[] {
    return among.flatMap((module) =>
        module.exported
            .filter((name) => !isDomainType(module, name) && isOffence(module, name))
            .map((name) => `${module.file} ${name}`),
    );
}

describe('exports', () => {
    it('finds exports at all', () => {
        expect(checked.flatMap(({ exported }) => exported).length).toBeGreaterThan(500);
    });

    it('each is imported by some other file, types of the domain excepted', () => {
        expect(offenders(({ file }, name) => !isTaken(file, name))).toEqual([]);
    });

    it('each of production code is used by production code, if only by its own file', () => {
        const production = checked.filter(({ file }) => isProduction(file));
        const isDead = ({ file, usedInside }: ModuleNames, name: string): boolean =>
            !isTakenByProduction(file, name) && !usedInside.has(name);
        expect(offenders(isDead, production)).toEqual([]);
    });
});
