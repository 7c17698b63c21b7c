// SPDX-License-Identifier: Apache-2.0
import { asBuffer, decode, encode } from '../../src/wire/decode.js';
import { common, protos } from '../../src/wire/protobuf.js';
import { channelGroup } from '../../src/channel/channelGroup.js';
import { readConfigBlock } from '../../src/channel/configBlock.js';
import { configBlockJson } from '../../src/channel/protolator/configJson.js';
import { loadProfile } from '../../src/channel/configtxYaml.js';
import { genesisBlock } from '../../src/channel/genesisBlock.js';
import { ConfigtxFolder } from '../../src/channel/testing/configtxFolder.js';
import type { Checks, Place } from '../checks.js';
import type { Recordings } from '../recordings.js';
import { recordedCalls } from '../recordedCalls.js';

/** What configtxgen makes of the recorded configtx.yaml, against the recorded genesis block. */
export async function replayGenesisBlock(recordings: Recordings, checks: Checks): Promise<void> {
    const place = (label: string, file = 'network/genesis.pb'): Place => ({ file, label });
    const recorded = recordings.genesis();
    const { group, nonce, timestamp } = inOrder(recorded);
    const { channel } = recordings.set;
    const folder = new ConfigtxFolder(undefined, recordings.path('network'));
    await checks.guard(place('configtxgen-genesis', 'network/configtx.yaml'), () => {
        const { profile } = loadProfile({ configPath: folder.dir }, profileOf(recordings));
        const ours = encode(common.Block, genesisBlock(channel, channelGroup(profile), nonce, timestamp));
        const theirs = encode(common.Block, genesisBlock(channel, group, nonce, timestamp));
        // Go writes maps in random order.
        checks.equal(place('bytes, but for the order of maps'), theirs.toString('hex'), ours.toString('hex'));
        checks.equal(place('length'), encode(common.Block, recorded).length, ours.length);
    });
    folder.remove();
    const rebuilt = genesisBlock(channel, readConfigBlock(recorded).config.channelGroup ?? {}, nonce, timestamp);
    checks.equal(
        place('bytes from its own configuration'),
        recordings.bytes('network/genesis.pb').toString('hex'),
        encode(common.Block, rebuilt).toString('hex'),
    );
    checks.equal(
        place('as JSON', 'network/genesis.json'),
        recordings.json('network/genesis.json'),
        configBlockJson(recorded),
    );
}

function profileOf(recordings: Recordings): string {
    const { argv } = recordedCalls(recordings).find('configtxgen-genesis');
    return argv[argv.indexOf('-profile') + 1] ?? '';
}

/** The recorded block as Fabric would have written it had its maps been in order. */
function inOrder(block: common.Block): { group: common.ConfigGroup.$Properties; nonce: Buffer; timestamp: Date } {
    const envelope = decode(common.Envelope, asBuffer(block.data?.data?.[0]), 'Envelope');
    const { header } = decode(common.Payload, envelope.payload, 'Payload');
    const { nonce } = decode(common.SignatureHeader, asBuffer(header?.signatureHeader), 'SignatureHeader');
    const { timestamp } = decode(common.ChannelHeader, asBuffer(header?.channelHeader), 'ChannelHeader');
    const group = sortedGroup(readConfigBlock(block).config.channelGroup ?? {});
    return { group, nonce: asBuffer(nonce), timestamp: new Date((timestamp?.seconds ?? 0) * 1000) };
}

function sortedGroup(group: common.ConfigGroup.$Properties): common.ConfigGroup.$Properties {
    return {
        ...group,
        groups: mapEntries(group.groups ?? {}, sortedGroup),
        values: mapEntries(group.values ?? {}, (value, key) =>
            key === 'ACLs' ? { ...value, value: sortedAcls(asBuffer(value.value)) } : value,
        ),
        policies: mapEntries(group.policies ?? {}, (policy) => policy),
    };
}

function sortedAcls(bytes: Uint8Array): Buffer {
    return encode(protos.ACLs, { acls: mapEntries(decode(protos.ACLs, bytes, 'ACLs').acls, (acl) => acl) });
}

function mapEntries<T>(map: Readonly<Record<string, T>>, change: (item: T, key: string) => T): Record<string, T> {
    return Object.fromEntries(
        Object.entries(map)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, item]) => [key, change(item, key)]),
    );
}
