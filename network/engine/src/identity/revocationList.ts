// SPDX-License-Identifier: Apache-2.0
import { verify, type KeyObject } from 'node:crypto';
import { DerTag, derAt, derChildren, readDer, type DerValue } from '../wire/der.js';
import type { Certificate } from './certificate.js';
import { readAuthorityKeyId } from './certificateExtensions.js';
import { IdentityError } from './identityError.js';
import { firstPemBlock } from './pem.js';

/** The hash that a signature algorithm's object identifier (in hex) stands for; null: the algorithm has its own. */
const hashOfAlgorithm: Readonly<Record<string, string | null>> = {
    '2a8648ce3d040302': 'sha256',
    '2a8648ce3d040303': 'sha384',
    '2a8648ce3d040304': 'sha512',
    '2a864886f70d01010b': 'sha256',
    '2a864886f70d01010c': 'sha384',
    '2a864886f70d01010d': 'sha512',
    '2b6570': null, // Ed25519
};

/** A certificate revocation list (RFC 5280 §5). Its dates are not looked at, as in Fabric. */
export class RevocationList {
    readonly authorityKeyId: Buffer | undefined;
    private readonly signed: Buffer;
    private readonly algorithm: string;
    private readonly signature: Buffer;
    private readonly serials: ReadonlySet<string>;

    constructor(bytes: Uint8Array) {
        const der = firstPemBlock(bytes) ?? Buffer.from(bytes);
        const parts = derChildren(readDer(der));
        const list = derAt(parts, 0, DerTag.SEQUENCE);
        const fields = derChildren(list);
        this.signed = list.raw;
        this.algorithm = derAt(derChildren(derAt(parts, 1)), 0, DerTag.OID).content.toString('hex');
        this.signature = derAt(parts, 2, DerTag.BIT_STRING).content.subarray(1);
        this.authorityKeyId = readAuthorityKeyId(fields.find(({ tag }) => tag === 0xa0));
        this.serials = new Set(revokedEntries(fields).map((entry) => serialOf(entry)));
    }

    /** True if the issuer of a certificate says here, under its signature, that it is revoked. */
    revokes(certificate: Certificate, issuer: Certificate): boolean {
        const issuerKeyId = issuer.extensions.subjectKeyId;
        if (this.authorityKeyId === undefined) {
            throw new IdentityError(
                'could not obtain Authority Key Identifier for crl: authorityKeyIdentifier not found in certificate',
            );
        }
        return (
            issuerKeyId?.equals(this.authorityKeyId) === true &&
            this.serials.has(certificate.serialNumber.toString('hex')) &&
            this.isSignedBy(issuer.publicKey)
        );
    }

    private isSignedBy(key: KeyObject): boolean {
        const hash = hashOfAlgorithm[this.algorithm];
        return hash !== undefined && verify(hash, this.signed, key, this.signature);
    }
}

/** The list of entries is the sequence of sequences that follows the times; it is absent when nothing is revoked. */
function revokedEntries(fields: readonly DerValue[]): DerValue[] {
    const isTime = ({ tag }: DerValue): boolean => tag === 0x17 || tag === 0x18;
    const afterTimes = fields.findLastIndex(isTime) + 1;
    const entries = fields[afterTimes];
    return entries?.tag === DerTag.SEQUENCE ? derChildren(entries) : [];
}

function serialOf(entry: DerValue): string {
    return derAt(derChildren(entry), 0, DerTag.INTEGER).content.toString('hex');
}
