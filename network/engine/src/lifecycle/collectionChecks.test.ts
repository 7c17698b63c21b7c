// SPDX-License-Identifier: Apache-2.0
import { MspManager } from '../identity/mspManager.js';
import { TestOrganisation } from '../policy/testing/testOrganisation.js';
import { parsePolicyText } from '../policy/policyText.js';
import type { protos } from '../wire/protobuf.js';
import { checkCollections } from './collectionChecks.js';

type Collection = protos.StaticCollectionConfig.$Properties;

const msps = new MspManager(['A', 'B'].map((mspId) => new TestOrganisation(mspId).msp));
const policy = (text: string): Collection => ({ memberOrgsPolicy: { signaturePolicy: parsePolicyText(text) } });
const valid: Collection = { name: 'c', maximumPeerCount: 1, ...policy("OR('A.member','B.member')") };

function check(proposed: readonly Collection[], committed: readonly Collection[] = []): () => void {
    const wrapped = (collections: readonly Collection[]): protos.CollectionConfigPackage.$Properties => ({
        config: collections.map((staticCollectionConfig) => ({ staticCollectionConfig })),
    });
    return () => {
        checkCollections(wrapped(proposed), wrapped(committed), msps);
    };
}

test.each<[string, Collection[], string]>([
    ['name', [{ ...valid, name: '_c' }], "invalid collection name '_c'. Names can only consist of"],
    ['repetition', [valid, valid], 'collection-name: c -- found duplicate in collection configuration'],
    [
        'peer counts',
        [{ ...valid, requiredPeerCount: 2 }],
        'collection-name: c -- maximum peer count (1) cannot be less than the required peer count (2)',
    ],
    [
        'negative count',
        [{ ...valid, requiredPeerCount: -1 }],
        'collection-name: c -- requiredPeerCount (-1) cannot be less than zero',
    ],
    ['missing policy', [{ name: 'c' }], "collection member policy is not set for collection 'c'"],
    ['empty policy', [{ name: 'c', memberOrgsPolicy: {} }], "collection member org policy is empty for collection 'c'"],
    [
        'policy without rule',
        [{ name: 'c', memberOrgsPolicy: { signaturePolicy: {} } }],
        "invalid member org policy for collection 'c': Empty policy element",
    ],
    [
        'policy of two signatures',
        [{ ...valid, ...policy("AND('A.member','B.member')") }],
        'collection-name: c -- error in member org policy: signature policy is not an OR concatenation, NOutOf 2',
    ],
    ['two signatures deep inside', [{ ...valid, ...policy("OR('A.member',AND('A.member','B.member'))") }], 'NOutOf 2'],
    [
        'stranger',
        [{ ...valid, ...policy("OR('A.member','Z.member')") }],
        "collection-name: c -- collection member 'Z' is not part of the channel",
    ],
])('refuses a collection for its %s', (_what, collections, text) => {
    expect(check(collections)).toThrow(text);
});

test('accepts collections that are new, changed or kept', () => {
    expect(check([valid, { ...valid, name: 'c-2_x' }])).not.toThrow();
    expect(
        check(
            [
                { ...valid, maximumPeerCount: 3 },
                { ...valid, name: 'd' },
            ],
            [valid],
        ),
    ).not.toThrow();
});

test('refuses to take a collection away, or to change how long its data lives', () => {
    expect(check([], [valid])).toThrow(
        'the proposed collection config does not contain previously defined collections',
    );
    expect(check([{ ...valid, name: 'd' }], [valid])).toThrow(
        'existing collection [c] missing in the proposed collection configuration',
    );
    expect(check([valid], [{ ...valid, blockToLive: 5 }])).toThrow(
        'the BlockToLive in an existing collection [c] modified. Existing value [5]',
    );
});
