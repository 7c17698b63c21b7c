// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

const dir = mkdtempSync(join(tmpdir(), 'power-script-'));
const networkDir = join(dir, 'network');

afterAll(() => {
    rmSync(dir, { recursive: true, force: true });
});

function run(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
    const env = {
        PATH: `${dirname(process.execPath)}${delimiter}/usr/bin${delimiter}/bin`,
        POWER_NETWORK_DIR: networkDir,
        ...environment,
    };
    const main = join(__dirname, 'main.mts');
    const flags = ['--disable-warning=ExperimentalWarning', main, ...args];
    const { status, stdout, stderr } = spawnSync(process.execPath, flags, { env, encoding: 'utf8' });
    return { status, stdout, stderr };
}

/** A folder with executables of Fabric's names, whose peer says it is of this version. */
function fabricOfVersion(version: string, executables: readonly string[]): string {
    const bin = join(dir, `fabric-${version}`, 'bin');
    mkdirSync(bin, { recursive: true });
    mkdirSync(join(dir, `fabric-${version}`, 'config'));
    writeFileSync(join(dir, `fabric-${version}`, 'config', 'core.yaml'), '');
    for (const name of executables) {
        writeFileSync(join(bin, name), `#!/bin/sh\nprintf 'peer:\\n Version: ${version}\\n'\n`);
        chmodSync(join(bin, name), 0o755);
    }
    return bin;
}
const allFive = ['peer', 'orderer', 'osnadmin', 'configtxgen', 'fabric-ca-server'];

describe('the command line', () => {
    it.each([
        ['no verb', [], 'No verb given.'],
        ['an unknown verb', ['upp'], 'Unknown verb: upp'],
        ['an unknown flag', ['up', '-fast'], 'Unknown flag: -fast'],
        ['a flag without its value', ['up', '-engine'], '-engine needs a value.'],
        [
            'an engine that does not exist',
            ['up', '-engine', 'besu'],
            '-engine takes auto, embedded, fabric; not "besu".',
        ],
        ['a number that is none', ['up', '-orderers', 'three'], '-orderers takes a whole number from 1; not "three".'],
    ])('answers %s with what is wrong, the help, and exit code 1', (_, args, message) => {
        const { status, stderr } = run(args);
        expect(stderr).toContain(message);
        expect(stderr).toContain('Usage:');
        expect(status).toBe(1);
    });

    it('prints help with exit code 0', () => {
        expect(run(['-h'])).toMatchObject({ status: 0, stderr: '' });
    });

    it('says what to do first when there is no network', () => {
        const { status, stderr } = run(['status']);
        expect(status).toBe(1);
        expect(stderr).toContain('There is no network here.');
        expect(stderr).toContain('./test-network.sh demo');
    });
});

describe('the choice of the engine', () => {
    it('takes the embedded engine where there is no Fabric, and says how Fabric is installed', () => {
        const { status, stdout } = run(['prereq']);
        expect(status).toBe(0);
        expect(stdout).toContain('Would run: the embedded engine');
        expect(stdout).toContain('install-fabric.sh');
    });

    it('takes Fabric where 3.1.5 or newer is found', () => {
        const { stdout } = run(['prereq'], { POWER_FABRIC_BIN: fabricOfVersion('v3.2.0', allFive) });
        expect(stdout).toContain('Would run: the fabric engine, v3.2.0.');
    });

    it.each(['v3.1.4', 'v2.5.14'])('names an older Fabric, %s, and passes it over', (version) => {
        const bin = fabricOfVersion(version, allFive);
        const { stdout } = run(['prereq'], { POWER_FABRIC_BIN: bin });
        expect(stdout).toContain(`${bin}: is version ${version}; 3.1.5 or newer is needed`);
        expect(stdout).toContain('Would run: the embedded engine');
    });

    it('names what an incomplete Fabric lacks, and fails when Fabric was asked for by name', () => {
        const bin = fabricOfVersion('v3.1.5', ['peer', 'orderer']);
        const { status, stdout, stderr } = run(['prereq', '-engine', 'fabric'], { POWER_FABRIC_BIN: bin });
        expect(stdout).toContain('lacks osnadmin, configtxgen, fabric-ca-server');
        expect(stderr).toContain('Fabric 3.1.5 or newer was not found');
        expect(status).toBe(1);
    });

    it.each([
        ['-bft', ['-bft']],
        ['-orderers 3', ['-orderers', '3']],
    ])('refuses %s on the embedded engine and says what to install', (shown, flags) => {
        const { status, stderr } = run(['up', '-engine', 'embedded', ...flags]);
        expect(status).toBe(1);
        expect(stderr).toContain(`${shown} needs Hyperledger Fabric itself`);
        expect(existsSync(networkDir)).toBe(false);
    });
});

describe('the external builder for Hyperledger Fabric', () => {
    const builder = (program: string, ...args: readonly string[]): number | null =>
        spawnSync(join(__dirname, '../../network/ccaas/bin', program), args).status;
    const [source, metadata, output, release] = ['source', 'metadata', 'output', 'release'].map((name) =>
        join(dir, name),
    );

    beforeAll(() => {
        for (const folder of [source, metadata, output, release]) mkdirSync(folder!);
        writeFileSync(join(metadata!, 'metadata.json'), '{"type": "ccaas", "label": "power"}');
        writeFileSync(join(source!, 'connection.json'), '{"address":"localhost:1"}');
    });

    it('takes a chaincode-as-a-service package and hands its connection to the peer', () => {
        expect(builder('detect', source!, metadata!)).toBe(0);
        expect(builder('build', source!, metadata!, output!)).toBe(0);
        expect(builder('release', output!, release!)).toBe(0);
        expect(existsSync(join(release!, 'chaincode/server/connection.json'))).toBe(true);
    });

    it('leaves packages of another type alone', () => {
        const other = join(dir, 'other');
        cpSync(metadata!, other, { recursive: true });
        writeFileSync(join(other, 'metadata.json'), '{"type": "golang", "label": "power"}');
        expect(builder('detect', source!, other)).not.toBe(0);
    });

    it('refuses a package without connection.json', () => {
        const empty = join(dir, 'empty');
        mkdirSync(empty);
        expect(builder('build', empty, metadata!, output!)).not.toBe(0);
    });
});
