// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode, encode } from '../wire/decode.js';
import { common, msp, orderer } from '../wire/protobuf.js';
import { ChannelConfiguration } from './channelConfiguration.js';
import { readConfigBlock } from './configBlock.js';

const genesis = readFileSync(join(__dirname, '../../fixtures/fabric-3.1.5/network/genesis.pb'));
type Group = common.ConfigGroup;

/** Builds the recorded configuration after a change. */
function changed(
    change: (root: Group, ordererGroup: Group, application: Group) => void,
    channelId = 'power',
): ChannelConfiguration {
    const { config } = readConfigBlock(decode(common.Block, genesis, 'Block'));
    const root = config.channelGroup as Group;
    change(root, root.groups.Orderer as Group, root.groups.Application as Group);
    return ChannelConfiguration.fromConfig(channelId, config);
}

const value = (bytes: Buffer): common.ConfigValue.$Properties => ({ value: bytes, modPolicy: 'Admins' });
const batch = (size: orderer.BatchSize.$Properties) =>
    value(encode(orderer.BatchSize, { maxMessageCount: 1, absoluteMaxBytes: 2, preferredMaxBytes: 1, ...size }));
const timeout = (text: string) => value(encode(orderer.BatchTimeout, { timeout: text }));
const capability = (name: string) => value(encode(common.Capabilities, { capabilities: { [name]: {} } }));
type Change = (root: Group, ordererGroup: Group, application: Group) => void;

const refused: readonly (readonly [string, Change, string])[] = [
    [
        'an unknown value',
        (root) => {
            root.values.Foo = value(Buffer.of(1));
        },
        'initializing channelconfig failed: failed to deserialize values: Unexpected key Foo',
    ],
    [
        'an unknown value of an organisation',
        (_, __, application) => {
            application.groups.Authority!.values!.Foo = value(Buffer.of(1));
        },
        'initializing channelconfig failed: could not create channel Application sub-group config: failed to deserialize values: Unexpected key Foo',
    ],
    [
        'an unknown group',
        (root) => {
            root.groups.Foo = {};
        },
        'Disallowed channel group: Foo',
    ],
    [
        'consortiums',
        (root) => {
            root.groups.Consortiums = {};
        },
        'channels with consortiums are not supported',
    ],
    [
        'groups below an orderer organisation',
        (_, group) => {
            group.groups.OrdererOrg!.groups = { X: {} };
        },
        'OrdererOrg config does not allow sub-groups',
    ],
    [
        'groups below an organisation',
        (_, __, group) => {
            group.groups.Authority!.groups = { X: {} };
        },
        'ApplicationOrg config does not allow sub-groups',
    ],
    [
        'another hash',
        (root) => {
            root.values.HashingAlgorithm = value(encode(common.HashingAlgorithm, { name: 'MD5' }));
        },
        'Unknown hashing algorithm type: MD5',
    ],
    [
        'another width',
        (root) => {
            root.values.BlockDataHashingStructure = value(encode(common.BlockDataHashingStructure, { width: 2 }));
        },
        'BlockDataHashStructure width only supported at MaxUint32 in this version',
    ],
    [
        'global addresses',
        (root) => {
            root.values.OrdererAddresses = value(encode(common.OrdererAddresses, { addresses: ['a:1'] }));
        },
        'global OrdererAddresses are not allowed with V3_0 capability, use org specific addresses only',
    ],
    [
        'an orderer organisation without endpoints',
        (_, group) => {
            delete group.groups.OrdererOrg!.values!.Endpoints;
        },
        'some orderer organizations endpoints are empty: [OrdererOrg]',
    ],
    [
        'no messages in a batch',
        (_, group) => {
            group.values.BatchSize = batch({ maxMessageCount: 0 });
        },
        'could not create channel Orderer sub-group config: Attempted to set the batch size max message count to an invalid value: 0',
    ],
    [
        'an empty largest batch',
        (_, group) => {
            group.values.BatchSize = batch({ absoluteMaxBytes: 0 });
        },
        'Attempted to set the batch size absolute max bytes to an invalid value: 0',
    ],
    [
        'an empty preferred batch',
        (_, group) => {
            group.values.BatchSize = batch({ preferredMaxBytes: 0 });
        },
        'Attempted to set the batch size preferred max bytes to an invalid value: 0',
    ],
    [
        'a preferred batch above the largest',
        (_, group) => {
            group.values.BatchSize = batch({ preferredMaxBytes: 3 });
        },
        'Attempted to set the batch size preferred max bytes (3) greater than the absolute max bytes (2).',
    ],
    [
        'a timeout that is none',
        (_, group) => {
            group.values.BatchTimeout = timeout('soon');
        },
        'Attempted to set the batch timeout to a invalid value: ',
    ],
    [
        'a negative timeout',
        (_, group) => {
            group.values.BatchTimeout = timeout('-1s');
        },
        'Attempted to set the batch timeout to a non-positive value: -1s',
    ],
    [
        'two versions of an MSP',
        (_, group, application) => {
            const mspConfig = decode(msp.MSPConfig, application.groups.Authority!.values!.MSP!.value!, 'MSPConfig');
            const fabric = decode(msp.FabricMSPConfig, mspConfig.config, 'FabricMSPConfig');
            fabric.tlsRootCerts = [];
            group.groups.OrdererOrg!.values!.MSP = value(
                encode(msp.MSPConfig, { config: encode(msp.FabricMSPConfig, fabric) }),
            );
        },
        'Attempted to define two different versions of MSP: AuthorityMSP',
    ],
    [
        'an MSP without id',
        (_, __, application) => {
            const mspConfig = decode(msp.MSPConfig, application.groups.Authority!.values!.MSP!.value!, 'MSPConfig');
            const { rootCerts, fabricNodeOus } = decode(msp.FabricMSPConfig, mspConfig.config, 'FabricMSPConfig');
            application.groups.Authority!.values!.MSP = value(
                encode(msp.MSPConfig, {
                    config: encode(msp.FabricMSPConfig, { rootCerts, fabricNodeOus: fabricNodeOus! }),
                }),
            );
        },
        'MSP for org Authority has empty MSP ID',
    ],
    [
        'an Idemix MSP',
        (_, __, application) => {
            application.groups.Authority!.values!.MSP = value(encode(msp.MSPConfig, { type: 1 }));
        },
        'Setup error: unsupported msp type 1',
    ],
    [
        'channel capabilities without those of the orderer',
        (_, group) => {
            delete group.values.Capabilities;
        },
        'cannot enable channel capabilities without orderer support first',
    ],
    [
        'application capabilities without those of the orderer',
        (root, group) => {
            delete group.values.Capabilities;
            delete root.values.Capabilities;
        },
        'cannot enable application capabilities without orderer support first',
    ],
    [
        'the MSP rules of old',
        (root) => {
            root.values.Capabilities = capability('V1_1');
        },
        'the membership rules of channels below capability V1_4_3 are not supported by this engine, the channel has [V1_1]',
    ],
    [
        'a policy that does not compile',
        (_, __, application) => {
            application.policies.Admins = { policy: { type: 9 } };
        },
        'initializing policymanager failed: policy Admins at path Channel/Application did not compile: unknown policy type: 9',
    ],
    [
        'a key with an underscore',
        (root) => {
            root.policies.A_B = root.policies.Admins!;
        },
        "initializing configtx manager failed: error converting config to map: config ID 'A_B' contains illegal characters",
    ],
    [
        'no orderer',
        (root) => {
            delete root.groups.Orderer;
        },
        'invalid config: must contain orderer config',
    ],
    [
        'no application',
        (root) => {
            delete root.groups.Application;
        },
        'invalid config: must contain application config',
    ],
];

