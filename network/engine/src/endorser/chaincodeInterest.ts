// SPDX-License-Identifier: Apache-2.0
import type { SimulationResults } from '../ledger/simulation/readWriteSetBuilder.js';
import {
    parseReadWriteSet,
    type CollectionReadWriteSet,
    type NamespaceReadWriteSet,
} from '../ledger/simulation/readWriteSet.js';
import { parseMetadata } from '../ledger/state/stateMetadata.js';
import type { StateReader } from '../ledger/state/stateReader.js';
import { privateSpace } from '../ledger/state/stateSpace.js';
import { asBuffer, decode } from '../wire/decode.js';
import { common, type protos } from '../wire/protobuf.js';
import { isSystemChaincode } from './systemChaincodeNames.js';

const validationParameter = 'VALIDATION_PARAMETER';
type KeyPolicy = common.SignaturePolicyEnvelope;

/**
 * Whose policies the endorsements of a transaction must satisfy, so that a gateway can choose peers: one entry per
 * namespace and collection touched (core/endorser/endorser.go buildChaincodeInterest). Throws when a key-level policy in
 * the state is not readable.
 */
export function chaincodeInterest(
    { results, privateReads }: SimulationResults,
    reader: StateReader,
): protos.ChaincodeInterest.$Properties {
    const calls = parseReadWriteSet(results)
        .filter(({ namespace }) => !isSystemChaincode(namespace))
        .flatMap((set) => callsOf(set, privateReads, reader));
    return { chaincodes: calls };
}

function callsOf(
    set: NamespaceReadWriteSet,
    privateReads: ReadonlySet<string>,
    reader: StateReader,
): protos.ChaincodeCall.$Properties[] {
    const { namespace, kv, collections } = set;
    const written = [...kv.writes, ...kv.metadataWrites].map(({ key }) => key ?? '');
    const policies = new KeyPolicies();
    const publicRequired = policies.anyWithout(
        [...new Set(written)].map((key) => reader.get(namespace, key)?.metadata),
    );
    const privateWrites = collections.filter(
        ({ hashed }) => hashed.hashedWrites.length + hashed.metadataWrites.length > 0,
    );
    for (const collection of privateWrites) policies.anyWithout(metadataOf(collection, namespace, reader));
    const readOnly = written.length === 0 && privateWrites.length === 0;
    const calls = publicCall(namespace, policies.found, publicRequired || readOnly, written.length > 0 || readOnly);
    return [
        ...calls,
        ...collections.flatMap((collection) => {
            const isRead = privateReads.has(privateSpace(namespace, collection.name));
            const call = { name: namespace, collectionNames: [collection.name] };
            if (isRead) return [call];
            return privateWrites.includes(collection) ? [{ ...call, noPrivateReads: true }] : [];
        }),
    ];
}

function publicCall(
    name: string,
    keyPolicies: KeyPolicy[],
    required: boolean,
    touched: boolean,
): protos.ChaincodeCall.$Properties[] {
    if (!touched || (!required && keyPolicies.length === 0)) return [];
    if (keyPolicies.length === 0) return [{ name }];
    return [{ name, keyPolicies, ...(!required && { disregardNamespacePolicy: true }) }];
}

function metadataOf(
    { name, hashed }: CollectionReadWriteSet,
    namespace: string,
    reader: StateReader,
): (Buffer | undefined)[] {
    const hashes = [...hashed.hashedWrites, ...hashed.metadataWrites].map(({ keyHash }) => asBuffer(keyHash));
    return hashes.map((hash) => reader.getHashed(namespace, name, hash)?.metadata);
}

class KeyPolicies {
    readonly found: KeyPolicy[] = [];

    /** Collects the policies of keys with one; true if there is a key without. */
    anyWithout(metadataOfKeys: readonly (Buffer | undefined)[]): boolean {
        let without = false;
        for (const metadata of metadataOfKeys) {
            const policy = metadata && parseMetadata(metadata).get(validationParameter);
            if (policy === undefined) {
                without = true;
            } else {
                this.found.push(decode(common.SignaturePolicyEnvelope, policy, 'SignaturePolicyEnvelope'));
            }
        }
        return without;
    }
}
