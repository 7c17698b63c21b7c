// SPDX-License-Identifier: Apache-2.0
import { Msp } from '../../identity/msp.js';
import { SigningIdentity } from '../../identity/signingIdentity.js';
import { testCertificate } from '../../identity/testing/testCertificate.js';
import type { SignedData } from '../../wire/envelope.js';

/** An organisation with as many members of each role as a test asks for. */
export class TestOrganisation {
    readonly mspId: string;
    readonly msp: Msp;
    private readonly ca;

    constructor(mspId: string) {
        this.mspId = mspId;
        this.ca = testCertificate({ name: `ca.${mspId}`, isCa: true });
        const unit = (name: string) => ({ organizationalUnitIdentifier: name });
        this.msp = Msp.fromConfig({
            name: mspId,
            rootCerts: [this.ca.pem],
            fabricNodeOus: {
                enable: true,
                clientOuIdentifier: unit('client'),
                peerOuIdentifier: unit('peer'),
                adminOuIdentifier: unit('admin'),
                ordererOuIdentifier: unit('orderer'),
            },
        });
    }

    member(role: string): SigningIdentity {
        const certificate = testCertificate({
            name: `${role}.${this.mspId}`,
            organizationalUnits: [role],
            issuer: this.ca,
        });
        return new SigningIdentity(this.mspId, certificate.pem.toString(), certificate.key);
    }
}

export function signedBy(signer: SigningIdentity, data = Buffer.from('data')): SignedData {
    return { data, identity: signer.serialized, signature: signer.sign(data) };
}
