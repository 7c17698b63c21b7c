// SPDX-License-Identifier: Apache-2.0
import { rmSync } from 'node:fs';
import { ChannelConfiguration } from '../channel/channelConfiguration.js';
import { loadLocalMsp } from '../identity/localMsp.js';
import { encode } from '../wire/decode.js';
import type { Signer } from '../wire/envelope.js';
import { common, etcdraft, msp, orderer } from '../wire/protobuf.js';
import { admitUpdate } from './configurationUpdate.js';
import { Refusal } from './refusal.js';
import { parseSubmitted } from './submittedMessage.js';
import { envelopeOf, setValue, signedUpdate } from './testing/signedUpdate.js';
import { testOrdering, type TestOrdering } from './testing/testOrdering.js';

let network: TestOrdering;
let current: ChannelConfiguration;
let node: Signer;
let ordererAdmin: Signer;
let memberAdmin: Signer;
let client: Signer;
const options = { ignoreExpiry: false, now: () => new Date() };

beforeAll(() => {
    network = testOrdering();
    network.members.member('admin', 'admin');
    const signer = (mspId: 'OrdererMSP' | 'MemberMSP', name: string): Signer =>
        loadLocalMsp((mspId === 'OrdererMSP' ? network.orderers : network.members).mspFolder(name), mspId).signer;
    node = signer('OrdererMSP', 'orderer0');
    ordererAdmin = signer('OrdererMSP', 'admin');
    memberAdmin = signer('MemberMSP', 'admin');
    client = signer('MemberMSP', 'user');
    current = ChannelConfiguration.fromConfigBlock(common.Block.decode(network.genesis('rules')));
});
afterAll(() => {
    rmSync(network.directory, { recursive: true });
});

type Group = common.ConfigGroup;
const ordererGroup = ({ groups }: Group): common.ConfigGroup.$Properties | undefined => groups.Orderer;
const batchSize = (maxMessageCount: number, absoluteMaxBytes = 1_000_000, preferredMaxBytes = 100_000): Buffer =>
    encode(orderer.BatchSize, { maxMessageCount, absoluteMaxBytes, preferredMaxBytes });

function admit(envelope: common.Envelope, signer = node): ReturnType<typeof admitUpdate> {
    return admitUpdate(parseSubmitted(envelope), current, signer, options);
}

function refusal(envelope: common.Envelope, signer = node): { status: number; text: string } {
    try {
        admit(envelope, signer);
    } catch (error) {
        if (error instanceof Refusal) return { status: error.status, text: error.message };
        throw error;
    }
    throw new Error('the update was admitted');
}

/** What the administrators of all organisations are refused. */
function refusedChange(change: (channel: Group) => void): string {
    const { status, text } = refusal(signedUpdate(current, change, [ordererAdmin, memberAdmin]));
    expect(status).toBe(400);
    return text;
}

const applying = "error applying config update to existing channel 'rules': ";

