// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contract } from '@hyperledger/fabric-gateway';
import { parsePolicyText } from '../../../policy/policyText.js';
import type { protos } from '../../../wire/protobuf.js';
import { connectGateway, deployChaincode, type GatewayClient } from './testing/gatewayClient.js';
import { eventually, heightOf } from './testing/heights.js';
import type { MemberNode } from './testing/memberNode.js';
import { channelId, startTestNetwork, type TestNetwork } from './testing/testNetwork.js';

const members = { signaturePolicy: parsePolicyText("OR('AuthorityMSP.member','CooperativeMSP.member')") };
const closed = { memberOrgsPolicy: members, memberOnlyRead: true, memberOnlyWrite: true, maximumPeerCount: 1 };
const collections: protos.StaticCollectionConfig.$Properties[] = [
    { ...closed, name: 'shared' },
    { ...closed, name: 'brief', blockToLive: 1 },
    { ...closed, name: 'confirmed', requiredPeerCount: 1 },
    { ...closed, name: 'unsent', maximumPeerCount: 0 },
];
const secret = randomBytes(24).toString('hex');

let network: TestNetwork;
let authority: MemberNode;
let cooperative: MemberNode;
let regulator: MemberNode;
let client: GatewayClient;
let contract: Contract;

beforeAll(async () => {
    network = await startTestNetwork({ mspIds: ['AuthorityMSP', 'CooperativeMSP', 'RegulatorMSP'] });
    [authority, cooperative, regulator] = network.members as [MemberNode, MemberNode, MemberNode];
    const policy = "OR('AuthorityMSP.peer','CooperativeMSP.peer','RegulatorMSP.peer')";
    await deployChaincode(network.members, 'vector', policy, collections);
    client = connectGateway(authority);
    contract = client.gateway.getNetwork(channelId).getContract('vector');
});

afterAll(async () => {
    client.close();
    await network.close();
});

/** Endorsed by the authority's peer alone. */
async function put(collection: string, key: string, value: string): Promise<void> {
    await contract.submit('pPut', {
        arguments: [collection, key],
        transientData: { value },
        endorsingOrganizations: ['AuthorityMSP'],
    });
}

async function ask(node: MemberNode, args: readonly string[], signer = node.admin): Promise<string> {
    const bytes = args.map((argument) => Buffer.from(argument));
    return (await node.propose(channelId, 'vector', bytes, signer)).toString();
}

async function caughtUp(node: MemberNode): Promise<void> {
    const height = await heightOf(authority);
    await eventually(async () => (await heightOf(node)) >= height);
}

function filesUnder(folder: string): string[] {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name));
}

function filesWithSecret(folder: string): string[] {
    return filesUnder(folder).filter((file) => readFileSync(file).includes(secret));
}

test('a value endorsed by one member reaches the other, and nobody else', async () => {
    await put('shared', 'k', secret);
    await Promise.all([caughtUp(cooperative), caughtUp(regulator)]);
    expect(await ask(authority, ['pGet', 'shared', 'k'])).toBe(secret);
    expect(await ask(cooperative, ['pGet', 'shared', 'k'])).toBe(secret);
    expect(await ask(regulator, ['pHash', 'shared', 'k'])).toMatch(/[0-9a-f]{64}/);
    await expect(ask(authority, ['pGet', 'shared', 'k'], regulator.admin)).rejects.toThrow(
        'tx creator does not have read access permission on privatedata in chaincodeName:vector collectionName: shared',
    );
    await expect(ask(regulator, ['pGet', 'shared', 'k'], authority.admin)).rejects.toThrow(
        /private data matching public hash version is not available\. .* Private data version = <nil>/,
    );
});

