// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { recordings } from '../ledger/testing/recordings.js';
import { ChaincodeEndpoints } from './chaincodeEndpoints.js';
import { packageIdOf, parseChaincodePackage, writeChaincodePackage } from './chaincodePackage.js';
import { ChaincodePackages } from './chaincodePackages.js';
import { writeTarGz } from './tarArchive.js';

const goodConnection = { address: '{{.host}}:9999', dial_timeout: '10s', tls_required: false };

const packageWith = (connection: object, type = 'ccaas', fileName = 'connection.json'): Promise<Buffer> =>
    writeChaincodePackage({ label: 'basic_1', type, path: '' }, [
        { name: fileName, content: Buffer.from(JSON.stringify(connection)) },
    ]);

describe('parsing a chaincode package', () => {
    it.each(['vector_1', 'helper_1', 'rawcc_1'])('gives the id that Fabric computed for %s', async (label) => {
        const bytes = readFileSync(join(recordings, 'network/chaincode', `${label}.tar.gz`));
        const ids = JSON.parse(readFileSync(join(recordings, 'network/chaincode/package-ids.json'), 'utf8')) as Record<
            string,
            { packageId: string }
        >;
        const parsed = await parseChaincodePackage(bytes);
        expect(parsed).toMatchObject({ label, type: 'ccaas' });
        expect(packageIdOf(parsed.label, bytes)).toBe(ids[label]?.packageId);
    });

    it('gives equal content equal bytes', async () => {
        expect((await packageWith(goodConnection)).equals(await packageWith(goodConnection))).toBe(true);
    });

    const metadata = (content: string) => ({ name: 'metadata.json', content: Buffer.from(content) });
    const code = { name: 'code.tar.gz', content: Buffer.from('code') };
    const valid = metadata('{"type":"ccaas","label":"a"}');

    it.each([
        ['junk', Buffer.from('junk'), 'error reading as gzip stream: unexpected EOF'],
        [
            'long junk',
            Buffer.from('junk that is longer than a header'),
            'error reading as gzip stream: gzip: invalid header',
        ],
        [
            'half a gzip stream',
            gzipSync(Buffer.alloc(100)).subarray(0, 15),
            'error reading as gzip stream: unexpected EOF',
        ],
        ['no code', writeTarGz([valid]), 'did not find a code package inside the package'],
        ['no metadata', writeTarGz([code]), 'did not find any package metadata (missing metadata.json)'],
        [
            'a path before the name',
            writeTarGz([code, { ...valid, name: './metadata.json' }]),
            'did not find any package metadata (missing metadata.json)',
        ],
        ['metadata that is not JSON', writeTarGz([metadata('{'), code]), 'could not unmarshal metadata.json as json: '],
        [
            'a label of other characters',
            writeTarGz([metadata('{"label":"a b"}'), code]),
            "invalid label 'a b'. Label must be non-empty",
        ],
        ['no label', writeTarGz([metadata('{"type":"ccaas"}'), code]), "invalid label ''. Label must be non-empty"],
        ['a directory', archiveWithDirectory(), 'tar entry dir/ is not a regular file, type 53'],
    ])('refuses %s', async (_name, bytes, reason) => {
        await expect(Promise.resolve(bytes).then(parseChaincodePackage)).rejects.toThrow(
            `could not parse as a chaincode install package: ${reason}`,
        );
    });
});

