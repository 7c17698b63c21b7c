// SPDX-License-Identifier: Apache-2.0
import { commercialCollection, type Delivery, type EventEnvelope } from '@power-currency/domain';
import type { SimulationResults } from '@power-currency/engine/ledger/simulation/readWriteSetBuilder.js';
import type { StateRef } from '../ledger/stateTable.js';
import type { SimulatedIdentity } from './simulatedIdentity.js';

/** A call of the chaincode by its text. */
export interface TextCall {
    readonly identity: SimulatedIdentity;
    readonly transaction: string;
    readonly argument: string;
    /** Who is asked to endorse; all members by default, the collection's endorsers for a confidential transaction. */
    readonly endorsers?: readonly string[];
    /** What the client sends, if it is not what it should send. */
    readonly sentAs?: Delivery;
    /** The client's clock less the endorsers', in seconds. */
    readonly skewSeconds?: bigint;
}

/** A transaction the endorsers agreed on and nobody has ordered yet. */
export interface EndorsedTransaction {
    readonly txId: string;
    readonly result: string;
    readonly envelope: EventEnvelope | undefined;
    readonly endorsers: readonly string[];
    /** Serialised read-write set, the same bytes from every endorser. */
    readonly readWriteSet: Buffer;
    /** Clear text of its private writes, which the members' peers keep outside the blocks. */
    readonly privateResults: SimulationResults['privateResults'];
    readonly eventPayload: Buffer | undefined;
}

export interface CommittedTransaction extends EndorsedTransaction {
    readonly code: string;
    readonly block: number;
}

/** A record and where it is. */
export type PlantedRecord = readonly [StateRef, unknown];

/** Members whose endorsement a transaction needs. */
const endorsementsRequired = 2;

/** The chaincode's policy, and the collection's for what is written into it. */
export function isSufficientlyEndorsed({ endorsers, privateResults }: EndorsedTransaction): boolean {
    const byEnough = new Set(endorsers).size >= endorsementsRequired;
    return (
        byEnough &&
        (privateResults === undefined || commercialCollection.endorsers.every((it) => endorsers.includes(it)))
    );
}
