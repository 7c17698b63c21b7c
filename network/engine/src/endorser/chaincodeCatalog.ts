// SPDX-License-Identifier: Apache-2.0
import { implicitCollection } from '../ledger/collections.js';
import type { CommittedBlock } from '../ledger/channelLedger.js';
import type { StateReader } from '../ledger/stateReader.js';
import { definitionOf, type ChaincodeDefinition } from '../lifecycle/chaincodeDefinitions.js';
import {
    approvalName,
    fieldKey,
    lifecycleNamespace,
    localPackageRecord,
    metadataBytes,
    metadataKey,
    parametersRecord,
    type RecordTree,
    type StateRecord,
} from '../lifecycle/chaincodeRecords.js';
import type { PeerChannels } from '../lifecycle/peerChannels.js';
import { TxValidationCode } from '../wire/codes.js';
import { sha256 } from '../wire/hashing.js';

/** A chaincode that this peer can run on a channel. */
export interface RunnableChaincode {
    readonly definition: ChaincodeDefinition;
    readonly packageId: string;
}

type Found = RunnableChaincode | { readonly cause: string };

export interface CatalogOptions {
    readonly channels: PeerChannels;
    /** The peer's own organisation, whose approvals count. */
    readonly mspId: string;
    readonly installedPackageIds: () => readonly string[];
}

/**
 * Which chaincode the peer can run: defined on the channel, approved by its organisation, installed here. Only hashes of
 * the approval are compared, because it may have been made through another peer (core/chaincode/lifecycle/cache.go).
 */
export class ChaincodeCatalog {
    readonly #options: CatalogOptions;
    readonly #known = new Map<string, Map<string, Found>>();

    constructor(options: CatalogOptions) {
        this.#options = options;
    }

    /** Throws with Fabric's reason when the chaincode cannot be run here. */
    find(channelId: string, name: string): RunnableChaincode {
        let known = this.#known.get(channelId);
        if (known === undefined) {
            known = new Map();
            this.#known.set(channelId, known);
        }
        let found = known.get(name);
        if (found === undefined) {
            found = this.#look(channelId, name);
            known.set(name, found);
        }
        if ('cause' in found) throw new Error(found.cause);
        return found;
    }

    /** Approvals and definitions change with blocks: what was found before such a block is looked up again. */
    blockCommitted(channelId: string, { transactions, codes }: CommittedBlock): void {
        const changed = transactions.some(
            (transaction, index) =>
                codes[index] === TxValidationCode.VALID &&
                transaction.isEndorserTransaction &&
                transaction.readWriteSet.some(
                    ({ namespace, kv, collections }) =>
                        namespace === lifecycleNamespace && (kv.writes.length > 0 || collections.length > 0),
                ),
        );
        if (changed) this.#known.delete(channelId);
    }

    /** Another package may now stand behind an approval. */
    packagesChanged(): void {
        this.#known.clear();
    }

    #look(channelId: string, name: string): Found {
        const reader = this.#options.channels.get(channelId)?.ledger.newReader();
        if (reader === undefined) return { cause: `could not get channel config for channel '${channelId}'` };
        try {
            return this.#read(reader, channelId, name);
        } finally {
            reader.release();
        }
    }

    #read(reader: StateReader, channelId: string, name: string): Found {
        const definition = definitionOf(reader, name);
        if (definition === undefined) return { cause: `chaincode ${name} not found` };
        const approval = approvalName(name, definition.sequence);
        if (!this.#holds(reader, 'namespaces', approval, parametersRecord(definition))) {
            return {
                cause:
                    `chaincode definition for '${name}' at sequence ${String(definition.sequence)} ` +
                    `on channel '${channelId}' has not yet been approved by this org`,
            };
        }
        const packageId = this.#options
            .installedPackageIds()
            .find((id) => this.#holds(reader, 'chaincode-sources', approval, localPackageRecord(id)));
        return packageId === undefined
            ? { cause: `chaincode definition for '${name}' exists, but chaincode is not installed` }
            : { definition, packageId };
    }

    /** Whether the organisation's implicit collection holds exactly this record, judged by hashes. */
    #holds(reader: StateReader, tree: RecordTree, name: string, record: StateRecord): boolean {
        const collection = implicitCollection(this.#options.mspId);
        const holds = (key: string, value: Buffer): boolean =>
            reader
                .getHashed(lifecycleNamespace, collection, sha256(Buffer.from(key)))
                ?.value.equals(sha256(value)) ?? false;
        return (
            holds(metadataKey(tree, name), metadataBytes(record)) &&
            record.fields.every(([field, value]) => holds(fieldKey(tree, name, field), value))
        );
    }
}