describe('installed packages', () => {
    let fileSystemPath: string;
    const open = (builderConfiguration = '{"host":"cc.example"}') =>
        ChaincodePackages.open({ fileSystemPath, builderConfiguration });
    const stored = () => readdirSync(join(fileSystemPath, 'lifecycle/chaincodes'));

    beforeEach(() => {
        fileSystemPath = mkdtempSync(join(tmpdir(), 'packages-'));
    });

    afterEach(() => {
        rmSync(fileSystemPath, { recursive: true });
    });

    it('lead to the chaincode, with the places of the template filled in', async () => {
        const packages = await open();
        const { packageId } = await packages.install(await packageWith(goodConnection));
        expect(await new ChaincodeEndpoints(packages).endpointOf(packageId)).toEqual({
            address: 'cc.example:9999',
            dialTimeoutMs: 10_000,
            tlsRequired: false,
            clientAuthRequired: false,
        });
        expect(stored()).toEqual([`${packageId.replace(':', '.')}.tar.gz`]);
    });

    it('keep the texts that mutual TLS needs', async () => {
        const packages = await open();
        const tls = {
            tls_required: true,
            client_auth_required: true,
            root_cert: 'root',
            client_key: 'key',
            client_cert: 'cert',
        };
        const { packageId } = await packages.install(
            await packageWith({ ...goodConnection, ...tls }, 'CCAAS', './connection.json'),
        );
        expect(await new ChaincodeEndpoints(packages).endpointOf(packageId)).toMatchObject({
            tlsRequired: true,
            clientAuthRequired: true,
            rootCert: 'root',
            clientKey: 'key',
            clientCert: 'cert',
        });
    });

    it('survive a restart byte for byte and are refused a second time', async () => {
        const bytes = await packageWith(goodConnection);
        const { packageId } = await (await open()).install(bytes);
        const reopened = await open();
        expect(reopened.list()).toEqual([{ packageId, label: 'basic_1' }]);
        expect((await reopened.packageBytes(packageId)).equals(bytes)).toBe(true);
        await expect(reopened.install(bytes)).rejects.toThrow(
            `chaincode already successfully installed (package ID '${packageId}')`,
        );
    });

    it('are those whose installation was finished', async () => {
        const { packageId } = await (await open()).install(await packageWith(goodConnection));
        rmSync(join(fileSystemPath, 'externalbuilder'), { recursive: true });
        writeFileSync(join(fileSystemPath, 'lifecycle/chaincodes/x.tar.gz.writing'), 'half');
        const reopened = await open();
        expect(reopened.get(packageId)).toBeUndefined();
        expect(stored()).toEqual([]);
    });

    const builder =
        "external builder failed: external builder failed to build: external builder 'ccaas_builder' failed: ";
    it.each([
        ['another type', packageWith(goodConnection, 'golang'), 'docker build failed: docker build is disabled'],
        [
            'no connection.json',
            packageWith(goodConnection, 'ccaas', 'other.json'),
            `${builder}connection.json not found in the code package`,
        ],
        ['no address', packageWith({ ...goodConnection, address: '' }), `${builder}chaincode address not provided`],
        [
            'no dial timeout',
            packageWith({ address: 'a:1' }),
            `${builder}connection.json: dial_timeout must be a duration such as "10s"`,
        ],
        [
            'a number as dial timeout',
            packageWith({ ...goodConnection, dial_timeout: 10 }),
            `${builder}connection.json: dial_timeout must be a string`,
        ],
        [
            'an unknown place in the template',
            packageWith({ ...goodConnection, address: '{{.nowhere}}:1' }),
            `${builder}template: map has no entry for key "nowhere"`,
        ],
        [
            'another template construct',
            packageWith({ ...goodConnection, address: '{{ printf "x" }}' }),
            `${builder}only {{.name}} is understood in templates`,
        ],
        [
            'TLS without a root certificate',
            packageWith({ ...goodConnection, tls_required: true }),
            `${builder}chaincode tls root cert not provided`,
        ],
    ])('are not kept with %s', async (_name, bytes, reason) => {
        const packages = await open();
        await expect(bytes.then((content) => packages.install(content))).rejects.toThrow(
            `could not build chaincode: ${reason}`,
        );
        expect(packages.list()).toEqual([]);
        expect(stored()).toEqual([]);
        expect(existsSync(join(fileSystemPath, 'externalbuilder'))).toBe(false);
    });
});

async function archiveWithDirectory(): Promise<Buffer> {
    const archive = pack();
    archive.entry({ name: 'dir/', type: 'directory' });
    archive.finalize();
    const chunks: Buffer[] = [];
    for await (const chunk of archive as AsyncIterable<Buffer>) chunks.push(chunk);
    return gzipSync(Buffer.concat(chunks));
}
