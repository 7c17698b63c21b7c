// SPDX-License-Identifier: Apache-2.0
import { readCollections } from '@power-currency/engine/commands/peer/lifecycle/collections.js';
import { parsePolicyText } from '@power-currency/engine/policy/policyText.js';
import { memberOrganisations } from '@power-currency/engine/privateData/collectionMembers.js';
import { commercialCollection, founding } from '@power-currency/domain';
import { join } from 'node:path';

const { config = [] } = readCollections(join(__dirname, '../collections.json'));
const collection = config?.[0]?.staticCollectionConfig;
const { name, members, endorsers } = commercialCollection;

describe('the private data collection that the network deploys', () => {
    it('is the one that the rules know, and the only one', () => {
        expect(config).toHaveLength(1);
        expect(collection?.name).toBe(name);
        const memberPolicy = collection?.memberOrgsPolicy?.signaturePolicy ?? {};
        expect([...memberOrganisations({ memberPolicy })].sort()).toEqual([...members].sort());
    });

    it('is read and written on behalf of members alone, and kept for good', () => {
        expect(collection).toMatchObject({ memberOnlyRead: true, memberOnlyWrite: true });
        expect(collection?.blockToLive).toBeUndefined();
    });

    it('needs the endorsement of every member that endorses [V48]', () => {
        const all = endorsers.map((mspId) => `'${mspId}.peer'`).join(', ');
        expect(collection?.endorsementPolicy?.signaturePolicy).toEqual(parsePolicyText(`AND(${all})`));
        const allowed = founding.members.filter(({ attesterRole }) => attesterRole !== null).map(({ mspId }) => mspId);
        expect(allowed).toEqual(expect.arrayContaining([...endorsers]));
    });

    it('sends each value to every other member’s peer', () => {
        expect(collection?.maximumPeerCount).toBe(members.length - 1);
    });
});
