// SPDX-License-Identifier: Apache-2.0
import type { Identity } from '../identity/identity.js';
import type { MspManager } from '../identity/mspManager.js';
import type { SignedData } from '../wire/envelope.js';

/** A policy that is not satisfied or cannot be evaluated; the message is Fabric's. */
export class PolicyError extends Error {
    constructor(message: string, options?: ErrorOptions) {
        super(message, options);
        this.name = 'PolicyError';
    }
}

/** A rule about who must have signed. */
export interface Policy {
    /** Throws PolicyError unless the good signatures among these satisfy the policy. */
    evaluate(signed: readonly SignedData[]): void;
    /** Throws PolicyError unless these identities, whose signatures were checked before, satisfy the policy. */
    evaluateIdentities(identities: readonly Identity[]): void;
}

/**
 * The identities behind a set of signatures, in order, each once. Bad signatures and unknown identities are passed over
 * in silence; whether an identity is valid is left to the principals (common/policies/policy.go, SignatureSetToValidIdentities).
 */
export function identitiesOf(signed: readonly SignedData[], msps: MspManager): Identity[] {
    const accepted = new Map<string, Identity>();
    for (const { data, identity, signature } of signed) {
        const candidate = msps.find(identity);
        if (candidate !== undefined && !accepted.has(candidate.key) && candidate.verify(data, signature)) {
            accepted.set(candidate.key, candidate);
        }
    }
    return [...accepted.values()];
}
