// SPDX-License-Identifier: Apache-2.0
import { parsePolicyText } from '../policy/policyText.js';
import { encode } from '../wire/decode.js';
import { common, type protos } from '../wire/protobuf.js';
import type { PlanningChannel } from './endorsementPlan.js';
import { planEndorsement } from './endorsementPlan.js';
import type { PeerEndorser } from './peerEndorser.js';

const signaturePolicy = (text: string): common.ApplicationPolicy.$Properties => ({
    signaturePolicy: parsePolicyText(text),
});
const members = (text: string): protos.StaticCollectionConfig.$Properties => ({
    memberOrgsPolicy: { signaturePolicy: parsePolicyText(text) },
});
const config = [
    { staticCollectionConfig: { name: 'plain', ...members("OR('A.member','B.member')") } },
    {
        staticCollectionConfig: {
            name: 'own',
            ...members("OR('B.member','C.member')"),
            endorsementPolicy: signaturePolicy("OR('B.peer','C.peer')"),
        },
    },
];
const planning = {
    channel: { ledger: { channelId: 'test' }, configuration: () => ({}) },
    definitionOf: () => ({
        collections: { config },
        validationParameter: encode(common.ApplicationPolicy, signaturePolicy("OR('A.peer','B.peer','C.peer')")),
    }),
} as unknown as PlanningChannel;
const peers = ['A', 'B', 'C'].map((mspId) => ({ mspId })) as PeerEndorser[];

function plan(...chaincodes: protos.ChaincodeCall.$Properties[]): string[] {
    const combinations = planEndorsement(planning, { chaincodes }, peers);
    return combinations.map((combination) => [...combination.keys()].sort().join('')).sort();
}

const call = (collection: string, noPrivateReads: boolean): protos.ChaincodeCall.$Properties => ({
    name: 'cc',
    collectionNames: [collection],
    noPrivateReads,
});

test('a private write needs the collection’s policy, else its chaincode’s', () => {
    expect(plan({ name: 'cc' })).toEqual(['A', 'B', 'C']);
    expect(plan(call('plain', true))).toEqual(['A', 'B', 'C']);
    expect(plan(call('own', true))).toEqual(['B', 'C']);
});

test('whoever endorses a private read has to be a member', () => {
    expect(plan(call('plain', false))).toEqual(['A', 'B']);
    expect(plan(call('plain', false), call('own', true))).toEqual(['B']);
    expect(plan(call('plain', false), call('own', false))).toEqual(['B']);
});

test('a collection that is not there has no readers', () => {
    expect(() => plan(call('absent', false))).toThrow(
        "collection absent doesn't exist in collection config for chaincode cc",
    );
});
