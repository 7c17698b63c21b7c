// SPDX-License-Identifier: Apache-2.0
import type { CommittedBlock } from '../ledger/blocks/committedBlock.js';
import type { Simulation } from '../ledger/simulation/simulation.js';
import type { StateReader } from '../ledger/state/stateReader.js';
import { definitionOf } from '../lifecycle/chaincodeDefinitions.js';
import type { ChaincodeDefinition } from '../lifecycle/chaincodeRecords.js';
import { lifecycleNamespace } from '../lifecycle/chaincodeRecords.js';
import { isApproved, isApprovedPackage } from '../lifecycle/installedChaincode.js';
import type { PeerChannels } from '../lifecycle/peerChannels.js';
import { readSequence } from '../lifecycle/recordReading.js';
import { TxValidationCode } from '../wire/codes.js';

/** A chaincode that this peer can run on a channel. */
export interface RunnableChaincode {
    readonly definition: ChaincodeDefinition;
    readonly packageId: string;
}

interface CatalogOptions {
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
    readonly #known = new Map<string, Map<string, RunnableChaincode>>();
    readonly #definitions = new Map<string, Map<string, ChaincodeDefinition>>();

    constructor(options: CatalogOptions) {
        this.#options = options;
    }

    /** Throws with Fabric's reason when the chaincode cannot be run here. */
    find(channelId: string, name: string): RunnableChaincode {
        const known = this.#known.get(channelId) ?? new Map<string, RunnableChaincode>();
        let found = known.get(name);
        if (found === undefined) {
            found = this.#withReader(channelId, (reader) => this.#read(reader, channelId, name));
            known.set(name, found);
            this.#known.set(channelId, known);
        }
        return found;
    }

    /** As {@link find}, for a transaction: the sequence that decides is part of what the transaction has read. */
    findFor(simulation: Simulation, channelId: string, name: string): RunnableChaincode {
        const sequence = readSequence((key) => simulation.getState(lifecycleNamespace, key), name);
        if (sequence === 0) {
            // Fabric looks on among the definitions of its first lifecycle, and that read is part of the transaction too.
            simulation.getState('lscc', name);
            throw new Error(`chaincode ${name} not found`);
        }
        const found = this.find(channelId, name);
        if (found.definition.sequence !== sequence) {
            throw new Error(
                `chaincode cache at sequence ${String(found.definition.sequence)} but current sequence is ` +
                    `${String(sequence)}, chaincode definition for '${name}' changed during invoke`,
            );
        }
        return found;
    }

    /** The committed definition, whether the peer can run the chaincode or not. */
    definitionOf(channelId: string, name: string): ChaincodeDefinition | undefined {
        const known = this.#definitions.get(channelId) ?? new Map<string, ChaincodeDefinition>();
        let definition = known.get(name);
        if (definition === undefined) {
            definition = this.#withReader(channelId, (reader) => definitionOf(reader, name));
            if (definition === undefined) return undefined;
            known.set(name, definition);
            this.#definitions.set(channelId, known);
        }
        return definition;
    }

    /**
     * Approvals and definitions change with blocks: what was found before such a block is looked up again. True if so.
     */
    blockCommitted(channelId: string, { transactions, codes }: CommittedBlock): boolean {
        const changed = transactions.some(
            (transaction, index) =>
                codes[index] === TxValidationCode.VALID &&
                transaction.isEndorserTransaction &&
                transaction.readWriteSet.some(
                    ({ namespace, kv, collections }) =>
                        namespace === lifecycleNamespace && (kv.writes.length > 0 || collections.length > 0),
                ),
        );
        if (changed) {
            this.#known.delete(channelId);
            this.#definitions.delete(channelId);
        }
        return changed;
    }

    #withReader<T>(channelId: string, read: (reader: StateReader) => T): T {
        const reader = this.#options.channels.get(channelId)?.ledger.newReader();
        if (reader === undefined) throw new Error(`could not get channel config for channel '${channelId}'`);
        try {
            return read(reader);
        } finally {
            reader.release();
        }
    }

    #read(reader: StateReader, channelId: string, name: string): RunnableChaincode {
        const { mspId, installedPackageIds } = this.#options;
        const definition = definitionOf(reader, name);
        if (definition === undefined) throw new Error(`chaincode ${name} not found`);
        const { sequence } = definition;
        if (!isApproved(reader, mspId, name, definition)) {
            throw new Error(
                `chaincode definition for '${name}' at sequence ${String(sequence)} ` +
                    `on channel '${channelId}' has not yet been approved by this org`,
            );
        }
        const packageId = installedPackageIds().find((id) => isApprovedPackage(reader, mspId, { name, sequence }, id));
        if (packageId === undefined) {
            throw new Error(`chaincode definition for '${name}' exists, but chaincode is not installed`);
        }
        return { definition, packageId };
    }
}
