// SPDX-License-Identifier: Apache-2.0
import { encode } from '../../wire/decode.js';
import { common, msp } from '../../wire/protobuf.js';
import { type Msp } from '../msp.js';
import { testCertificate, type TestCertificate, type TestCertificateOptions } from './testCertificate.js';

/** The authority of organisation A, which the helpers below are about. */
export const ca = testCertificate({ name: 'ca.a', isCa: true });
export const roles = ['client', 'peer', 'admin', 'orderer'] as const;

export function nodeOus(pin?: Buffer): msp.FabricNodeOUs.$Properties {
    const unit = (name: string) => ({
        organizationalUnitIdentifier: name,
        ...(pin === undefined ? {} : { certificate: pin }),
    });
    return {
        enable: true,
        clientOuIdentifier: unit('client'),
        peerOuIdentifier: unit('peer'),
        adminOuIdentifier: unit('admin'),
        ordererOuIdentifier: unit('orderer'),
    };
}

export function config(changes: msp.FabricMSPConfig.$Properties = {}): msp.FabricMSPConfig.$Properties {
    return { name: 'A', rootCerts: [ca.pem], fabricNodeOus: nodeOus(ca.pem), ...changes };
}

export function leaf(options: Partial<TestCertificateOptions> = {}): TestCertificate {
    return testCertificate({ name: 'leaf', organizationalUnits: ['client'], issuer: ca, ...options });
}

export function serialized(pem: Uint8Array, mspid = 'A'): Buffer {
    return encode(msp.SerializedIdentity, { mspid, idBytes: pem });
}

/** How a certificate fares: undefined if it is a valid identity, else the text of the refusal. */
export function refusal(rules: Msp, { pem }: { pem: Uint8Array }): string | undefined {
    try {
        rules.validate(rules.deserialize(pem, serialized(pem)));
        return undefined;
    } catch (error) {
        return (error as Error).message;
    }
}

export function satisfies(
    rules: Msp,
    { pem }: { pem: Uint8Array },
    principal: common.MSPPrincipal.$Properties,
): string | undefined {
    try {
        rules.satisfiesPrincipal(rules.deserialize(pem, serialized(pem)), principal);
        return undefined;
    } catch (error) {
        return (error as Error).message;
    }
}

export function rolePrincipal(role: number, mspIdentifier = 'A'): common.MSPPrincipal.$Properties {
    return { principal: encode(common.MSPRole, { mspIdentifier, role }) };
}