test('no value reaches blocks, a stranger’s disk, the orderer, or any log', async () => {
    await caughtUp(regulator);
    const chains = (mspId: string): string => join(network.directory, mspId, 'peer-data');
    expect(filesWithSecret(chains('AuthorityMSP')).length).toBeGreaterThan(0);
    const inBlocks = filesWithSecret(network.directory).filter((file) => /[/]blocks[/]|orderer-ledger/.test(file));
    expect(inBlocks).toEqual([]);
    expect(filesUnder(join(network.directory, 'orderer-ledger')).length).toBeGreaterThan(0);
    expect(filesWithSecret(chains('RegulatorMSP'))).toEqual([]);
    for (const { peer, chaincode } of network.members) expect(peer.output + chaincode.output).not.toContain(secret);
    expect(network.orderer.output).not.toContain(secret);
});

test('members see values with the blocks that carry their hashes', async () => {
    const delivered = async (node: MemberNode): Promise<string> => {
        const reader = connectGateway(node);
        const chain = reader.gateway.getNetwork(channelId);
        const events = await chain.getBlockAndPrivateDataEvents({ startBlock: BigInt((await heightOf(node)) - 1) });
        try {
            for await (const event of events) return Buffer.from(event.serializeBinary()).toString('latin1');
            return '';
        } finally {
            events.close();
            reader.close();
        }
    };
    await put('shared', 'delivered', 'to members');
    await Promise.all([caughtUp(cooperative), caughtUp(regulator)]);
    expect(await delivered(cooperative)).toContain('to members');
    expect(await delivered(regulator)).not.toContain('to members');
});

test('a value that was sent to nobody is asked for when its block comes', async () => {
    await put('unsent', 'k', 'asked for');
    await caughtUp(cooperative);
    expect(await ask(cooperative, ['pGet', 'unsent', 'k'])).toBe('asked for');
});

test('values end with their blocks to live, on every member', async () => {
    await put('brief', 'k', 'short');
    await caughtUp(cooperative);
    expect(await ask(cooperative, ['pGet', 'brief', 'k'])).toBe('short');
    await put('shared', 'filler', '1');
    expect(await ask(authority, ['pGet', 'brief', 'k'])).toBe('short');
    await put('shared', 'filler', '2');
    await caughtUp(cooperative);
    expect(await ask(authority, ['pGet', 'brief', 'k'])).toBe('');
    expect(await ask(cooperative, ['pGet', 'brief', 'k'])).toBe('');
});

test('a purged key is gone on every member', async () => {
    const [endorsed] = [{ endorsingOrganizations: ['AuthorityMSP'] }];
    await put('shared', 'purged', 'regretted');
    await contract.submit('pPurge', { arguments: ['shared', 'purged'], ...endorsed });
    await caughtUp(cooperative);
    expect(await ask(authority, ['pGet', 'shared', 'purged'])).toBe('');
    expect(await ask(cooperative, ['pGet', 'shared', 'purged'])).toBe('');
    expect(JSON.parse(await ask(cooperative, ['pRange', 'shared', 'k', 'l']))).toEqual([
        expect.objectContaining({ key: 'k', value: secret }),
    ]);
});

test('a member that was down gets the value later, from one that has it', async () => {
    await cooperative.peer.end();
    await expect(put('confirmed', 'k', 'nobody took it')).rejects.toMatchObject({
        details: [
            expect.objectContaining({
                message: expect.stringContaining('failed to distribute private collection') as string,
            }),
        ],
    });
    await put('shared', 'late', 'worth the wait');
    const height = await heightOf(authority);
    await authority.peer.end();
    await cooperative.peer.start();
    await eventually(async () => (await heightOf(cooperative)) >= height);
    await expect(ask(cooperative, ['pGet', 'shared', 'late'])).rejects.toThrow('is not available');
    await authority.peer.start();
    await eventually(
        async () => (await ask(cooperative, ['pGet', 'shared', 'late']).catch(() => '')) === 'worth the wait',
    );
    expect(await ask(cooperative, ['pGet', 'shared', 'k'])).toBe(secret);
});
