// SPDX-License-Identifier: Apache-2.0
import { MspManager } from '../identity/mspManager.js';
import { encode } from '../wire/decode.js';
import { common } from '../wire/protobuf.js';
import { applicationPolicy } from './applicationPolicy.js';
import { ImplicitMetaRule } from './implicitMetaPolicy.js';
import { parsePolicyText } from './policyText.js';
import { PolicyTree, PolicyType } from './policyTree.js';
import { signedBy, TestOrganisation } from './testing/testOrganisation.js';

const organisations = ['A', 'B', 'C', 'D'].map((mspId) => new TestOrganisation(mspId));
const admins = organisations.map((organisation) => signedBy(organisation.member('admin')));
const msps = new MspManager(organisations.map(({ msp }) => msp));

function signature(text: string): common.ConfigPolicy.$Properties {
    return {
        policy: { type: PolicyType.SIGNATURE, value: encode(common.SignaturePolicyEnvelope, parsePolicyText(text)) },
    };
}

function meta(rule: keyof typeof ImplicitMetaRule, subPolicy: string): common.ConfigPolicy.$Properties {
    const value = encode(common.ImplicitMetaPolicy, { rule: ImplicitMetaRule[rule], subPolicy });
    return { policy: { type: PolicyType.IMPLICIT_META, value } };
}

function member(mspId: string): common.ConfigGroup.$Properties {
    return { policies: { Admins: signature(`OR('${mspId}.admin')`) } };
}

function channel(groups: Record<string, common.ConfigGroup.$Properties>): PolicyTree {
    const rules = ['ANY', 'ALL', 'MAJORITY'] as const;
    const policies = Object.fromEntries(rules.map((rule) => [rule, meta(rule, 'Admins')]));
    return new PolicyTree(
        { groups: { Application: { groups, policies } }, policies: { Own: meta('ANY', 'Org1/Admins') } },
        msps,
    );
}

/** The least number of administrators that satisfies a policy of the Application group. */
function threshold(tree: PolicyTree, rule: string, groups: number): number {
    const counts = Array.from({ length: groups + 1 }, (_, count) => count);
    return (
        counts.find((count) => {
            try {
                tree.getOrReject(`/Channel/Application/${rule}`).evaluate(admins.slice(0, count));
                return true;
            } catch {
                return false;
            }
        }) ?? Number.NaN
    );
}

function groupsOf(count: number): Record<string, common.ConfigGroup.$Properties> {
    return Object.fromEntries(organisations.slice(0, count).map(({ mspId }) => [`Org${mspId}`, member(mspId)]));
}

test.each([
    [0, 0, 0, 0],
    [1, 1, 1, 1],
    [2, 1, 2, 2],
    [3, 1, 3, 2],
    [4, 1, 4, 3],
])('with %i groups ANY needs %i, ALL %i and MAJORITY %i', (count, any, all, majority) => {
    const tree = channel(groupsOf(count));
    expect([threshold(tree, 'ANY', count), threshold(tree, 'ALL', count), threshold(tree, 'MAJORITY', count)]).toEqual([
        any,
        all,
        majority,
    ]);
});

test('a group without the policy counts in the total and never satisfies', () => {
    const tree = channel({ ...groupsOf(2), OrgC: {} });
    expect(threshold(tree, 'MAJORITY', 3)).toBe(2);
    expect(() => {
        tree.getOrReject('/Channel/Application/ALL').evaluate(admins);
    }).toThrow(
        "implicit policy evaluation failed - 2 sub-policies were satisfied, but this policy requires 3 of the 'Admins' sub-policies to be satisfied",
    );
});

test('policies are found by absolute and by relative path, and nowhere else', () => {
    const tree = channel(groupsOf(2));
    expect(tree.get('/Channel/Application/OrgA/Admins')).toBeDefined();
    expect(tree.get('Application/OrgA/Admins')).toBe(tree.get('/Channel/Application/OrgA/Admins'));
    expect(tree.group('Application')?.get('OrgA/Admins')).toBe(tree.get('/Channel/Application/OrgA/Admins'));
    for (const path of [
        '/Channel/Nope',
        '/Other/Application/ANY',
        'Application',
        '',
        '/',
        '/Channel/Application/OrgZ/Admins',
    ]) {
        expect(tree.get(path)).toBeUndefined();
        expect(() => {
            tree.getOrReject(path).evaluate(admins);
        }).toThrow(`no such policy: '${path}'`);
    }
});

test.each([
    [{ type: 2 }, 'policy P at path Channel did not compile: unknown policy type: 2'],
    [
        { type: 1, value: Buffer.of(0xff) },
        'policy P at path Channel did not compile: error unmarshalling SignaturePolicyEnvelope',
    ],
    [
        { type: 3, value: Buffer.of(0x10, 9) },
        'policy P at path Channel did not compile: unknown implicit meta policy rule 9',
    ],
])('%j does not compile', (policy, text) => {
    expect(() => new PolicyTree({ groups: { X: {} }, policies: { P: { policy } } }, msps)).toThrow(text);
});

describe('the policy of a chaincode', () => {
    const tree = channel(groupsOf(2));

    test('may be one of its own', () => {
        const bytes = encode(common.ApplicationPolicy, { signaturePolicy: parsePolicyText("OR('A.admin')") });
        const policy = applicationPolicy(bytes, tree, msps);
        expect(() => {
            policy.evaluate(admins.slice(0, 1));
        }).not.toThrow();
        expect(() => {
            policy.evaluate(admins.slice(1));
        }).toThrow('signature set did not satisfy policy');
    });

    test('may be one of the channel', () => {
        expect(applicationPolicy({ channelConfigPolicyReference: '/Channel/Application/ALL' }, tree, msps)).toBe(
            tree.get('/Channel/Application/ALL'),
        );
    });

    test.each([
        [
            { channelConfigPolicyReference: '/Channel/Application/Nope' },
            'failed to retrieve policy for reference /Channel/Application/Nope',
        ],
        [{}, 'unsupported policy type'],
        [Buffer.of(0xff), 'error unmarshalling ApplicationPolicy bytes'],
    ])('is refused if it is %j', (policy, text) => {
        expect(() => applicationPolicy(policy, tree, msps)).toThrow(text);
    });
});
