// SPDX-License-Identifier: Apache-2.0
import { otherForm } from '../../../identity/testing/testCertificate.js';
import {
    craftedTransaction,
    endorser,
    type CraftedTransaction,
} from '../../../lifecycle/testing/craftedTransaction.js';
import { channelId, testChannel, type TestChannel, type TestPeer } from '../../../lifecycle/testing/testChannel.js';
import { parsePolicyText } from '../../../policy/policyText.js';
import { validationCodeName } from '../../../wire/codes.js';
import { encode } from '../../../wire/decode.js';
import { common } from '../../../wire/protobuf.js';
import type { Simulation } from '../../simulation/simulation.js';
import type { DefinitionOf } from '../validationDefinition.js';

/** `basic` needs a majority of the two organisations, `pair` two peers of the first. */
const policies = new Map<string, common.ApplicationPolicy.$Properties>([
    ['basic', { channelConfigPolicyReference: '/Channel/Application/Endorsement' }],
    ['pair', { signaturePolicy: parsePolicyText("AND('AlphaMSP.peer','AlphaMSP.peer')") }],
]);

const definitions: DefinitionOf = (_reader, name) => {
    const policy = policies.get(name);
    return (
        policy && {
            validationPlugin: 'vscc',
            validationParameter: encode(common.ApplicationPolicy, policy),
            collections: {},
        }
    );
};

/** Members who endorse: a peer of each organisation, another of the first, one whose signatures are bad or in the high form. */
type EndorserName = 'alpha' | 'alphaSecond' | 'beta' | 'client' | 'alphaBadly' | 'betaHigh';

type Run = (simulation: Simulation) => unknown;

interface TransactionCase extends Partial<Omit<CraftedTransaction, 'endorsers'>> {
    readonly by?: readonly EndorserName[];
}

/** A peer of AlphaMSP with a channel of two organisations, and the transactions that go into its blocks. */
export class CaseChannel {
    readonly #channel: TestChannel = testChannel();
    #peer: TestPeer | undefined;
    #simulations = 0;

    get ledger(): TestPeer['ledger'] {
        return this.#opened.ledger;
    }

    get #opened(): TestPeer {
        if (this.#peer === undefined) throw new Error('the peer is not open');
        return this.#peer;
    }

    /** A peer with nothing but the genesis block. */
    async open(): Promise<void> {
        this.#peer = await this.#channel.openPeer('AlphaMSP', definitions);
    }

    async close(): Promise<void> {
        await this.ledger.close();
    }

    remove(): void {
        this.#channel.remove();
    }

    openAnotherPeer(): Promise<TestPeer> {
        return this.#channel.openPeer('BetaMSP', definitions);
    }

    signer(mspId: string, name: 'peer' | 'secondPeer' | 'client'): ReturnType<TestChannel['member']>['signer'] {
        return this.#channel.member(mspId, name).signer;
    }

    /** By default everything is as it should be and both organisations have endorsed it. */
    transaction({ by = ['alpha', 'beta'], ...crafted }: TransactionCase = {}): common.Envelope {
        return craftedTransaction({
            channelId,
            client: this.signer('AlphaMSP', 'client'),
            chaincode: 'basic',
            ...crafted,
            endorsers: by.map((name) => this.#endorsers[name]),
        });
    }

    /** A transaction of what the calls read and write on the present state. */
    async run(run: Run, crafted: TransactionCase = {}): Promise<common.Envelope> {
        const simulation = this.ledger.newSimulation(`simulation${String(this.#simulations++)}`);
        await run(simulation);
        return this.transaction({ results: simulation.finish().results, ...crafted });
    }

    /** Names of the codes that the transactions of one block get. */
    async commit(...transactions: readonly common.Envelope[]): Promise<string[]> {
        return Array.from((await this.#opened.commit(...transactions)).codes, validationCodeName);
    }

    readonly #endorsers: Readonly<Record<EndorserName, ReturnType<typeof endorser>>> = {
        alpha: endorser(this.signer('AlphaMSP', 'peer')),
        alphaSecond: endorser(this.signer('AlphaMSP', 'secondPeer')),
        beta: endorser(this.signer('BetaMSP', 'peer')),
        client: endorser(this.signer('BetaMSP', 'client')),
        alphaBadly: () => endorser(this.signer('AlphaMSP', 'peer'))(Buffer.from('something else')),
        betaHigh: (payload) => {
            const { signature, ...rest } = endorser(this.signer('BetaMSP', 'peer'))(payload);
            return { ...rest, signature: otherForm(Buffer.from(signature ?? [])) };
        },
    };
}

export const put =
    (key: string, value = 'value'): Run =>
    (simulation) => {
        simulation.setState('basic', key, Buffer.from(value));
    };

export const get =
    (key: string): Run =>
    (simulation) =>
        simulation.getState('basic', key);

export const remove =
    (key: string): Run =>
    (simulation) => {
        simulation.deleteState('basic', key);
    };

/** Reads the first batch of a range, as a chaincode that looks at one result does. */
export const look =
    (startKey: string, endKey: string): Run =>
    (simulation) =>
        simulation.range('basic', startKey, endKey).nextBatch();

export const all =
    (...runs: readonly Run[]): Run =>
    async (simulation) => {
        for (const run of runs) await run(simulation);
    };
