// SPDX-License-Identifier: Apache-2.0
import {
    type ArgumentsOf,
    commercialCollection,
    decodeResult,
    deliveryOf,
    encodeArguments,
    parseEventEnvelope,
    type ResultOf,
    type TransactionName,
} from '@power-currency/domain';
import { readCollections } from '@power-currency/engine/commands/peer/lifecycle/collections.js';
import { InMemoryLedger } from '@power-currency/engine/ledger/inMemoryLedger.js';
import type { SimulationResults } from '@power-currency/engine/ledger/simulation/readWriteSetBuilder.js';
import { privateSpace } from '@power-currency/engine/ledger/state/stateSpace.js';
import { memberOrganisations } from '@power-currency/engine/privateData/collectionMembers.js';
import { TxValidationCode, validationCodeName } from '@power-currency/engine/wire/codes.js';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Platform } from '../ledger/platform.js';
import { nodePlatform } from '../platform/nodePlatform.js';
import { encodeRecord } from '../ledger/stateTable.js';
import { checkBooks, type ReadRange } from './checkBooks.js';
import { checkCertificates } from './checkCertificates.js';
import type { SimulatedIdentity } from './simulatedIdentity.js';
import type { Answer, SimulatedMember } from './simulatedMember.js';
import { checkEventsListed, refusalListed } from './listedOutcomes.js';
import { endorsingMspIds, SimulatedMembers } from './simulatedMembers.js';
import { type SimulatedProposal, simulatedProposal } from './simulatedProposal.js';
import {
    type CommittedTransaction,
    type EndorsedTransaction,
    isSufficientlyEndorsed,
    type PlantedRecord,
    type TextCall,
} from './simulatedTransaction.js';

export interface SimulatedLedgerOptions {
    /** The time at the start, in seconds since 1970; clients and endorsers share it until told otherwise. */
    readonly time?: bigint;
    readonly channelId?: string;
    /** How far a member's clock is ahead of everybody's, in seconds. */
    readonly skewSeconds?: Readonly<Record<string, bigint>>;
    /** Overrides of one member's machine, to make it disagree. */
    readonly platforms?: Readonly<Record<string, Partial<Platform>>>;
}

const chaincode = 'power-currency';
/** As the network's deployment reads them. */
const collections = { [chaincode]: readCollections(join(__dirname, '../../collections.json')) };

/**
 * A network without a network: members with the shim's real dispatcher, the engine's real simulation and validation.
 * Reads see committed state only; conflicting transactions of one block fail as they do on a peer.
 */
export class SimulatedLedger {
    readonly channelId: string;
    readonly #ledger: InMemoryLedger;
    readonly #members: SimulatedMembers;
    readonly #clock: { time: bigint };
    readonly #callCounts = { endorse: 0, evaluate: 0 };

    private constructor(
        channelId: string,
        parts: {
            readonly ledger: InMemoryLedger;
            readonly members: SimulatedMembers;
            clock: { time: bigint };
        },
    ) {
        this.channelId = channelId;
        this.#ledger = parts.ledger;
        this.#members = parts.members;
        this.#clock = parts.clock;
    }

    static async start(options: SimulatedLedgerOptions = {}): Promise<SimulatedLedger> {
        const { time = 1_800_000_000n, channelId = 'power', platforms = {}, skewSeconds = {} } = options;
        const clock = { time };
        const members = new SimulatedMembers((mspId) => ({
            primitives: nodePlatform.primitives,
            peerMspId: mspId,
            endorserTime: () => clock.time + (skewSeconds[mspId] ?? 0n),
            ...platforms[mspId],
        }));
        return new SimulatedLedger(channelId, {
            ledger: new InMemoryLedger({ channelId, collections }),
            members,
            clock,
        });
    }

    /** The time everybody has, in seconds since 1970. */
    get time(): bigint {
        return this.#clock.time;
    }

    set time(time: bigint) {
        this.#clock.time = time;
    }

    /** Number of the next block. */
    get height(): number {
        return this.#ledger.height;
    }

    /** Submits and commits alone in a block; throws what the chaincode refused, or how the commit failed. */
    async submit<N extends TransactionName>(
        identity: SimulatedIdentity,
        name: N,
        value: ArgumentsOf<N>,
    ): Promise<ResultOf<N>> {
        const committed = await this.submitText({
            identity,
            transaction: name,
            argument: encodeArguments(name, value),
        });
        return decodeResult(name, committed.result);
    }

    /** Asks the caller's own organisation's peer, or a member's; nothing is written. */
    async evaluate<N extends TransactionName>(
        identity: SimulatedIdentity,
        name: N,
        value: ArgumentsOf<N>,
    ): Promise<ResultOf<N>> {
        const argument = encodeArguments(name, value);
        return decodeResult(name, await this.evaluateText({ identity, transaction: name, argument }));
    }

    async evaluateText(call: TextCall): Promise<string> {
        const { endorsers: asked = [call.identity.mspId, ...endorsingMspIds] } = call;
        const peer = await this.#members.firstOf(asked);
        const { answer } = await this.#execute(this.#proposal(call, 'evaluate'), peer);
        return answer.payload.toString();
    }

    async submitText(call: TextCall): Promise<CommittedTransaction> {
        const [committed] = await this.commit([await this.endorse(call)]);
        if (committed === undefined) throw new Error('a block of one transaction came back empty');
        if (committed.code !== 'VALID') throw new Error(committed.code);
        return committed;
    }

