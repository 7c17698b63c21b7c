// SPDX-License-Identifier: Apache-2.0
import type { ChannelConfiguration } from '../../channel/channelConfiguration.js';
import { TxValidationCode } from '../../wire/codes.js';
import type { NamespaceReadWriteSet } from '../simulation/readWriteSet.js';
import type { ParsedTransaction } from './parsedTransaction.js';
import type { StateReader } from '../state/stateReader.js';
import { checkAction } from './chaincodeAction.js';
import { EndorsementSet } from './endorsementSet.js';
import { ChangedKeyPolicies, keyPolicy, writtenKeys } from './keyPolicies.js';
import { NamespacePolicies } from './namespacePolicies.js';
import { lifecycleNamespace, type DefinitionOf } from './validationDefinition.js';
import type { VerifiedSignatures } from './verifiedSignatures.js';

interface EndorsementContext {
    readonly configuration: ChannelConfiguration;
    /** State before the block: a definition or key policy takes effect in the next one. */
    readonly reader: StateReader;
    readonly definitionOf: DefinitionOf;
    readonly signatures: VerifiedSignatures;
}

/** Judges the endorsements of the transactions of one block, which must be given in their order. */
export class EndorsementValidation {
    readonly #context: EndorsementContext;
    readonly #changedKeys = new ChangedKeyPolicies();
    readonly #policies = new Map<string, NamespacePolicies | undefined>();

    constructor(context: EndorsementContext) {
        this.#context = context;
    }

    check(transaction: ParsedTransaction): TxValidationCode {
        const namespaces = checkAction(transaction);
        if (typeof namespaces === 'number') {
            return namespaces;
        }
        const { configuration, signatures } = this.#context;
        const endorsements = new EndorsementSet(transaction, configuration.msps, signatures);
        for (const { name, set } of namespaces) {
            const policies = this.#policiesOf(name);
            if (policies === undefined) {
                return TxValidationCode.INVALID_CHAINCODE;
            }
            if (!this.#isEndorsed(policies, set, endorsements)) {
                return TxValidationCode.ENDORSEMENT_POLICY_FAILURE;
            }
            if (set !== undefined) {
                this.#changedKeys.add(set);
            }
        }
        return TxValidationCode.VALID;
    }

    /**
     * Every written key must satisfy its own policy, else its collection's, else the chaincode's; a transaction that
     * writes nothing in the namespace must satisfy the chaincode's.
     */
    #isEndorsed(
        policies: NamespacePolicies,
        set: NamespaceReadWriteSet | undefined,
        endorsements: EndorsementSet,
    ): boolean {
        const keys = set === undefined ? [] : writtenKeys(set);
        const outcomes = new Map<string | undefined, boolean>();
        const satisfiesDefault = (collection: string | undefined): boolean => {
            let outcome = outcomes.get(collection);
            if (outcome === undefined) {
                outcome = endorsements.satisfies(() =>
                    collection === undefined ? policies.chaincode() : policies.collection(collection),
                );
                outcomes.set(collection, outcome);
            }
            return outcome;
        };
        const { reader, configuration } = this.#context;
        for (const key of keys) {
            if (this.#changedKeys.has(key)) {
                return false;
            }
            const own = keyPolicy(key, reader, configuration.msps);
            if (!(own === undefined ? satisfiesDefault(key.collection) : endorsements.satisfies(own))) {
                return false;
            }
        }
        return keys.length > 0 || satisfiesDefault(undefined);
    }

    /** Undefined for a namespace that no definition in force allows to be written. */
    #policiesOf(name: string): NamespacePolicies | undefined {
        if (!this.#policies.has(name)) {
            this.#policies.set(name, this.#findPolicies(name));
        }
        return this.#policies.get(name);
    }

    #findPolicies(name: string): NamespacePolicies | undefined {
        const { configuration, reader, definitionOf } = this.#context;
        if (name === lifecycleNamespace) {
            return new NamespacePolicies(configuration, undefined);
        }
        const definition = readable(() => definitionOf(reader, name));
        return definition?.validationPlugin === builtInPlugin
            ? new NamespacePolicies(configuration, definition)
            : undefined;
    }
}

/** Real peers stop at a definition with another plugin; here its transactions are invalid. */
const builtInPlugin = 'vscc';

/** A definition that ordinary chaincode wrote as garbage must not stop the channel. */
function readable<T>(read: () => T): T | undefined {
    try {
        return read();
    } catch {
        return undefined;
    }
}
