// SPDX-License-Identifier: Apache-2.0
import { MspRole, PrincipalKind } from '../identity/principal.js';
import { ImplicitMetaRule } from '../policy/implicitMetaPolicy.js';
import { PolicyType } from '../policy/policyTree.js';
import { common, etcdraft, msp, orderer, protos } from '../wire/protobuf.js';
import {
    bytes,
    enumeration,
    flag,
    list,
    map,
    message,
    number,
    oneOf,
    opaque,
    text,
    timestamp,
    uint64,
    type Json,
    type Shape,
} from './messageJson.js';

/** A config block as `configtxgen -inspectBlock` and configtxlator print it. */
export function configBlockJson(block: common.Block.$Properties): Json {
    return blockShape(block);
}

/** A group of the configuration as `configtxgen -printOrg` prints it. */
export function configGroupJson(group: common.ConfigGroup.$Properties): Json {
    return groupShape(group);
}

/** Serialises as Go's encoder with tabs does, ending in a newline. */
export function printJson(json: Json): string {
    const escaped = JSON.stringify(json, undefined, '\t').replace(
        /[<>&]/g,
        (character) => `\\u00${character.charCodeAt(0).toString(16)}`,
    );
    return `${escaped.replace(/: \{\n\t*\}/g, ': {}')}\n`;
}

const role = message({ msp_identifier: text, role: enumeration(MspRole) });
const unit = message({ certifiers_identifier: bytes, msp_identifier: text, organizational_unit_identifier: text });
const serializedIdentity = message({ id_bytes: bytes, mspid: text });
const principalTypes: Readonly<Record<number, Shape>> = {
    [PrincipalKind.ROLE]: opaque(common.MSPRole, role),
    [PrincipalKind.ORGANIZATION_UNIT]: opaque(common.OrganizationUnit, unit),
    [PrincipalKind.IDENTITY]: opaque(msp.SerializedIdentity, serializedIdentity),
};
const principal: Shape = (value) => {
    const { principalClassification, principal: content } = value as common.MSPPrincipal;
    const kind = enumeration(PrincipalKind)(principalClassification);
    return { principal: (principalTypes[principalClassification] ?? bytes)(content), principal_classification: kind };
};
const rule: Shape = (value) =>
    oneOf({ signed_by: number, n_out_of: message({ n: number, rules: list((inner) => rule(inner)) }) })(value);
const signaturePolicy = message({ identities: list(principal), rule, version: number });
const implicitMetaPolicy = message({ rule: enumeration(ImplicitMetaRule), sub_policy: text });
const policy: Shape = (value) => {
    if (value === null || value === undefined) {
        return null;
    }
    const { type, value: content } = value as { type: number; value: Uint8Array };
    const shapes: Readonly<Record<number, Shape>> = {
        [PolicyType.SIGNATURE]: opaque(common.SignaturePolicyEnvelope, signaturePolicy),
        [PolicyType.IMPLICIT_META]: opaque(common.ImplicitMetaPolicy, implicitMetaPolicy),
    };
    return { type, value: (shapes[type] ?? bytes)(content) };
};

const unitIdentifier = message({ certificate: bytes, organizational_unit_identifier: text });
const mspConfig = message({
    config: opaque(
        msp.FabricMSPConfig,
        message({
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
            // Private keys never travel in a channel configuration.
            signing_identity: () => null,
            tls_intermediate_certs: list(bytes),
            tls_root_certs: list(bytes),
        }),
    ),
    type: number,
});
const raftMetadata = message({
    consenters: list(message({ client_tls_cert: bytes, host: text, port: number, server_tls_cert: bytes })),
    options: message({
        election_tick: number,
        heartbeat_tick: number,
        max_inflight_blocks: number,
        snapshot_interval_size: number,
        tick_interval: text,
    }),
});
const consensusType: Shape = (value) => {
    const { type, metadata, state } = value as orderer.ConsensusType;
    const shape = type === 'etcdraft' ? opaque(etcdraft.ConfigMetadata, raftMetadata) : bytes;
    return { metadata: shape(metadata), state: enumeration({ STATE_NORMAL: 0, STATE_MAINTENANCE: 1 })(state), type };
};
const addresses = message({ addresses: list(text) });

/** The values of a configuration by key: a key means the same in every group it may stand in. */
const valueShapes: Readonly<Record<string, Shape>> = {
    ACLs: opaque(protos.ACLs, message({ acls: map(message({ policy_ref: text })) })),
    AnchorPeers: opaque(protos.AnchorPeers, message({ anchor_peers: list(message({ host: text, port: number })) })),
    BatchSize: opaque(
        orderer.BatchSize,
        message({ absolute_max_bytes: number, max_message_count: number, preferred_max_bytes: number }),
    ),
    BatchTimeout: opaque(orderer.BatchTimeout, message({ timeout: text })),
    BlockDataHashingStructure: opaque(common.BlockDataHashingStructure, message({ width: number })),
    Capabilities: opaque(common.Capabilities, message({ capabilities: map(message({})) })),
    ChannelRestrictions: opaque(orderer.ChannelRestrictions, message({ max_count: uint64 })),
    ConsensusType: opaque(orderer.ConsensusType, consensusType),
    Consortium: opaque(common.Consortium, message({ name: text })),
    Endpoints: opaque(common.OrdererAddresses, addresses),
    HashingAlgorithm: opaque(common.HashingAlgorithm, message({ name: text })),
    MSP: opaque(msp.MSPConfig, mspConfig),
    OrdererAddresses: opaque(common.OrdererAddresses, addresses),
};
const groupShape: Shape = (value) =>
    message({
        groups: map(groupShape),
        mod_policy: text,
        policies: map(message({ mod_policy: text, policy, version: uint64 })),
        values: map((item, key) =>
            message({ mod_policy: text, value: valueShapes[key] ?? bytes, version: uint64 })(item),
        ),
        version: uint64,
    })(value);

const signatureHeader = opaque(
    common.SignatureHeader,
    message({ creator: opaque(msp.SerializedIdentity, serializedIdentity), nonce: bytes }),
);
const channelHeader = message({
    channel_id: text,
    epoch: uint64,
    extension: opaque(protos.ChaincodeHeaderExtension, message({})),
    timestamp,
    tls_cert_hash: bytes,
    tx_id: text,
    type: number,
    version: number,
});
const header = message({
    channel_header: opaque(common.ChannelHeader, channelHeader),
    signature_header: signatureHeader,
});

function envelope(data: Shape): Shape {
    return message({ payload: opaque(common.Payload, message({ data, header })), signature: bytes });
}

const configUpdate = message({
    channel_id: text,
    isolated_data: map(bytes),
    read_set: groupShape,
    write_set: groupShape,
});
const configUpdateEnvelope = message({
    config_update: opaque(common.ConfigUpdate, configUpdate),
    signatures: list(message({ signature: bytes, signature_header: signatureHeader })),
});
const configEnvelope = message({
    config: message({ channel_group: groupShape, sequence: uint64 }),
    last_update: envelope(opaque(common.ConfigUpdateEnvelope, configUpdateEnvelope)),
});
const blockShape = message({
    data: message({ data: list(opaque(common.Envelope, envelope(opaque(common.ConfigEnvelope, configEnvelope)))) }),
    header: message({ data_hash: bytes, number: uint64, previous_hash: bytes }),
    metadata: message({ metadata: list(bytes) }),
});