    /** Executes at every endorser on the committed state. Throws the refusal they agree on, or that they disagree. */
    async endorse(call: TextCall): Promise<EndorsedTransaction> {
        const proposal = this.#proposal(call, 'endorse');
        const endorsers = await this.#endorsersOf(call);
        const endorsements = await Promise.all(endorsers.map((member) => this.#execute(proposal, member)));
        const [first] = endorsements;
        if (first === undefined) throw new Error('nobody was asked to endorse');
        if (endorsements.some((other) => fingerprint(other) !== fingerprint(first))) {
            throw new Error('ProposalResponsePayloads do not match');
        }
        const { answer, readWriteSet, privateResults } = first;
        return {
            txId: proposal.txId,
            result: answer.payload.toString(),
            envelope: answer.event && parseEventEnvelope(answer.event.payload.toString()),
            endorsers: endorsers.map(({ mspId }) => mspId),
            readWriteSet,
            privateResults,
            eventPayload: answer.event?.payload,
        };
    }

    /** What this member makes of the call on the committed state; nothing is written. */
    async executeAt(member: SimulatedMember, call: TextCall): Promise<Answer> {
        return (await this.#execute(this.#proposal(call, 'evaluate'), member)).answer;
    }

    /** Orders the transactions into one block; each comes back with its validation code. Every block is audited. */
    async commit(transactions: readonly EndorsedTransaction[]): Promise<readonly CommittedTransaction[]> {
        const sufficient = transactions.filter(isSufficientlyEndorsed);
        const block = await this.#ledger.commit(
            sufficient.map(({ txId, readWriteSet, privateResults }) => ({
                ...{ txId, results: readWriteSet },
                ...(privateResults && { privateResults }),
            })),
        );
        await this.#audit();
        return transactions.map((transaction) => {
            const index = sufficient.indexOf(transaction);
            const code = index < 0 ? TxValidationCode.ENDORSEMENT_POLICY_FAILURE : (block.codes[index] ?? -1);
            return { ...transaction, code: validationCodeName(code), block: block.number };
        });
    }

    /** Commits records that no transaction wrote: what tests of later steps begin with. */
    async plant(records: readonly PlantedRecord[]): Promise<void> {
        const txId = createHash('sha256')
            .update(`plant ${String(this.height)}`)
            .digest('hex');
        const simulation = this.#ledger.newSimulation(txId);
        for (const [{ table, key }, value] of records)
            simulation.setState(chaincode, key, Buffer.from(encodeRecord(table, value)));
        await this.#ledger.commit([{ txId, results: simulation.finish().results }]);
        await this.#audit();
    }

    async #audit(): Promise<void> {
        const readRange = async (start: string, end: string): ReturnType<ReadRange> =>
            this.#range(chaincode, start, end);
        await checkBooks(readRange);
        await checkCertificates(readRange);
    }

    /** Every committed key with its value as text, in key order. */
    async state(): Promise<ReadonlyMap<string, string>> {
        return this.#entries(chaincode);
    }

    /** The clear text that the members of the private data collection hold, in key order. */
    async privateState(): Promise<ReadonlyMap<string, string>> {
        return this.#entries(privateSpace(chaincode, commercialCollection.name));
    }

    async #entries(space: string): Promise<ReadonlyMap<string, string>> {
        const entries = await this.#range(space, '', '');
        return new Map(entries.map(({ key, value }) => [key, value.toString()]));
    }

    async #range(space: string, start: string, end: string): Promise<readonly { key: string; value: Buffer }[]> {
        const reader = this.#ledger.newReader();
        const entries = await reader.range(space, start, end).next(Number.MAX_SAFE_INTEGER);
        reader.release();
        return entries;
    }

    close(): void {
        this.#members.close();
    }

    /** Transaction ids follow from the order of the submissions alone, so that a story can be told twice. */
    #proposal(
        { identity, transaction, argument, sentAs = deliveryOf(transaction, argument), skewSeconds = 0n }: TextCall,
        kind: 'endorse' | 'evaluate',
    ): SimulatedProposal {
        const count = ++this.#callCounts[kind];
        return simulatedProposal({
            ...{ channelId: this.channelId, chaincode, identity, timestamp: this.time + skewSeconds },
            transaction,
            ...sentAs,
            nonce: createHash('sha256')
                .update(`${kind} ${String(count)}`)
                .digest()
                .subarray(0, 24),
        });
    }

    #endorsersOf({ transaction, argument, endorsers }: TextCall): Promise<readonly SimulatedMember[]> {
        return this.#members.among(endorsers ?? deliveryOf(transaction, argument).endorsers ?? endorsingMspIds);
    }

    async #execute(proposal: SimulatedProposal, member: SimulatedMember | undefined): Promise<Execution> {
        if (member === undefined) throw new Error('no such member');
        const simulation = this.#ledger.newSimulation(
            proposal.txId,
            (collection) => memberOrganisations(collection).has(proposal.mspId),
            (collection) => memberOrganisations(collection).has(member.mspId),
        );
        const answer = await member.execute(proposal, chaincode, simulation);
        const { results, privateResults } = simulation.finish();
        if (answer.status >= 400) throw refusalListed(proposal.transaction, answer.message);
        checkEventsListed(proposal.transaction, answer);
        return { answer, readWriteSet: results, privateResults };
    }
}

interface Execution {
    readonly answer: Answer;
    readonly readWriteSet: Buffer;
    readonly privateResults: SimulationResults['privateResults'];
}

/** Everything an endorser signs: results, response and event. */
function fingerprint({ answer, readWriteSet }: Execution): string {
    const event = answer.event === undefined ? '' : `${answer.event.name}:${answer.event.payload.toString('hex')}`;
    return [readWriteSet.toString('hex'), answer.payload.toString('hex'), answer.message, event].join('|');
}
