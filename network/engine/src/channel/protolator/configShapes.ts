// SPDX-License-Identifier: Apache-2.0
import { common, etcdraft, msp, orderer, protos, smartbft } from '../../wire/protobuf.js';
import { policy } from './policyShapes.js';
import {
    bytes,
    enumeration,
    flag,
    lazily,
    list,
    map,
    message,
    number,
    opaque,
    text,
    uint64,
    type Shape,
} from './shape.js';

const unitIdentifier = message({ certificate: bytes, organizational_unit_identifier: text });
/** Private keys never travel in a channel configuration. */
const noSigningIdentity: Shape = { toJson: () => null, fromJson: () => undefined };
export const fabricMspConfig = message({
    admins: list(bytes),
    crypto_config: message({ identity_identifier_hash_function: text, signature_hash_family: text }),
    fabric_node_ous: message({
        admin_ou_identifier: unitIdentifier,
        client_ou_identifier: unitIdentifier,
        enable: flag,
        orderer_ou_identifier: unitIdentifier,
        peer_ou_identifier: unitIdentifier,
    }),
    intermediate_certs: list(bytes),
    name: text,
    organizational_unit_identifiers: list(unitIdentifier),
    revocation_list: list(bytes),
    root_certs: list(bytes),
    signing_identity: noSigningIdentity,
    tls_intermediate_certs: list(bytes),
    tls_root_certs: list(bytes),
});
export const mspConfig = message({ config: opaque(msp.FabricMSPConfig, fabricMspConfig), type: number });

export const raftMetadata = message({
    consenters: list(message({ client_tls_cert: bytes, host: text, port: number, server_tls_cert: bytes })),
    options: message({
        election_tick: number,
        heartbeat_tick: number,
        max_inflight_blocks: number,
        snapshot_interval_size: number,
        tick_interval: text,
    }),
});
export const bftOptions = message({
    collect_timeout: text,
    decisions_per_leader: uint64,
    incoming_message_buffer_size: uint64,
    leader_heartbeat_count: uint64,
    leader_heartbeat_timeout: text,
    leader_rotation: enumeration({ ROTATION_UNSPECIFIED: 0, ROTATION_OFF: 1, ROTATION_ON: 2 }),
    request_auto_remove_timeout: text,
    request_batch_max_bytes: uint64,
    request_batch_max_count: uint64,
    request_batch_max_interval: text,
    request_complain_timeout: text,
    request_forward_timeout: text,
    request_max_bytes: uint64,
    request_pool_size: uint64,
    speed_up_view_change: flag,
    sync_on_start: flag,
    view_change_resend_interval: text,
    view_change_timeout: text,
});
/** Metadata by consensus type; of others it stays bytes. */
const consensusMetadata: ReadonlyMap<unknown, Shape> = new Map([
    ['etcdraft', opaque(etcdraft.ConfigMetadata, raftMetadata)],
    ['BFT', opaque(smartbft.Options, bftOptions)],
]);
export const consensusType = message({
    metadata: ({ type }) => consensusMetadata.get(type) ?? bytes,
    state: enumeration({ STATE_NORMAL: 0, STATE_MAINTENANCE: 1 }),
    type: text,
});
export const batchSize = message({
    absolute_max_bytes: number,
    max_message_count: number,
    preferred_max_bytes: number,
});
export const batchTimeout = message({ timeout: text });
export const capabilities = message({ capabilities: map(message({})) });
export const numberedOrderers = message({
    consenter_mapping: list(
        message({
            client_tls_cert: bytes,
            host: text,
            id: number,
            identity: bytes,
            msp_id: text,
            port: number,
            server_tls_cert: bytes,
        }),
    ),
});
export const addresses = message({ addresses: list(text) });
export const accessControlLists = message({ acls: map(message({ policy_ref: text })) });
export const anchorPeers = message({ anchor_peers: list(message({ host: text, port: number })) });

/** The values of a configuration by key: a key means the same in every group it may stand in. */
const values: Readonly<Record<string, Shape>> = {
    ACLs: opaque(protos.ACLs, accessControlLists),
    AnchorPeers: opaque(protos.AnchorPeers, anchorPeers),
    BatchSize: opaque(orderer.BatchSize, batchSize),
    BatchTimeout: opaque(orderer.BatchTimeout, batchTimeout),
    BlockDataHashingStructure: opaque(common.BlockDataHashingStructure, message({ width: number })),
    Capabilities: opaque(common.Capabilities, capabilities),
    ChannelRestrictions: opaque(orderer.ChannelRestrictions, message({ max_count: uint64 })),
    ConsensusType: opaque(orderer.ConsensusType, consensusType),
    Consortium: opaque(common.Consortium, message({ name: text })),
    Endpoints: opaque(common.OrdererAddresses, addresses),
    HashingAlgorithm: opaque(common.HashingAlgorithm, message({ name: text })),
    MSP: opaque(msp.MSPConfig, mspConfig),
    OrdererAddresses: opaque(common.OrdererAddresses, addresses),
    Orderers: opaque(common.Orderers, numberedOrderers),
};
export const configPolicy = message({ mod_policy: text, policy, version: uint64 });
const configValue = (key: string): Shape =>
    message({
        mod_policy: text,
        value: Object.hasOwn(values, key) ? (values[key] ?? bytes) : bytes,
        version: uint64,
    });
export const configGroup: Shape = message({
    groups: map(lazily(() => configGroup)),
    mod_policy: text,
    policies: map(configPolicy),
    values: map(configValue),
    version: uint64,
});
export const config = message({ channel_group: configGroup, sequence: uint64 });
export const configUpdate = message({
    channel_id: text,
    isolated_data: map(bytes),
    read_set: configGroup,
    write_set: configGroup,
});
