// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asBuffer, decode, encode } from '../wire/decode.js';
import { blockDataHash } from '../wire/hashing.js';
import { common, protos } from '../wire/protobuf.js';
import { ChannelConfiguration } from './channelConfiguration.js';
import { channelGroup } from './channelGroup.js';
import { readConfigBlock } from './configBlock.js';
import { loadProfile } from './configtxYaml.js';
import { lastConfigIndex } from './configBlock.js';
import { genesisBlock } from './genesisBlock.js';
import { buildGenesisBlock } from './testing/buildGenesisBlock.js';
import { ConfigtxFolder } from './testing/configtxFolder.js';

const recorded = decode(
    common.Block,
    readFileSync(join(__dirname, '../../fixtures/fabric-3.1.5/network/genesis.pb')),
    'Block',
);

/** The recorded block as Fabric would have written it had its maps been in order: Go writes them in random order. */
function inOrder(block: common.Block): { group: common.ConfigGroup.$Properties; nonce: Buffer; timestamp: Date } {
    const envelope = decode(common.Envelope, block.data!.data![0]!, 'Envelope');
    const { header } = decode(common.Payload, envelope.payload, 'Payload');
    const { nonce } = decode(common.SignatureHeader, header!.signatureHeader!, 'SignatureHeader');
    const { timestamp } = decode(common.ChannelHeader, header!.channelHeader!, 'ChannelHeader');
    const group = sortedGroup(readConfigBlock(block).config.channelGroup!);
    return { group, nonce: asBuffer(nonce), timestamp: new Date(timestamp!.seconds! * 1000) };
}

function sortedGroup(group: common.ConfigGroup.$Properties): common.ConfigGroup.$Properties {
    return {
        ...group,
        groups: mapEntries(group.groups!, sortedGroup),
        values: mapEntries(group.values!, (value, key) =>
            key === 'ACLs' ? { ...value, value: sortedAcls(value.value!) } : value,
        ),
        policies: mapEntries(group.policies!, (policy) => policy),
    };
}

function sortedAcls(bytes: Uint8Array): Buffer {
    return encode(protos.ACLs, { acls: mapEntries(decode(protos.ACLs, bytes, 'ACLs').acls, (acl) => acl) });
}

function mapEntries<T>(map: Readonly<Record<string, T>>, change: (item: T, key: string) => T): Record<string, T> {
    return Object.fromEntries(
        Object.keys(map)
            .sort()
            .map((key) => [key, change(map[key]!, key)]),
    );
}

const folders: ConfigtxFolder[] = [];
function folder(change?: (yaml: string) => string): ConfigtxFolder {
    const made = new ConfigtxFolder(change);
    folders.push(made);
    return made;
}
afterAll(() => {
    folders.forEach((made) => {
        made.remove();
    });
});

test('the block from the recorded configtx.yaml has the bytes of the recorded one, but for the order of maps', () => {
    const { profile } = loadProfile({ configPath: folder().dir }, 'PowerChannel');
    const { group, nonce, timestamp } = inOrder(recorded);
    const ours = genesisBlock('power', channelGroup(profile), nonce, timestamp);
    const theirs = genesisBlock('power', group, nonce, timestamp);
    expect(encode(common.Block, ours).equals(encode(common.Block, theirs))).toBe(true);
    expect(encode(common.Block, ours).length).toBe(encode(common.Block, recorded).length);
});

test('all but the order of maps in the recorded block is what a genesis block is made of', () => {
    const { config } = readConfigBlock(recorded);
    const { nonce, timestamp } = inOrder(recorded);
    const rebuilt = genesisBlock('power', config.channelGroup!, nonce, timestamp);
    expect(encode(common.Block, rebuilt).equals(encode(common.Block, recorded))).toBe(true);
});

test('a genesis block hashes its data, names no last config and opens as a configuration', () => {
    const block = buildGenesisBlock({ configPath: folder().dir, profile: 'PowerChannel', channelId: 'energy' });
    expect(asBuffer(block.header!.dataHash).equals(blockDataHash(block.data!))).toBe(true);
    expect(block.metadata!.metadata!.map((entry) => asBuffer(entry).toString('hex'))).toEqual([
        '0a020a00',
        '',
        '',
        '',
        '',
    ]);
    expect(lastConfigIndex(block)).toBe(0);
    expect(ChannelConfiguration.fromConfigBlock(block)).toMatchObject({ channelId: 'energy', sequence: 0 });
});

test.each([
    [
        'an organisation without endpoints',
        (yaml: string) => yaml.replace(/ {4}OrdererEndpoints:\n.*\n/, ''),
        'could not create orderer group: failed to create orderer org: orderer endpoints for organization OrdererOrg are missing and must be configured when capability V3_0 is enabled',
    ],
    [
        'global addresses',
        (yaml: string) =>
            yaml.replace('      OrdererType: etcdraft', '      OrdererType: etcdraft\n      Addresses: [a:1]'),
        'global orderer endpoints exist, but can not be used with V3_0 capability: [a:1]',
    ],
    [
        'a missing MSP folder',
        (yaml: string) => yaml.replace('crypto/peerOrganizations/authority', 'crypto/none'),
        /1 - Error loading MSP configuration for org Authority: could not load a valid ca certificate from directory .*cacerts: stat .*cacerts: no such file or directory/,
    ],
    [
        'no BlockValidation',
        (yaml: string) => yaml.replace('BlockValidation:', 'Validation:'),
        'error adding policies to orderer group: no BlockValidation policy defined',
    ],
    [
        'an unknown policy type',
        (yaml: string) => yaml.replace('Type: ImplicitMeta', 'Type: Implicit'),
        'unknown policy type: Implicit',
    ],
    [
        'a lower-case rule',
        (yaml: string) => yaml.replace('ANY Readers', 'any Readers'),
        "unknown rule type 'any', expected ALL, ANY, or MAJORITY",
    ],
    [
        'a rule with two blanks',
        (yaml: string) => yaml.replace('ANY Readers', 'ANY  Readers'),
        'expected two space separated tokens, but got 3',
    ],
    [
        'a missing consenter certificate',
        (yaml: string) => yaml.replace('tls/server.crt', 'tls/none.crt'),
        /cannot marshal metadata for orderer type etcdraft: cannot load client cert for consenter localhost:23000: open .*none.crt: no such file or directory/,
    ],
])('a profile with %s is refused', (_, change, text) => {
    const { dir } = folder(change);
    expect(() => buildGenesisBlock({ configPath: dir, profile: 'PowerChannel', channelId: 'power' })).toThrow(text);
});
