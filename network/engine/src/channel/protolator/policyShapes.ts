// SPDX-License-Identifier: Apache-2.0
import { MspRole, PrincipalKind } from '../../identity/principal.js';
import { ImplicitMetaRule } from '../../policy/implicitMetaPolicy.js';
import { PolicyType } from '../../policy/policyTree.js';
import { common, msp } from '../../wire/protobuf.js';
import { bytes, enumeration, lazily, list, message, number, oneOf, opaque, text, type Shape } from './shape.js';

export const serializedIdentity = message({ id_bytes: bytes, mspid: text });

const role = message({ msp_identifier: text, role: enumeration(MspRole) });
const unit = message({ certifiers_identifier: bytes, msp_identifier: text, organizational_unit_identifier: text });
const principals: Readonly<Record<number, Shape>> = {
    [PrincipalKind.ROLE]: opaque(common.MSPRole, role),
    [PrincipalKind.ORGANIZATION_UNIT]: opaque(common.OrganizationUnit, unit),
    [PrincipalKind.IDENTITY]: opaque(msp.SerializedIdentity, serializedIdentity),
};
const principal = message({
    principal: ({ principalClassification }) => principals[code(principalClassification)] ?? bytes,
    principal_classification: enumeration(PrincipalKind),
});

const rule: Shape = message({
    n_out_of: oneOf(message({ n: number, rules: list(lazily(() => rule)) })),
    signed_by: oneOf(number),
});
export const signaturePolicy = message({ identities: list(principal), rule, version: number });
export const implicitMetaPolicy = message({ rule: enumeration(ImplicitMetaRule), sub_policy: text });

const policies: Readonly<Record<number, Shape>> = {
    [PolicyType.SIGNATURE]: opaque(common.SignaturePolicyEnvelope, signaturePolicy),
    [PolicyType.IMPLICIT_META]: opaque(common.ImplicitMetaPolicy, implicitMetaPolicy),
};
export const policy = message({ type: number, value: ({ type }) => policies[code(type)] ?? bytes });

function code(value: unknown): number {
    return typeof value === 'number' ? value : 0;
}
