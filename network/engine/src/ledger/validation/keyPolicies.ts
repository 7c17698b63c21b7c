// SPDX-License-Identifier: Apache-2.0
import type { MspManager } from '../../identity/mspManager.js';
import type { Policy } from '../../policy/policy.js';
import { signaturePolicy } from '../../policy/signaturePolicy.js';
import { asBuffer, decode } from '../../wire/decode.js';
import { common } from '../../wire/protobuf.js';
import type { NamespaceReadWriteSet } from '../simulation/readWriteSet.js';
import { parseMetadata } from '../state/stateMetadata.js';
import type { StateReader } from '../state/stateReader.js';
import { hashedKey, hashedSpace } from '../state/stateSpace.js';

/** A written key, with the space of stateSpace.ts it lives in. */
interface WrittenKey {
    /** Undefined for public keys. */
    readonly collection: string | undefined;
    readonly space: string;
    readonly key: string;
}

const validationParameter = 'VALIDATION_PARAMETER';

/** Keys that a transaction writes in a namespace, values first, then metadata, public before private. */
export function writtenKeys(set: NamespaceReadWriteSet): WrittenKey[] {
    const { kv, collections, namespace } = set;
    return [
        ...[...kv.writes, ...kv.metadataWrites].map(({ key }) => ({
            collection: undefined,
            space: namespace,
            key: key ?? '',
        })),
        ...collections.flatMap(({ name, hashed }) =>
            [...hashed.hashedWrites, ...hashed.metadataWrites].map(({ keyHash }) => ({
                collection: name,
                space: hashedSpace(namespace, name),
                key: hashedKey(asBuffer(keyHash)),
            })),
        ),
    ];
}

/** The policy that a key carries in committed state and that replaces all others for it; undefined for most keys. */
export function keyPolicy(
    { space, key }: WrittenKey,
    reader: StateReader,
    msps: MspManager,
): (() => Policy) | undefined {
    const metadata = reader.metadataOf(space, key);
    if (metadata === undefined) {
        return undefined;
    }
    const policy = parseMetadata(metadata).get(validationParameter);
    if (policy === undefined || policy.length === 0) {
        return undefined;
    }
    return () => signaturePolicy(decode(common.SignaturePolicyEnvelope, policy, 'SignaturePolicyEnvelope'), msps);
}

/**
 * Keys whose metadata earlier transactions of a block change. Which policy such a key will have is not known before the
 * block is committed, so nobody else in the block may write it (core/common/validation/statebased).
 */
export class ChangedKeyPolicies {
    readonly #keys = new Set<string>();

    has({ space, key }: WrittenKey): boolean {
        return this.#keys.size > 0 && this.#keys.has(`${space}\0${key}`);
    }

    /** Call when the transaction's endorsements suffice for this namespace, whatever becomes of it afterwards. */
    add({ namespace, kv, collections }: NamespaceReadWriteSet): void {
        for (const { key } of kv.metadataWrites) {
            this.#keys.add(`${namespace}\0${key ?? ''}`);
        }
        for (const { name, hashed } of collections) {
            for (const { keyHash } of hashed.metadataWrites) {
                this.#keys.add(`${hashedSpace(namespace, name)}\0${hashedKey(asBuffer(keyHash))}`);
            }
        }
    }
}
