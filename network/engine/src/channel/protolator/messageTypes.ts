// SPDX-License-Identifier: Apache-2.0
import type { Decodable, Encodable } from '../../wire/decode.js';
import { common, etcdraft, msp, orderer, protos, smartbft } from '../../wire/protobuf.js';
import * as configs from './configShapes.js';
import * as envelopes from './envelopeShapes.js';
import { channelHeader, header, signatureHeader } from './headerShapes.js';
import { implicitMetaPolicy, policy, serializedIdentity, signaturePolicy } from './policyShapes.js';
import type { Shape } from './shape.js';
import { transaction } from './transactionShapes.js';

export interface MessageType {
    readonly type: Decodable<unknown> & Encodable<never>;
    readonly shape: Shape;
}

/** The messages that configtxlator translates, by their full names in Fabric's protocol. */
export const messageTypes: ReadonlyMap<string, MessageType> = new Map(
    Object.entries<MessageType>({
        'common.Block': { type: common.Block, shape: envelopes.block },
        'common.Capabilities': { type: common.Capabilities, shape: configs.capabilities },
        'common.ChannelHeader': { type: common.ChannelHeader, shape: channelHeader },
        'common.Config': { type: common.Config, shape: configs.config },
        'common.ConfigEnvelope': { type: common.ConfigEnvelope, shape: envelopes.configEnvelope },
        'common.ConfigGroup': { type: common.ConfigGroup, shape: configs.configGroup },
        'common.ConfigPolicy': { type: common.ConfigPolicy, shape: configs.configPolicy },
        'common.ConfigUpdate': { type: common.ConfigUpdate, shape: configs.configUpdate },
        'common.ConfigUpdateEnvelope': { type: common.ConfigUpdateEnvelope, shape: envelopes.configUpdateEnvelope },
        'common.Envelope': { type: common.Envelope, shape: envelopes.envelope },
        'common.Header': { type: common.Header, shape: header },
        'common.ImplicitMetaPolicy': { type: common.ImplicitMetaPolicy, shape: implicitMetaPolicy },
        'common.OrdererAddresses': { type: common.OrdererAddresses, shape: configs.addresses },
        'common.Orderers': { type: common.Orderers, shape: configs.numberedOrderers },
        'common.Payload': { type: common.Payload, shape: envelopes.payload },
        'common.Policy': { type: common.Policy, shape: policy },
        'common.SignatureHeader': { type: common.SignatureHeader, shape: signatureHeader },
        'common.SignaturePolicyEnvelope': { type: common.SignaturePolicyEnvelope, shape: signaturePolicy },
        'etcdraft.ConfigMetadata': { type: etcdraft.ConfigMetadata, shape: configs.raftMetadata },
        'msp.FabricMSPConfig': { type: msp.FabricMSPConfig, shape: configs.fabricMspConfig },
        'msp.MSPConfig': { type: msp.MSPConfig, shape: configs.mspConfig },
        'msp.SerializedIdentity': { type: msp.SerializedIdentity, shape: serializedIdentity },
        'orderer.BatchSize': { type: orderer.BatchSize, shape: configs.batchSize },
        'orderer.BatchTimeout': { type: orderer.BatchTimeout, shape: configs.batchTimeout },
        'orderer.ConsensusType': { type: orderer.ConsensusType, shape: configs.consensusType },
        'orderer.smartbft.Options': { type: smartbft.Options, shape: configs.bftOptions },
        'protos.ACLs': { type: protos.ACLs, shape: configs.accessControlLists },
        'protos.AnchorPeers': { type: protos.AnchorPeers, shape: configs.anchorPeers },
        'protos.Transaction': { type: protos.Transaction, shape: transaction },
    }),
);
