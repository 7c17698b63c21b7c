// SPDX-License-Identifier: Apache-2.0
import { MspManager } from '../identity/mspManager.js';
import type { SigningIdentity } from '../identity/signingIdentity.js';
import { PolicyError, type Policy } from './policy.js';
import { parsePolicyText } from './policyText.js';
import { signaturePolicy } from './signaturePolicy.js';
import { signedBy, TestOrganisation } from './testing/testOrganisation.js';

const a = new TestOrganisation('A');
const b = new TestOrganisation('B');
const stranger = new TestOrganisation('A').member('peer');
const msps = new MspManager([a.msp, b.msp]);
const who = {
    peerA: a.member('peer'),
    peerA2: a.member('peer'),
    peerB: b.member('peer'),
    clientA: a.member('client'),
    adminA: a.member('admin'),
};

function isSatisfied(policy: Policy, signers: readonly SigningIdentity[]): boolean {
    try {
        policy.evaluate(signers.map((signer) => signedBy(signer)));
        return true;
    } catch (error) {
        expect(error).toBeInstanceOf(PolicyError);
        expect((error as Error).message).toBe('signature set did not satisfy policy');
        return false;
    }
}

test.each([
    ["AND('A.member','A.admin')", ['adminA', 'clientA'], false],
    ["AND('A.member','A.admin')", ['clientA', 'adminA'], true],
    ["AND('A.peer','A.peer')", ['peerA'], false],
    ["AND('A.peer','A.peer')", ['peerA', 'peerA'], false],
    ["AND('A.peer','A.peer')", ['peerA', 'peerA2'], true],
    ["AND(OR('A.peer','B.peer'),'B.peer')", ['peerA', 'peerB'], false],
    ["AND('B.peer',OR('A.peer','B.peer'))", ['peerA', 'peerB'], true],
    ["OutOf(0,'A.peer')", [], true],
    ["OutOf(2,'A.peer')", ['peerA', 'peerA2'], false],
    ["AND(OutOf(1,'A.peer','B.peer'),OutOf(1,'A.peer','B.peer'))", ['peerA', 'peerB'], false],
    ["OutOf(2,'A.peer','B.peer','A.admin')", ['peerA', 'adminA'], true],
    ["OR('A.peer')", ['clientA'], false],
] as const)('%s with %j gives %s', (text, names, expected) => {
    const policy = signaturePolicy(parsePolicyText(text), msps);
    expect(
        isSatisfied(
            policy,
            names.map((name) => who[name]),
        ),
    ).toBe(expected);
});

test('what a failed gate consumed is free again', () => {
    const policy = signaturePolicy(parsePolicyText("OR(AND('A.peer','B.peer'),'A.peer')"), msps);
    expect(isSatisfied(policy, [who.peerA])).toBe(true);
});

describe('signatures', () => {
    const policy = signaturePolicy(parsePolicyText("OR('A.peer')"), msps);
    const good = signedBy(who.peerA);

    test('that do not verify count for nothing and do not spoil a later good one', () => {
        const bad = { ...good, data: Buffer.from('other data') };
        expect(() => {
            policy.evaluate([bad]);
        }).toThrow('signature set did not satisfy policy');
        expect(() => {
            policy.evaluate([bad, good]);
        }).not.toThrow();
    });

    test('of strangers and of garbage are passed over', () => {
        expect(isSatisfied(policy, [stranger])).toBe(false);
        expect(isSatisfied(policy, [stranger, who.peerA])).toBe(true);
        expect(() => {
            policy.evaluate([{ ...good, identity: Buffer.from('garbage') }]);
        }).toThrow(PolicyError);
    });

    test('of identities checked before need no signature', () => {
        expect(() => {
            policy.evaluateIdentities([msps.deserialize(who.peerA.serialized)]);
        }).not.toThrow();
    });
});

test.each([
    [{ version: 1 }, 'This evaluator only understands messages of version 0, but version was 1'],
    [
        { rule: { signedBy: 3 }, identities: [{}, {}] },
        'identity index out of range, requested 3, but identities length is 2',
    ],
    [{ rule: { signedBy: -1 }, identities: [{}] }, 'identity index out of range, requested -1'],
    [{}, 'Empty policy element'],
    [{ rule: { nOutOf: { n: 1, rules: [{}] } } }, 'Empty policy element'],
])('%j does not compile', (envelope, text) => {
    expect(() => signaturePolicy(envelope, msps)).toThrow(text);
});
