// SPDX-License-Identifier: Apache-2.0
import { encode } from '@power-currency/engine/wire/decode.js';
import type { Signer } from '@power-currency/engine/wire/envelope.js';
import { common, lifecycle } from '@power-currency/engine/wire/protobuf.js';
import type { SeededRandom } from '../../scenarios/hostile/seededRandom';
import { judgedCode, judgedProposalResponse, type AllowedEnds } from '../answers';
import { chaincode } from '../deployment';
import { channelId, type Nodes, type Signers } from '../nodes';
import { forgeProposal, proposalLayers } from '../proposalForge';
import type { Service } from '../service';
import { call } from './transport';

const path = '/protos.Endorser/ProcessProposal';

/** core/endorser gives every refusal as a plain error, which grpc-go sends as UNKNOWN: these are all of them. */
const refusals = [
    'error unmarshalling \\w+: ',
    'failed parsing (proposal|header|signature header|channel header): error unmarshalling \\w+: ',
    'ChaincodeHeaderExtension\\.ChaincodeId(\\.Name)? is (nil|empty)$',
    'chaincode (invocation spec|input) did not contain ',
    'error validating proposal: (access denied: channel \\[|incorrectly computed txid |invalid header type )',
    'error validating proposal: (epoch is non-zero|(nonce|creator) is empty|empty (proposal|signature) bytes)$',
    'duplicate transaction found \\[',
    'proposal client identity expired$',
    'request unauthorized due to incorrect timestamp ',
    'Failed evaluating policy on signed data during check policy on channel \\[',
];
const ends: AllowedEnds = {
    OK: /^$/,
    Internal: /^grpc: error unmarshalling request: proto: /,
    Unknown: new RegExp(`^(${refusals.join('|')})`, 's'),
};

const text = (value: string): Buffer => Buffer.from(value);
const definition = {
    sequence: 2,
    name: chaincode,
    version: '2.0',
    validationParameter: encode(common.ApplicationPolicy, {
        channelConfigPolicyReference: '/Channel/Application/Endorsement',
    }),
};

/** What may be proposed: the stand-in chaincode, and functions of the system chaincodes with messages as arguments. */
const calls: readonly (readonly [channel: string, chaincode: string, ...args: readonly Buffer[]])[] = [
    [channelId, chaincode, text('put'), text('value')],
    [channelId, '_lifecycle', text('CheckCommitReadiness'), encode(lifecycle.CheckCommitReadinessArgs, definition)],
    [
        channelId,
        '_lifecycle',
        text('CommitChaincodeDefinition'),
        encode(lifecycle.CommitChaincodeDefinitionArgs, definition),
    ],
    [
        channelId,
        '_lifecycle',
        text('ApproveChaincodeDefinitionForMyOrg'),
        encode(lifecycle.ApproveChaincodeDefinitionForMyOrgArgs, definition),
    ],
    [
        channelId,
        '_lifecycle',
        text('QueryChaincodeDefinition'),
        encode(lifecycle.QueryChaincodeDefinitionArgs, { name: chaincode }),
    ],
    ['', '_lifecycle', text('QueryInstalledChaincodes'), Buffer.alloc(0)],
    ['', '_lifecycle', text('GetInstalledChaincodePackage'), Buffer.from([10, 3, 97, 58, 98])],
    ['', '_lifecycle', text('InstallChaincode'), Buffer.from([10, 4, 31, 139, 8, 0])],
    ['', 'cscc', text('GetChannels')],
    ['', 'cscc', text('JoinChain'), Buffer.from([10, 0])],
    [channelId, 'cscc', text('GetConfigBlock'), text(channelId)],
    [channelId, 'qscc', text('GetChainInfo'), text(channelId)],
    [channelId, 'qscc', text('GetBlockByNumber'), text(channelId), text('0')],
    [channelId, 'qscc', text('GetTransactionByID'), text(channelId), text('0000')],
];

/** A member signs most often. */
export function someSigner(random: SeededRandom, { user, admin, stranger, expired, orderer }: Signers): Signer {
    return random.pick([user, user, user, user, admin, admin, stranger, expired, orderer]);
}

export function endorserService({ signers, peer, toPeer }: Nodes): Service {
    const door = { services: peer.services, channel: toPeer };
    return {
        name: 'endorser',
        share: 170,
        layers: proposalLayers,
        attempt: async (change, random) => {
            const [channel, name, ...args] = random.pick(random.chance(2) ? calls.slice(0, 1) : calls);
            const signer = someSigner(random, signers);
            const { bytes } = forgeProposal({ signer, channelId: channel, chaincode: name, args }, change, random);
            const end = await call(door, path, [bytes], random);
            const code = judgedCode(path, end, ends);
            return end.answers[0] === undefined ? code : judgedProposalResponse(end.answers[0]);
        },
    };
}
