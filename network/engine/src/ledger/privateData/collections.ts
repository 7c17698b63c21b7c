// SPDX-License-Identifier: Apache-2.0
import { asBuffer, decode, encode } from '../../wire/decode.js';
import { common, lifecycle, protos } from '../../wire/protobuf.js';
import type { StateReader } from '../state/stateReader.js';

const implicitPrefix = '_implicit_org_';

/** A private data collection: who its members are, and how its data lives. */
export interface Collection {
    readonly name: string;
    /** Whoever satisfies it is a member. */
    readonly memberPolicy: common.SignaturePolicyEnvelope.$Properties;
    readonly memberOnlyRead: boolean;
    readonly memberOnlyWrite: boolean;
    /** Other members' peers that must have the data before it is endorsed. */
    readonly requiredPeerCount: number;
    /** Other members' peers that are sent the data at endorsement. */
    readonly maximumPeerCount: number;
    /** Blocks after which the data expires; 0 for never. */
    readonly blockToLive: number;
}

/** Name of the collection that every organisation of a channel has without defining it. */
export function implicitCollection(mspId: string): string {
    return implicitPrefix + mspId;
}

/** MSP id behind an implicit collection; undefined for every other name. */
export function organisationOfImplicit(name: string): string | undefined {
    return name.startsWith(implicitPrefix) ? name.slice(implicitPrefix.length) : undefined;
}

/**
 * A collection of a chaincode: one of its definition, or an organisation's implicit one, whether that organisation is in
 * the channel or not. Undefined when there is none of that name.
 */
export function collectionOf(reader: StateReader, namespace: string, name: string): Collection | undefined {
    const mspId = organisationOfImplicit(name);
    return mspId === undefined ? explicitCollection(reader, namespace, name) : implicitCollectionOf(name, mspId);
}

/** Blocks after which a collection's data expires; 0 for never, and for collections nobody defined. */
export function blockToLive(reader: StateReader, namespace: string, collection: string): number {
    return collectionOf(reader, namespace, collection)?.blockToLive ?? 0;
}

function implicitCollectionOf(name: string, mspIdentifier: string): Collection {
    return {
        name,
        memberPolicy: {
            rule: { nOutOf: { n: 1, rules: [{ signedBy: 0 }] } },
            identities: [{ principal: encode(common.MSPRole, { mspIdentifier }) }],
        },
        memberOnlyRead: false,
        memberOnlyWrite: false,
        requiredPeerCount: 0,
        // core.yaml's implicitCollectionDisseminationPolicy.maxPeerCount; it counts for a peer's own organisation only.
        maximumPeerCount: 1,
        blockToLive: 0,
    };
}

function explicitCollection(reader: StateReader, namespace: string, name: string): Collection | undefined {
    const stored = reader.get('_lifecycle', `namespaces/fields/${namespace}/Collections`);
    if (stored === undefined) {
        return undefined;
    }
    const { Bytes } = decode(lifecycle.StateData, stored.value, 'StateData');
    const { config } = decode(protos.CollectionConfigPackage, asBuffer(Bytes), 'CollectionConfigPackage');
    const found = config.flatMap((item) => item.staticCollectionConfig ?? []).find((item) => item.name === name);
    return (
        found && {
            name,
            memberPolicy: found.memberOrgsPolicy?.signaturePolicy ?? {},
            memberOnlyRead: found.memberOnlyRead ?? false,
            memberOnlyWrite: found.memberOnlyWrite ?? false,
            requiredPeerCount: found.requiredPeerCount ?? 0,
            maximumPeerCount: found.maximumPeerCount ?? 0,
            blockToLive: found.blockToLive ?? 0,
        }
    );
}