test.each(refused)('a configuration with %s is refused', (_, change, text) => {
    expect(() => changed(change)).toThrow(text);
});

test.each([
    ['POWER', "initializing configtx manager failed: bad channel ID: 'POWER' contains illegal characters"],
    ['', 'initializing configtx manager failed: bad channel ID: channel ID illegal, cannot be empty'],
    [
        'p'.repeat(250),
        'initializing configtx manager failed: bad channel ID: channel ID illegal, cannot be longer than 249',
    ],
])('the channel id %j is refused', (channelId, text) => {
    expect(() => changed(() => undefined, channelId)).toThrow(text);
});

test('a configuration without groups is refused', () => {
    expect(() => ChannelConfiguration.fromConfig('power', {})).toThrow('config must contain a channel group');
});

test('one MSP may serve as orderer and as application organisation', () => {
    const configuration = changed((_, group, application) => {
        group.groups.OrdererOrg!.values!.MSP = application.groups.Authority!.values!.MSP!;
    });
    expect([...configuration.msps.mspIds].sort()).toEqual([
        'AuthorityMSP',
        'CentralBankMSP',
        'CooperativeMSP',
        'RegulatorMSP',
    ]);
});

test('a capability that Fabric 3.1 lacks is named when a node is to take part', () => {
    const configuration = changed((_, group) => {
        group.values.Capabilities = capability('V9_9');
    });
    expect(() => {
        configuration.requireSupportedCapabilities();
    }).toThrow(
        'config requires unsupported orderer capabilities: Orderer capability V9_9 is required but not supported: ',
    );
    expect(() => {
        changed(() => undefined).requireSupportedCapabilities();
    }).not.toThrow();
});