describe('an update of the channel configuration', () => {
    it('becomes a CONFIG transaction of the orderer, with the update as it was received', () => {
        const envelope = signedUpdate(
            current,
            (channel) => {
                setValue(ordererGroup(channel), 'BatchSize', batchSize(7));
            },
            [ordererAdmin],
        );
        const { message, configuration } = admit(envelope);
        expect(configuration.orderer.batchSize.maxMessageCount).toBe(7);
        expect(configuration.sequence).toBe(1);
        const transaction = common.Envelope.decode(message.envelopeBytes);
        const payload = common.Payload.decode(transaction.payload);
        const header = common.ChannelHeader.decode(payload.header?.channelHeader ?? Buffer.alloc(0));
        expect(header).toMatchObject({ type: 1, channelId: 'rules', txId: '', version: 0 });
        expect(header.timestamp?.nanos ?? 0).toBe(0);
        const { config, lastUpdate } = common.ConfigEnvelope.decode(payload.data);
        expect(encode(common.Envelope, lastUpdate ?? {}).equals(encode(common.Envelope, envelope))).toBe(true);
        expect(config?.channelGroup?.groups?.Orderer?.values?.BatchSize?.version).toBe(1);
        expect(config?.channelGroup?.groups?.Orderer?.version ?? 0).toBe(0);
    });

    it('needs the signatures that the present configuration asks for', () => {
        const change = (channel: Group): void => {
            setValue(ordererGroup(channel), 'BatchSize', batchSize(7));
        };
        expect(refusal(signedUpdate(current, change, [memberAdmin, client]))).toEqual({
            status: 400,
            text: `${applying}error authorizing update: error validating DeltaSet: policy for [Value]  /Channel/Orderer/BatchSize not satisfied: implicit policy evaluation failed - 0 sub-policies were satisfied, but this policy requires 1 of the 'Admins' sub-policies to be satisfied`,
        });
    });

    it('is sent by somebody who may write, and the orderer may write too', () => {
        const envelope = signedUpdate(
            current,
            (channel) => {
                setValue(ordererGroup(channel), 'BatchSize', batchSize(7));
            },
            [ordererAdmin],
        );
        const stranger = {
            ...client,
            mspId: 'Other',
            serialized: Buffer.from('stranger'),
            sign: () => Buffer.alloc(0),
        };
        expect(refusal(envelopeOf('rules', {}, [stranger]))).toMatchObject({
            status: 403,
            text: expect.stringMatching(
                /^config update for existing channel did not pass initial checks: .*denied$/,
            ) as string,
        });
        expect(refusal(envelope, stranger)).toMatchObject({
            status: 403,
            text: expect.stringMatching(
                /^config update for existing channel did not pass final checks: .*denied$/,
            ) as string,
        });
    });

    it('must fit in a message with the whole configuration that it makes', () => {
        const small = (channel: Group): void => {
            setValue(ordererGroup(channel), 'BatchSize', batchSize(7, 3_000, 100));
        };
        current = admit(signedUpdate(current, small, [ordererAdmin])).configuration;
        const envelope = signedUpdate(
            current,
            (channel) => {
                setValue(ordererGroup(channel), 'BatchSize', batchSize(8));
            },
            [ordererAdmin],
        );
        expect(refusal(envelope).text).toMatch(
            /^config update for existing channel did not pass final checks: message payload is \d+ bytes and exceeds maximum allowed 3000 bytes$/,
        );
        current = ChannelConfiguration.fromConfigBlock(common.Block.decode(network.genesis('rules')));
    });

    it('that adds an element without changing its group adds a sequence number and nothing else, as in Fabric', () => {
        const update = {
            channelId: 'rules',
            readSet: { groups: { Application: {} } },
            writeSet: { groups: { Application: { values: { ACLs: { modPolicy: 'Admins' } } } } },
        };
        const { configuration } = admit(envelopeOf('rules', update, [client]));
        expect(configuration.sequence).toBe(1);
        expect(configuration.config.channelGroup?.groups?.Application?.values?.ACLs).toBeUndefined();
    });

    it('that is unknown in part is refused: the peers of Fabric would read more in it', () => {
        const envelope = signedUpdate(
            current,
            (channel) => {
                setValue(ordererGroup(channel), 'BatchSize', batchSize(7));
            },
            [ordererAdmin],
        );
        const payload = common.Payload.decode(envelope.payload);
        const signed = common.ConfigUpdateEnvelope.decode(payload.data);
        signed.configUpdate = Buffer.concat([signed.configUpdate, Buffer.from([0xf8, 0x01, 0x01])]);
        const data = encode(common.ConfigUpdateEnvelope, signed);
        const bytes = encode(common.Payload, { header: payload.header ?? {}, data });
        const changed = new common.Envelope({ payload: bytes, signature: ordererAdmin.sign(bytes) });
        expect(refusal(changed).text).toBe(
            `${applying}the config update has fields that the embedded engine does not know`,
        );
    });
});

