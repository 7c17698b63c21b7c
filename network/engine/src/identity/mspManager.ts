// SPDX-License-Identifier: Apache-2.0
import { asBuffer, decode } from '../wire/decode.js';
import { maxCachedIdentities, maxCachedIdentityBytes } from '../wire/limits.js';
import { msp as mspMessages } from '../wire/protobuf.js';
import type { common } from '../wire/protobuf.js';
import type { Identity } from './identity.js';
import { IdentityError } from './identityError.js';
import type { Msp } from './msp.js';

/** The organisations of one channel configuration, and the identities read under it. */
export class MspManager {
    private readonly msps: ReadonlyMap<string, Msp>;
    private readonly identities = new Map<string, Identity>();

    constructor(msps: readonly Msp[]) {
        this.msps = new Map(msps.map((msp) => [msp.mspId, msp]));
    }

    get mspIds(): readonly string[] {
        return [...this.msps.keys()];
    }

    get(mspId: string): Msp | undefined {
        return this.msps.get(mspId);
    }

    /** Reads msp.SerializedIdentity bytes; throws IdentityError or MalformedMessageError. Repeated reads are cheap. */
    deserialize(serialized: Uint8Array): Identity {
        const key = asBuffer(serialized).toString('latin1');
        const known = this.identities.get(key);
        if (known !== undefined) {
            return known;
        }
        // A copy, so that a cached identity does not keep the whole block alive that its bytes are a slice of.
        const identity = this.read(Buffer.from(serialized));
        if (key.length <= maxCachedIdentityBytes) {
            this.remember(key, identity);
        }
        return identity;
    }

    /** As `deserialize`; undefined where that throws. */
    find(serialized: Uint8Array): Identity | undefined {
        try {
            return this.deserialize(serialized);
        } catch {
            return undefined;
        }
    }

    /** Throws IdentityError unless the identity is a valid member of its organisation. */
    validate(identity: Identity): void {
        this.mspOf(identity.mspId).validate(identity);
    }

    /** Throws IdentityError unless the identity is what the principal describes. */
    satisfiesPrincipal(identity: Identity, principal: common.MSPPrincipal.$Properties): void {
        this.mspOf(identity.mspId).satisfiesPrincipal(identity, principal);
    }

    private read(serialized: Buffer): Identity {
        const { mspid, idBytes } = decode(mspMessages.SerializedIdentity, serialized, 'SerializedIdentity');
        return this.mspOf(mspid).deserialize(idBytes, serialized);
    }

    private mspOf(mspId: string): Msp {
        const found = this.msps.get(mspId);
        if (found === undefined) {
            throw new IdentityError(`MSP ${mspId} is not defined on channel`);
        }
        return found;
    }

    private remember(key: string, identity: Identity): void {
        const oldest = this.identities.keys().next();
        if (this.identities.size >= maxCachedIdentities && oldest.done !== true) {
            this.identities.delete(oldest.value);
        }
        this.identities.set(key, identity);
    }
}
