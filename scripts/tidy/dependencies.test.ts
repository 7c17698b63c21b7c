// SPDX-License-Identifier: Apache-2.0
import { importsOf, isTest, repositoryFiles, type Import } from './sources';

const sources = repositoryFiles().filter((file) => file.endsWith('.ts') && !file.includes('/generated/'));
const production = sources.filter((file) => !isTest(file));
const imports = production.flatMap(importsOf);

/** The engine's rooms from the bottom up; a room may use those before it. Rooms in one row do not know each other. */
const engineRooms: readonly (readonly string[])[] = [
    ['wire', 'version'],
    ['process'],
    ['identity'],
    ['policy'],
    ['channel'],
    ['ledger'],
    ['chaincode'],
    ['lifecycle'],
    ['delivery', 'privateData'],
    ['endorser', 'ordering', 'certificateAuthority'],
    ['gatewayService'],
    ['discoveryService'],
    ['commands'],
    ['localNetwork'],
];

interface Rule {
    readonly name: string;
    readonly applies: (file: string) => boolean;
    readonly allows: (target: string) => boolean;
}

const under = (folder: string) => (path: string) => path.startsWith(`${folder}/`);
const anyOf =
    (...tests: readonly ((path: string) => boolean)[]) =>
    (path: string) =>
        tests.some((test) => test(path));
const oneOf =
    (...names: readonly string[]) =>
    (path: string) =>
        names.some((name) => path === name || path.startsWith(`${name}/`));
const node = (path: string): boolean => path.startsWith('node:');
const domain = under('chaincode/domain/src');

const rules: readonly Rule[] = [
    { name: 'domain imports only itself', applies: domain, allows: domain },
    {
        name: 'contracts know the domain, the ledger layer and fabric-contract-api, and not each other',
        applies: under('chaincode/src/contracts'),
        allows: anyOf(domain, under('chaincode/src/ledger'), oneOf('fabric-contract-api')),
    },
    {
        name: 'the ledger layer knows no contract',
        applies: under('chaincode/src/ledger'),
        allows: anyOf(
            domain,
            under('chaincode/src/ledger'),
            oneOf('fabric-contract-api', 'fabric-shim', 'fabric-shim-api'),
            node,
        ),
    },
    {
        name: 'gateway/fabric knows the domain, the ports and Fabric’s packages',
        applies: under('gateway/src/fabric'),
        allows: anyOf(
            domain,
            under('gateway/src/fabric'),
            under('gateway/src/application'),
            oneOf(
                '@hyperledger',
                '@grpc/grpc-js',
                'fabric-ca-client',
                'fabric-common',
                '@peculiar/x509',
                'reflect-metadata',
            ),
            node,
        ),
    },
    {
        name: 'gateway/application knows the domain and its own ports',
        applies: under('gateway/src/application'),
        allows: anyOf(domain, under('gateway/src/application')),
    },
    {
        name: 'gateway/sources knows the domain, the gateway’s failures and energy codes, and no file system',
        applies: under('gateway/src/sources'),
        allows: anyOf(
            domain,
            under('gateway/src/sources'),
            oneOf(
                'gateway/src/application/failure.ts',
                'gateway/src/application/decimalAmount.ts',
                'gateway/src/energy/eic.ts',
            ),
        ),
    },
    {
        name: 'only gateway/fabric imports Fabric’s packages',
        applies: (file) => file.startsWith('gateway/src/') && !file.startsWith('gateway/src/fabric/'),
        allows: (target) => !oneOf('@hyperledger', '@grpc', 'fabric-ca-client', 'fabric-common')(target),
    },
    {
        name: 'the engine knows nothing of the currency and nothing of Fabric’s own packages',
        applies: under('network/engine/src'),
        allows: (target) =>
            !anyOf(under('chaincode'), under('gateway'))(target) && !oneOf('@hyperledger', 'fabric-shim')(target),
    },
    {
        name: 'in the engine only process/ speaks gRPC',
        applies: (file) => file.startsWith('network/engine/src/') && !file.startsWith('network/engine/src/process/'),
        allows: (target) => !oneOf('@grpc')(target),
    },
    {
        name: 'in the engine only ledger/ opens LevelDB',
        applies: (file) => file.startsWith('network/engine/src/') && !file.startsWith('network/engine/src/ledger/'),
        allows: (target) => target !== 'classic-level',
    },
    {
        name: 'in the engine only wire/ names protobufjs',
        applies: (file) => file.startsWith('network/engine/src/') && !file.startsWith('network/engine/src/wire/'),
        allows: (target) => !oneOf('protobufjs')(target),
    },
];

const shown = ({ from, target }: Import): string => `${from} imports ${target}`;

describe('dependencies', () => {
    it.each(rules)('$name', ({ applies, allows }) => {
        const broken = imports.filter(({ from, target }) => applies(from) && !allows(target));
        expect(broken.map(shown)).toEqual([]);
    });

    it('each rule applies to some file, so none of them is empty', () => {
        const idle = rules.filter(({ applies }) => !production.some(applies));
        expect(idle.map(({ name }) => name)).toEqual([]);
    });

    it('the engine’s rooms point downwards', () => {
        const room = (path: string): string | undefined => /^network\/engine\/src\/([^/.]+)/.exec(path)?.[1];
        const level = (name: string): number => engineRooms.findIndex((row) => row.includes(name));
        const broken = imports.filter(({ from, target }) => {
            const [lower, upper] = [room(target), room(from)];
            if (lower === undefined || upper === undefined || lower === upper) return false;
            return level(lower) < 0 || level(upper) < 0 || level(lower) >= level(upper);
        });
        expect(broken.map(shown)).toEqual([]);
    });

    it('only tests and testing folders import a testing folder', () => {
        const broken = imports.filter(({ target }) => target.includes('/testing'));
        expect(broken.map(shown)).toEqual([]);
    });

    it('a package has one index.ts at most', () => {
        const allowed = ['chaincode/domain/src', 'chaincode/src', 'gateway/src', 'chaincode/src/testing'];
        const barrels = sources.filter((file) => file.endsWith('/index.ts'));
        expect(barrels.filter((file) => !allowed.includes(file.replace('/index.ts', '')))).toEqual([]);
    });

    it('has no cycles', () => {
        expect(findCycle(imports.filter(({ isTypeOnly }) => !isTypeOnly))).toEqual([]);
    });
});

/** The first cycle found by a depth-first walk, as the files on it; empty when there is none. */
function findCycle(edges: readonly Import[]): string[] {
    const next = new Map<string, string[]>();
    for (const { from, target } of edges) next.set(from, [...(next.get(from) ?? []), target]);
    const finished = new Set<string>();
    const walk = (file: string, path: readonly string[]): string[] => {
        if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
        if (finished.has(file)) return [];
        for (const target of next.get(file) ?? []) {
            const cycle = walk(target, [...path, file]);
            if (cycle.length > 0) return cycle;
        }
        finished.add(file);
        return [];
    };
    for (const file of next.keys()) {
        const cycle = walk(file, []);
        if (cycle.length > 0) return cycle;
    }
    return [];
}