describe('a configuration that an update must not lead to', () => {
    const setBatch = (value: Buffer) => (channel: Group) => {
        setValue(ordererGroup(channel), 'BatchSize', value);
    };
    const setTimeout = (timeout: string) => (channel: Group) => {
        setValue(ordererGroup(channel), 'BatchTimeout', encode(orderer.BatchTimeout, { timeout }));
    };
    const capability = (name: string) => (channel: Group) => {
        const capabilities = { V2_0: {}, [name]: {} };
        setValue(ordererGroup(channel), 'Capabilities', encode(common.Capabilities, { capabilities }));
    };
    const consensus =
        (change: (type: orderer.ConsensusType, raft: etcdraft.ConfigMetadata) => void) => (channel: Group) => {
            const group = ordererGroup(channel);
            const type = orderer.ConsensusType.decode(group?.values?.ConsensusType?.value ?? Buffer.alloc(0));
            const raft = etcdraft.ConfigMetadata.decode(type.metadata);
            change(type, raft);
            type.metadata = encode(etcdraft.ConfigMetadata, raft);
            setValue(group, 'ConsensusType', encode(orderer.ConsensusType, type));
        };
    const group = 'initializing channelconfig failed: could not create channel Orderer sub-group config: ';
    const metadata = 'consensus metadata update for channel config update is invalid: ';
    const maintenance =
        'config update for existing channel did not pass maintenance checks: config transaction inspection failed: ';

    it.each<[string, (channel: Group) => void, string]>([
        [
            'batches of no messages',
            setBatch(batchSize(0)),
            `${applying}${group}Attempted to set the batch size max message count to an invalid value: 0`,
        ],
        [
            'preferred above absolute',
            setBatch(batchSize(1, 10, 11)),
            `${applying}${group}Attempted to set the batch size preferred max bytes (11) greater than the absolute max bytes (10).`,
        ],
        [
            'a negative timeout',
            setTimeout('-1s'),
            `${applying}${group}Attempted to set the batch timeout to a non-positive value: -1s`,
        ],
        [
            'an unknown capability',
            capability('V9_9'),
            `${applying}config update is not compatible: config requires unsupported orderer capabilities: Orderer capability V9_9 is required but not supported: Orderer`,
        ],
        [
            'no consenter',
            consensus((_, raft) => {
                raft.consenters = [];
            }),
            `${applying}${metadata}invalid new config metadata: empty consenter set`,
        ],
        [
            'a second consenter',
            consensus((_, raft) => {
                raft.consenters.push(...raft.consenters);
            }),
            `${applying}${metadata}the embedded engine orders alone, but the new configuration has 2 consenters`,
        ],
        [
            'an election as short as a heartbeat',
            consensus((_, raft) => {
                raft.options = { ...raft.options, electionTick: 1 };
            }),
            `${applying}${metadata}invalid new config metadata: ElectionTick (1) must be greater than HeartbeatTick (1)`,
        ],
        [
            'another kind of ordering',
            consensus((type) => {
                type.type = 'BFT';
            }),
            `${maintenance}attempted to change consensus type from etcdraft to BFT, but current config ConsensusType.State is not in maintenance mode`,
        ],
        [
            'maintenance mode',
            consensus((type) => {
                type.state = 1;
            }),
            `${maintenance}the embedded engine does not support maintenance mode`,
        ],
    ])('%s', (_, change, text) => {
        expect(refusedChange(change)).toContain(text);
    });

    it('a consenter whose certificate no orderer organisation issued', () => {
        const foreign = common.ConfigGroup.decode(encode(common.ConfigGroup, current.config.channelGroup ?? {}));
        const member = msp.MSPConfig.decode(
            foreign.groups.Application?.groups?.MemberMSP?.values?.MSP?.value ?? Buffer.alloc(0),
        );
        const [certificate = Buffer.alloc(0)] = msp.FabricMSPConfig.decode(member.config).tlsRootCerts;
        const change = consensus((_, raft) => {
            raft.consenters = [
                { host: 'localhost', port: 7050, clientTlsCert: certificate, serverTlsCert: certificate },
            ];
        });
        expect(refusedChange(change)).toMatch(
            /invalid new config metadata: consenter localhost:7050 has invalid certificate: verifying tls client cert with serial number \d+: x509: certificate signed by unknown authority$/,
        );
    });

    it('an organisation under another MSP id', () => {
        const change = (channel: Group): void => {
            const member = channel.groups.Application?.groups?.MemberMSP;
            const config = msp.MSPConfig.decode(member?.values?.MSP?.value ?? Buffer.alloc(0));
            const fabric = msp.FabricMSPConfig.decode(config.config);
            fabric.name = 'RenamedMSP';
            setValue(member, 'MSP', encode(msp.MSPConfig, { config: encode(msp.FabricMSPConfig, fabric) }));
        };
        expect(refusedChange(change)).toBe(
            `${applying}application org MemberMSP attempted to change MSP ID from MemberMSP to RenamedMSP`,
        );
    });
});
