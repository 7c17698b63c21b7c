// SPDX-License-Identifier: Apache-2.0
import type { Certificate } from './certificate.js';
import { IdentityError } from './identityError.js';
import { errorText } from '../wire/errorText.js';

/** The certificates a chain may be built from. */
export interface TrustAnchors {
    readonly roots: readonly Certificate[];
    readonly intermediates: readonly Certificate[];
}

const serverAuth = '2b06010505070301'; // 1.3.6.1.5.5.7.3.1
const anyUsage = '551d2500'; // 2.5.29.37.0

/**
 * The only chain from a certificate to a root, itself first. Follows the verifier of Go that Fabric relies on
 * (crypto/x509 Certificate.Verify, msp/mspimplvalidate.go), which node:crypto does not offer. The time at which all of
 * it must be valid is one second after the certificate's own start: expiry is not the MSP's business.
 */
export function uniqueChain(certificate: Certificate, anchors: TrustAnchors): readonly Certificate[] {
    const chains = verifiedChains(certificate, anchors);
    const [only] = chains;
    if (only === undefined || chains.length > 1) {
        throw new IdentityError(`this MSP only supports a single validation chain, got ${String(chains.length)}`);
    }
    return only;
}

type Place = 'leaf' | 'intermediate' | 'root';
interface Hint {
    readonly reason: string;
    readonly candidate: Certificate;
}

function verifiedChains(leaf: Certificate, anchors: TrustAnchors): readonly (readonly Certificate[])[] {
    const at = new Date(leaf.notBefore.getTime() + 1000);
    try {
        checkPlace(leaf, 'leaf', [], at);
        const isRoot = anchors.roots.some((root) => root.raw.equals(leaf.raw));
        const chains = isRoot ? [[leaf]] : extend([leaf], anchors, at);
        const usable = chains.filter((chain) => chain.every(isGoodForServers));
        if (usable.length === 0) {
            throw new IdentityError('x509: certificate specifies an incompatible key usage');
        }
        return usable;
    } catch (cause) {
        const reason = errorText(cause);
        throw new IdentityError(`the supplied identity is not valid: ${reason}`, { cause });
    }
}

function extend(chain: readonly Certificate[], anchors: TrustAnchors, at: Date): (readonly Certificate[])[] {
    const last = chain.at(-1);
    const chains: (readonly Certificate[])[] = [];
    let hint: Hint | undefined;
    const consider = (candidate: Certificate, place: Place): void => {
        if (last === undefined || !candidate.subject.equals(last.issuer) || isInChain(candidate, chain)) {
            return;
        }
        try {
            last.checkSignatureFrom(candidate);
            checkPlace(candidate, place, chain, at);
            const longer = [...chain, candidate];
            chains.push(...(place === 'root' ? [longer] : extend(longer, anchors, at)));
        } catch (cause) {
            hint ??= { reason: errorText(cause), candidate };
        }
    };
    anchors.roots.forEach((root) => {
        consider(root, 'root');
    });
    anchors.intermediates.forEach((intermediate) => {
        consider(intermediate, 'intermediate');
    });
    if (chains.length === 0) {
        throw unknownAuthority(hint);
    }
    return chains;
}

function unknownAuthority(hint: Hint | undefined): IdentityError {
    const possibly =
        hint === undefined
            ? ''
            : ` (possibly because of ${JSON.stringify(hint.reason)} while trying to verify candidate authority certificate ${JSON.stringify(hint.candidate.commonName)})`;
    return new IdentityError(`x509: certificate signed by unknown authority${possibly}`);
}

function checkPlace(certificate: Certificate, place: Place, chain: readonly Certificate[], at: Date): void {
    const { basicConstraints, hasNameConstraints, hasUnhandledCritical } = certificate.extensions;
    if (hasUnhandledCritical) {
        throw new IdentityError('x509: unhandled critical extension');
    }
    checkTime(certificate, at);
    if (place !== 'leaf' && hasNameConstraints) {
        throw new IdentityError('x509: certificate authorities with name constraints are not supported by this engine');
    }
    if (place === 'intermediate' && basicConstraints?.isCa !== true) {
        throw new IdentityError('x509: certificate is not authorized to sign other certificates');
    }
    const maxPathLength = basicConstraints?.maxPathLength;
    if (maxPathLength !== undefined && chain.length - 1 > maxPathLength) {
        throw new IdentityError('x509: too many intermediates for path length constraint');
    }
}

function checkTime({ notBefore, notAfter }: Certificate, at: Date): void {
    const expired = 'x509: certificate has expired or is not yet valid: current time';
    if (at < notBefore) {
        throw new IdentityError(`${expired} ${rfc3339(at)} is before ${rfc3339(notBefore)}`);
    }
    if (at > notAfter) {
        throw new IdentityError(`${expired} ${rfc3339(at)} is after ${rfc3339(notAfter)}`);
    }
}

function isGoodForServers({ extensions: { extendedKeyUsage } }: Certificate): boolean {
    return (
        extendedKeyUsage === undefined || extendedKeyUsage.some((usage) => usage === serverAuth || usage === anyUsage)
    );
}

function isInChain(candidate: Certificate, chain: readonly Certificate[]): boolean {
    return chain.some(
        (member) => member.subject.equals(candidate.subject) && member.publicKey.equals(candidate.publicKey),
    );
}

function rfc3339(time: Date): string {
    return time.toISOString().replace(/\.000Z$/, 'Z');
}
