// SPDX-License-Identifier: Apache-2.0
import { sha256 } from '../wire/hashing.js';
import { Certificate } from './certificate.js';
import { uniqueChain, type TrustAnchors } from './certificateChain.js';
import { IdentityError, withContext } from './identityError.js';
import { RevocationList } from './revocationList.js';

/**
 * The certificate authorities of an organisation, checked when built (msp/mspimplsetup.go), and the rules for
 * certificates that hang under them (msp/mspimplvalidate.go).
 */
export class TrustTree {
    private readonly anchors: TrustAnchors;
    private readonly revocationLists: readonly RevocationList[];
    /** Authorities that another authority hangs under: they may not issue identities any more. */
    private readonly innerNodes: ReadonlySet<string>;

    constructor(rootPems: readonly Uint8Array[], intermediatePems: readonly Uint8Array[], crls: readonly Uint8Array[]) {
        const asWritten = { roots: distinct(rootPems), intermediates: distinct(intermediatePems) };
        this.anchors = {
            roots: asWritten.roots.map((root) => withLowSignature(root, asWritten)),
            intermediates: asWritten.intermediates.map((intermediate) => withLowSignature(intermediate, asWritten)),
        };
        this.revocationLists = crls.map((crl) =>
            withContext('could not parse RevocationList', () => new RevocationList(crl)),
        );
        const authorities = [...this.anchors.roots, ...this.anchors.intermediates];
        authorities.forEach((authority) => {
            this.checkAuthority(authority);
        });
        this.innerNodes = new Set(
            this.anchors.intermediates.flatMap((intermediate) => this.chain(intermediate).slice(1).map(rawKey)),
        );
    }

    /** The chain of any certificate, authorities included. */
    chain(certificate: Certificate): readonly Certificate[] {
        return uniqueChain(certificate, this.anchors);
    }

    /** The certificate in the form in which it is hashed and compared. */
    normalise(certificate: Certificate): Certificate {
        return withLowSignature(certificate, this.anchors);
    }

    /** Checks what makes a chain that of an identity: issued by an authority at the end of a branch, and not revoked. */
    checkIdentityChain(certificate: Certificate, chainOf: () => readonly Certificate[]): void {
        const chain = withContext('could not obtain certification chain', () =>
            this.identityChain(certificate, chainOf),
        );
        withContext('could not validate identity against certification chain', () => {
            this.checkRevocation(chain);
        });
    }

    /** The certifiers identifier of a branch whose lowest authority is given, as a pin in config.yaml names it. */
    certifiersIdentifierOf(pem: Uint8Array): Buffer {
        const pinned = this.normalise(Certificate.fromPem(pem));
        const isAmong = (authorities: readonly Certificate[]): boolean =>
            authorities.some(({ raw }) => raw.equals(pinned.raw));
        if (isAmong(this.anchors.roots)) {
            return certifiersIdentifier([pinned]);
        }
        if (!isAmong(this.anchors.intermediates)) {
            throw new IdentityError(
                `Failed adding OU. Certificate [${pinned.commonName} ${pinned.serialHex}] not in root or intermediate certs.`,
            );
        }
        const chain = this.chain(pinned);
        this.checkIsBranchEnd(pinned);
        return certifiersIdentifier(chain);
    }

    private identityChain(certificate: Certificate, chainOf: () => readonly Certificate[]): readonly Certificate[] {
        if (certificate.extensions.basicConstraints?.isCa === true) {
            throw new IdentityError(
                'An X509 certificate with Basic Constraint: Certificate Authority equals true cannot be used as an identity',
            );
        }
        const chain = withContext('failed getting validation chain', chainOf);
        const issuer = chain[1];
        if (issuer === undefined) {
            throw new IdentityError(`expected a chain of length at least 2, got ${String(chain.length)}`);
        }
        this.checkIsBranchEnd(issuer);
        return chain;
    }

    private checkIsBranchEnd(authority: Certificate): void {
        if (this.innerNodes.has(rawKey(authority))) {
            throw new IdentityError(
                'invalid validation chain. Parent certificate should be a leaf of the certification tree',
            );
        }
    }

    private checkAuthority(authority: Certificate): void {
        const { basicConstraints, subjectKeyId } = authority.extensions;
        const serial = authority.serialHex;
        if (basicConstraints?.isCa !== true) {
            throw new IdentityError(`CA Certificate did not have the CA attribute, (SN: ${serial})`);
        }
        if (subjectKeyId === undefined) {
            const problem = `CA Certificate problem with Subject Key Identifier extension, (SN: ${serial})`;
            throw new IdentityError(`${problem}: subjectKeyIdentifier not found in certificate`);
        }
        withContext(`CA Certificate is not valid, (SN: ${serial})`, () => {
            const chain = withContext('could not obtain certification chain', () => this.chain(authority));
            if (chain.length > 1) {
                this.checkRevocation(chain);
            }
        });
    }

    private checkRevocation([certificate, issuer]: readonly Certificate[]): void {
        if (certificate === undefined || issuer === undefined) {
            return;
        }
        if (this.revocationLists.some((list) => list.revokes(certificate, issuer))) {
            throw new IdentityError('The certificate has been revoked');
        }
    }
}

/** SHA-256 over the authorities above an identity, issuer first: tells apart equal OU names of different branches. */
export function certifiersIdentifier(authorities: readonly Certificate[]): Buffer {
    return sha256(...authorities.map(({ raw }) => raw));
}

function withLowSignature(certificate: Certificate, anchors: TrustAnchors): Certificate {
    if (!certificate.isSignedWithEcdsa) {
        return certificate;
    }
    const issuer = isSelfSigned(certificate) ? certificate : (uniqueChain(certificate, anchors)[1] ?? certificate);
    return certificate.withLowSignature(issuer.publicKey);
}

/** A root needs no chain to be normalised: after that its bytes may differ from those the anchors were given. */
function isSelfSigned(certificate: Certificate): boolean {
    try {
        certificate.checkSignatureFrom(certificate);
        return certificate.extensions.basicConstraints?.isCa === true;
    } catch {
        return false;
    }
}

/** Byte-identical repetitions count once. */
function distinct(pems: readonly Uint8Array[]): Certificate[] {
    const certificates = pems.map((pem) => Certificate.fromPem(pem));
    return [...new Map(certificates.map((certificate) => [rawKey(certificate), certificate])).values()];
}

function rawKey({ raw }: Certificate): string {
    return raw.toString('latin1');
}
