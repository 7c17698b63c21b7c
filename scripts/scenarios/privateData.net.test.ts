// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { executablesOf, runAs } from './executables';
import { TestNetwork, type Finished } from './testNetwork';

jest.setTimeout(300_000);

const engine = process.env.POWER_TEST_ENGINE === 'fabric' ? 'fabric' : 'embedded';
const network = TestNetwork.shared();
const executables = executablesOf(engine);
const portOffset = Number(network.environment.POWER_PORT_OFFSET);
const members = "OR('AuthorityMSP.member','CooperativeMSP.member')";
const either = "OR('AuthorityMSP.peer','CooperativeMSP.peer')";
const collections = [
    {
        name: 'shared',
        policy: members,
        requiredPeerCount: 0,
        maxPeerCount: 2,
        blockToLive: 0,
        memberOnlyRead: true,
        memberOnlyWrite: true,
        endorsementPolicy: { signaturePolicy: either },
    },
    { name: 'brief', policy: members, maxPeerCount: 2, blockToLive: 1, endorsementPolicy: { signaturePolicy: either } },
];

beforeAll(() => {
    network.standDeployed();
    const file = join(network.dir, 'collections.json');
    writeFileSync(file, JSON.stringify(collections));
    const flags = ['--disable-warning=ExperimentalWarning', join(__dirname, 'privateNetwork.mts'), engine, file];
    const options = { env: network.environment, encoding: 'utf8', timeout: 240_000 } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, flags, options);
    if (status !== 0) throw new Error(`${stdout}${stderr}`);
});

afterAll(() => {
    network.down();
});

function peer(organisation: string, verb: 'invoke' | 'query', args: readonly string[], more: string[] = []): Finished {
    const call = ['-C', 'power', '-n', 'private', '-c', JSON.stringify({ Args: args })];
    return runAs(network, organisation, executables, ['peer', 'chaincode', verb, ...call, ...more]);
}

/** Endorsed by the authority's peer alone, and committed there. */
function invoke(args: readonly string[], value = ''): Finished {
    const authority = join(network.organisationDir('authority'), 'msp/cacerts/ca.pem');
    const orderer = ['-o', `localhost:${String(7050 + portOffset)}`, '--tls', '--cafile', authority];
    const endorser = ['--peerAddresses', `localhost:${String(7051 + portOffset)}`, '--tlsRootCertFiles', authority];
    const transient = ['--transient', JSON.stringify({ value: Buffer.from(value).toString('base64') })];
    return peer('authority', 'invoke', args, ['--waitForEvent', ...orderer, ...endorser, ...transient]);
}

function get(organisation: string, collection: string, key: string): string {
    const { status, stdout, stderr } = peer(organisation, 'query', ['get', collection, key]);
    return status === 0 ? stdout.trim() : stderr;
}

/** Real Fabric's peers learn of each other by gossip first, which may take half a minute. */
async function until(isSo: () => boolean, what: string): Promise<void> {
    const deadline = Date.now() + 90_000;
    while (!isSo()) {
        if (Date.now() > deadline) throw new Error(`${what} did not come about`);
        await sleep(500);
    }
}

test('a value reaches the other member’s peer, and no other', async () => {
    await until(() => invoke(['put', 'shared', 'k'], 'in confidence').status === 0, 'the first transaction');
    expect(get('authority', 'shared', 'k')).toBe('in confidence');
    await until(() => get('cooperative', 'shared', 'k') === 'in confidence', 'the value on the other member');
    expect(get('regulator', 'shared', 'k')).toContain(
        'tx creator does not have read access permission on privatedata in chaincodeName:private collectionName: shared',
    );
    const hash = peer('regulator', 'query', ['hash', 'shared', 'k', ''], ['-x']);
    expect(hash).toMatchObject({ status: 0, stdout: expect.stringMatching(/^[0-9a-f]{64}\s*$/) as string });
});

test('a collection that nobody defined is refused by name', () => {
    expect(invoke(['put', 'absent', 'k'], 'x').stderr).toContain('collection power/private/absent could not be found');
});

test('values end with their blocks to live', async () => {
    expect(invoke(['put', 'brief', 'k'], 'for a while')).toMatchObject({ status: 0 });
    expect(get('authority', 'brief', 'k')).toBe('for a while');
    for (const filler of ['1', '2']) expect(invoke(['put', 'shared', 'filler'], filler)).toMatchObject({ status: 0 });
    for (const member of ['authority', 'cooperative']) {
        await until(() => get(member, 'brief', 'k') === '', `the end of the value at ${member}`);
    }
});

test('a purged key is gone on every member', async () => {
    expect(invoke(['purge', 'shared', 'k'])).toMatchObject({ status: 0 });
    for (const member of ['authority', 'cooperative']) {
        await until(() => get(member, 'shared', 'k') === '', `the purge at ${member}`);
    }
});
