// SPDX-License-Identifier: Apache-2.0
import { asBuffer, decode } from '../wire/decode.js';
import { common } from '../wire/protobuf.js';
import { IdentityError, withContext } from './identityError.js';
import type { NodeRole, OrganizationalUnitRules, UnitsOfIdentity } from './organizationalUnits.js';

/** common.MSPPrincipal.Classification */
export const PrincipalKind = { ROLE: 0, ORGANIZATION_UNIT: 1, IDENTITY: 2, ANONYMITY: 3, COMBINED: 4 } as const;

/** common.MSPRole.MSPRoleType */
export const MspRole = { MEMBER: 0, ADMIN: 1, CLIENT: 2, PEER: 3, ORDERER: 4 } as const;

/** What an MSP lets a principal be checked against. */
export interface PrincipalSubject {
    readonly mspId: string;
    readonly unitRules: OrganizationalUnitRules;
    readonly isListedAdmin: boolean;
    units(): UnitsOfIdentity;
    validate(): void;
    /** Throws unless the serialised identity is the subject itself, and valid. */
    validateIfSame(serialized: Buffer): void;
}

/** Throws IdentityError, with Fabric's text, unless the subject is what the principal describes (msp/mspimpl.go). */
export function checkPrincipal(subject: PrincipalSubject, principal: common.MSPPrincipal.$Properties): void {
    const kind = principal.principalClassification ?? 0;
    const bytes = asBuffer(principal.principal);
    switch (kind) {
        case PrincipalKind.ROLE:
            checkRole(subject, bytes);
            return;
        case PrincipalKind.ORGANIZATION_UNIT:
            checkUnit(subject, bytes);
            return;
        case PrincipalKind.IDENTITY:
            withContext('invalid identity principal, not a certificate', () => {
                subject.validateIfSame(bytes);
            });
            return;
        case PrincipalKind.ANONYMITY:
            checkAnonymity(bytes);
            return;
        case PrincipalKind.COMBINED:
            checkCombined(subject, bytes);
            return;
        default:
            throw new IdentityError(`invalid principal type ${String(kind)}`);
    }
}

function checkRole(subject: PrincipalSubject, bytes: Buffer): void {
    const { mspIdentifier, role } = decode(common.MSPRole, bytes, 'MSPRole');
    checkSameMsp(subject, mspIdentifier);
    switch (role) {
        case MspRole.MEMBER:
            subject.validate();
            return;
        case MspRole.ADMIN:
            if (!subject.isListedAdmin) {
                checkNodeRole(subject, 'admin', 'an admin');
            }
            return;
        case MspRole.CLIENT:
            checkNodeRole(subject, 'client', 'a [CLIENT]');
            return;
        case MspRole.PEER:
            checkNodeRole(subject, 'peer', 'a [PEER]');
            return;
        case MspRole.ORDERER:
            if (!subject.unitRules.hasNodeRoles) {
                throw new IdentityError(`invalid MSP role type ${String(role)}`);
            }
            checkNodeRole(subject, 'orderer', 'a [ORDERER]');
            return;
        default:
            throw new IdentityError(`invalid MSP role type ${String(role)}`);
    }
}

function checkNodeRole(subject: PrincipalSubject, role: NodeRole, noun: string): void {
    withContext(`The identity is not valid under this MSP [${subject.mspId}]`, () => {
        subject.validate();
    });
    withContext(`The identity is not ${noun} under this MSP [${subject.mspId}]`, () => {
        subject.unitRules.checkRole(subject.units(), role);
    });
}

function checkUnit(subject: PrincipalSubject, bytes: Buffer): void {
    const unit = decode(common.OrganizationUnit, bytes, 'OrganizationUnit');
    checkSameMsp(subject, unit.mspIdentifier);
    subject.validate();
    const { names, certifiers } = subject.units();
    if (!names.includes(unit.organizationalUnitIdentifier) || !certifiers.equals(asBuffer(unit.certifiersIdentifier))) {
        throw new IdentityError('The identities do not match');
    }
}

function checkAnonymity(bytes: Buffer): void {
    const { anonymityType } = decode(common.MSPIdentityAnonymity, bytes, 'MSPIdentityAnonymity');
    if (anonymityType === 1) {
        throw new IdentityError('principal is anonymous, but X.509 MSP does not support anonymous identities');
    }
    if (anonymityType !== 0) {
        throw new IdentityError(`unknown principal anonymity type: ${String(anonymityType)}`);
    }
}

function checkCombined(subject: PrincipalSubject, bytes: Buffer): void {
    const { principals } = decode(common.CombinedPrincipal, bytes, 'CombinedPrincipal');
    if (principals.length === 0) {
        throw new IdentityError('No principals in CombinedPrincipal');
    }
    for (const principal of principals) {
        checkPrincipal(subject, principal);
    }
}

function checkSameMsp({ mspId }: PrincipalSubject, expected: string): void {
    if (expected !== mspId) {
        throw new IdentityError(`the identity is a member of a different MSP (expected ${expected}, got ${mspId})`);
    }
}
