// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { simulatedIdentity, SimulatedLedger } from '@power-currency/chaincode/testing';
import { createLedger, type Ledger } from '../../application/ledger.js';
import { type ChainReader, type LedgerTransport } from '../../application/ports.js';
import { type NetworkFile, type NetworkOrganisation } from '../../config/networkFile.js';
import { newSigningKey, type SigningKey } from '../../keys/ed25519.js';
import { type Actor, type Stage } from '../stage.js';

export interface SimulatedStage extends Stage {
    readonly told: string[];
    /** What the regulator's peer answers, to make it disagree. */
    readonly regulatorSays: RegulatorAnswers;
}

interface RegulatorAnswers {
    validationCode: string;
    blockHash: string | undefined;
    /** Changes the text of an answer. */
    query: (transaction: string, answer: string) => string;
}

/** The demo's stage on a simulated ledger: the real chaincode, no processes. */
export async function simulatedStage(): Promise<SimulatedStage> {
    const ledger = await SimulatedLedger.start({ time: BigInt(Math.floor(Date.now() / 1000)) });
    const blocks = new Map<string, bigint>();
    const regulatorSays: RegulatorAnswers = {
        validationCode: 'VALID',
        blockHash: undefined,
        query: (_, answer) => answer,
    };
    const actors = network.organisations.map((organisation) => actor(organisation, ledger, blocks, regulatorSays));
    const told: string[] = [];
    const txIds: string[] = [];
    const keys = new Map<string, SigningKey>();
    const [regulator] = actors.filter(({ organisation }) => organisation.role === 'regulator');
    return {
        network,
        members: actors.filter(({ organisation }) => organisation.endorses),
        regulator: regulator!,
        told,
        regulatorSays,
        tell: (line) => told.push(line),
        key: (name) => {
            const key = keys.get(name) ?? newSigningKey();
            keys.set(name, key);
            return key;
        },
        txIds,
        settle: (committed) => {
            txIds.push(committed.txId);
            return Promise.resolve(committed);
        },
        close: () => {
            ledger.close();
        },
    };
}

function organisation(name: string, mspId: string, role: string): NetworkOrganisation {
    const peer = {
        name: `${name}-peer`,
        address: 'localhost:1',
        tlsCaFile: '',
        serverName: 'localhost',
        operations: '',
    };
    return {
        name,
        mspId,
        role,
        peer,
        ca: { url: '', name: '', tlsCaFile: '' },
        users: {},
        endorses: role !== 'regulator',
    };
}

const network: NetworkFile = {
    engine: 'simulated',
    version: '0',
    channel: 'power',
    chaincode: 'power-currency',
    consensus: 'none',
    orderers: [{ name: 'orderer', address: 'localhost:2' }],
    organisations: [
        organisation('authority', 'AuthorityMSP', 'ops'),
        organisation('centralbank', 'CentralBankMSP', 'risk'),
        organisation('cooperative', 'CooperativeMSP', 'data'),
        organisation('regulator', 'RegulatorMSP', 'regulator'),
    ],
};

function actor(
    organisation: NetworkOrganisation,
    ledger: SimulatedLedger,
    blocks: Map<string, bigint>,
    says: RegulatorAnswers,
): Actor {
    const isRegulator = organisation.role === 'regulator';
    const as = (user: string): Ledger => {
        const { submit, evaluate } = transport(ledger, blocks, organisation.mspId, user);
        return createLedger({
            submit,
            evaluate: async (name, request) => {
                const answer = await evaluate(name, request);
                return isRegulator ? says.query(name, answer) : answer;
            },
        });
    };
    const chain: ChainReader = {
        chainInfo: () => {
            const own = createHash('sha256').update(String(ledger.height)).digest('hex');
            return Promise.resolve({
                height: BigInt(ledger.height),
                blockHash: (isRegulator ? says.blockHash : undefined) ?? own,
            });
        },
        transactionStatus: (txId) =>
            Promise.resolve({
                txId,
                blockNumber: blocks.get(txId) ?? -1n,
                validationCode: isRegulator ? says.validationCode : 'VALID',
            }),
    };
    return { organisation, admin: as('admin'), client: as('client'), chain };
}

let queue: Promise<unknown> = Promise.resolve();

function transport(ledger: SimulatedLedger, blocks: Map<string, bigint>, mspId: string, user: string): LedgerTransport {
    const identity = simulatedIdentity({ mspId, enrolmentId: user, units: [user] });
    return {
        evaluate: (transaction, argument) => ledger.evaluateText({ identity, transaction, argument }),
        submit: async (transaction, argument) => {
            const submitted = queue.then(() => ledger.submitText({ identity, transaction, argument }));
            queue = submitted.catch(() => undefined);
            const { result, txId, block } = await submitted;
            blocks.set(txId, BigInt(block));
            return { result, txId, blockNumber: BigInt(block), attempts: 1, latencyMs: 1 };
        },
    };
}
