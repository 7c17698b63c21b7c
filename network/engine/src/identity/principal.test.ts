// SPDX-License-Identifier: Apache-2.0
import { encode } from '../wire/decode.js';
import { sha256 } from '../wire/hashing.js';
import { common } from '../wire/protobuf.js';
import { Msp } from './msp.js';
import { MspRole, PrincipalKind } from './principal.js';
import { withOtherSignatureForm, type TestCertificate } from './testing/testCertificate.js';
import { ca, config, leaf, rolePrincipal, roles, satisfies, serialized } from './testing/testMsp.js';

const rules = Msp.fromConfig(config());

describe('principals', () => {
    const byRole = Object.fromEntries(roles.map((role) => [role, leaf({ organizationalUnits: [role] })])) as Record<
        (typeof roles)[number],
        TestCertificate
    >;

    test('a role is told by its unit', () => {
        for (const [name, certificate] of Object.entries(byRole)) {
            expect(satisfies(rules, certificate, rolePrincipal(MspRole.MEMBER))).toBeUndefined();
            for (const other of roles) {
                const text = satisfies(
                    rules,
                    certificate,
                    rolePrincipal(MspRole[other.toUpperCase() as keyof typeof MspRole]),
                );
                expect(text === undefined).toBe(name === other);
            }
        }
        expect(satisfies(rules, byRole.client, rolePrincipal(MspRole.PEER))).toBe(
            'The identity is not a [PEER] under this MSP [A]: The identity does not contain OU [PEER], MSP: [A]',
        );
        expect(satisfies(rules, byRole.client, rolePrincipal(MspRole.ADMIN))).toContain(
            'The identity is not an admin under this MSP [A]: ',
        );
    });

    test('of another MSP are not satisfied', () => {
        expect(satisfies(rules, byRole.peer, rolePrincipal(MspRole.PEER, 'B'))).toBe(
            'the identity is a member of a different MSP (expected B, got A)',
        );
    });

    test('a listed administrator with the client unit is member, administrator and client', () => {
        const listed = Msp.fromConfig(config({ admins: [byRole.client.pem] }));
        for (const role of [MspRole.MEMBER, MspRole.ADMIN, MspRole.CLIENT]) {
            expect(satisfies(listed, byRole.client, rolePrincipal(role))).toBeUndefined();
        }
        expect(satisfies(listed, byRole.client, rolePrincipal(MspRole.PEER))).toBeDefined();
    });

    test('without NodeOUs there are only members and listed administrators', () => {
        const plain = Msp.fromConfig(config({ fabricNodeOus: null, admins: [byRole.admin.pem] }));
        expect(satisfies(plain, byRole.admin, rolePrincipal(MspRole.ADMIN))).toBeUndefined();
        expect(satisfies(plain, byRole.peer, rolePrincipal(MspRole.MEMBER))).toBeUndefined();
        expect(satisfies(plain, byRole.peer, rolePrincipal(MspRole.PEER))).toContain(
            'NodeOUs not activated. Cannot tell apart identities.',
        );
        expect(satisfies(plain, byRole.orderer, rolePrincipal(MspRole.ORDERER))).toBe('invalid MSP role type 4');
    });

    test('an organisational unit counts with its branch', () => {
        const unit = (certifiersIdentifier: Buffer) => ({
            principalClassification: PrincipalKind.ORGANIZATION_UNIT,
            principal: encode(common.OrganizationUnit, {
                mspIdentifier: 'A',
                organizationalUnitIdentifier: 'client',
                certifiersIdentifier,
            }),
        });
        expect(satisfies(rules, byRole.client, unit(sha256(ca.der)))).toBeUndefined();
        expect(satisfies(rules, byRole.client, unit(sha256(Buffer.of(1))))).toBe('The identities do not match');
        expect(satisfies(rules, byRole.peer, unit(sha256(ca.der)))).toBe('The identities do not match');
    });

    test('an identity is compared by certificate, in either form', () => {
        const exactly = (pem: Buffer) => ({
            principalClassification: PrincipalKind.IDENTITY,
            principal: serialized(pem),
        });
        expect(satisfies(rules, byRole.client, exactly(withOtherSignatureForm(byRole.client)))).toBeUndefined();
        expect(satisfies(rules, byRole.client, exactly(byRole.peer.pem))).toContain('The identities do not match');
    });

    test('combined ones must all hold, and there must be one', () => {
        const combined = (...principals: common.MSPPrincipal.$Properties[]) => ({
            principalClassification: PrincipalKind.COMBINED,
            principal: encode(common.CombinedPrincipal, { principals }),
        });
        expect(satisfies(rules, byRole.peer, combined(rolePrincipal(0), rolePrincipal(MspRole.PEER)))).toBeUndefined();
        expect(satisfies(rules, byRole.peer, combined(rolePrincipal(0), rolePrincipal(MspRole.CLIENT)))).toBeDefined();
        expect(satisfies(rules, byRole.peer, combined())).toBe('No principals in CombinedPrincipal');
    });

    test('anonymity is not to be had', () => {
        const anonymity = (anonymityType: number) => ({
            principalClassification: PrincipalKind.ANONYMITY,
            principal: encode(common.MSPIdentityAnonymity, { anonymityType }),
        });
        expect(satisfies(rules, byRole.peer, anonymity(0))).toBeUndefined();
        expect(satisfies(rules, byRole.peer, anonymity(1))).toContain('principal is anonymous');
        expect(satisfies(rules, byRole.peer, { principalClassification: 9 })).toBe('invalid principal type 9');
    });
});
