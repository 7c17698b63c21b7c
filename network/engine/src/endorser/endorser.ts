// SPDX-License-Identifier: Apache-2.0
import type { ChaincodeRuntime } from '../chaincode/chaincodeRuntime.js';
import type { Identity } from '../identity/identity.js';
import type { Msp } from '../identity/msp.js';
import type { Distributor } from '../privateData/distributor.js';
import type { VerifiedSignatures } from '../ledger/validation/verifiedSignatures.js';
import type { AccessControl } from '../lifecycle/accessControl.js';
import type { PeerChannel, PeerChannels } from '../lifecycle/peerChannels.js';
import { systemChaincodeVersion, type SystemChaincode } from '../lifecycle/systemChaincode.js';
import type { SimulationResults } from '../ledger/simulation/readWriteSetBuilder.js';
import type { Simulation } from '../ledger/simulation/simulation.js';
import { logger } from '../process/logging.js';
import { asBuffer } from '../wire/decode.js';
import type { Signer } from '../wire/envelope.js';
import { errorText } from '../wire/errorText.js';
import type { protos } from '../wire/protobuf.js';
import { ChaincodeCalls } from './chaincodeCalls.js';
import type { ChaincodeCatalog } from './chaincodeCatalog.js';
import { chaincodeException, logException } from './chaincodeException.js';
import { chaincodeInterest } from './chaincodeInterest.js';
import { simulationFor } from './creatorSimulation.js';
import { instruments } from './endorserMetrics.js';
import { localJudge } from './localJudge.js';
import { openProposal, unpackProposal, type UnpackedProposal } from './proposal.js';
import { ProposalError } from './proposalError.js';
import { refuseWhileRebuilding } from './resetFilter.js';
import { checkExpiration, checkTimeWindow } from './proposalFilters.js';
import type { TraceBook } from './traceBook.js';
import { finishedSimulation, type TransactionTrace } from './transactionTrace.js';
import { endorse, peerFailure, plainResponse, proposalResponsePayload } from './proposalResponse.js';
import { validateProposal } from './proposalValidation.js';
import { isSystemChaincode } from './systemChaincodeNames.js';
import { setTimeout as pause } from 'node:timers/promises';
import { currentTime } from '../process/clock.js';
import { faultSwitches } from '../process/faults/faultSwitches.js';

interface EndorserOptions {
    readonly channels: PeerChannels;
    readonly localMsp: Msp;
    readonly signer: Signer;
    readonly accessControl: AccessControl;
    readonly systemChaincodes: ReadonlyMap<string, SystemChaincode>;
    readonly catalog: ChaincodeCatalog;
    readonly runtime: ChaincodeRuntime;
    /** peer.authentication.timewindow; the text is what errors show. */
    readonly timeWindow: { readonly ms: number; readonly text: string };
    /** Sends private data to other members' peers. */
    readonly distributor: Pick<Distributor, 'distribute'>;
    /** Learns the endorsements made here, so that the committer need not verify them. */
    readonly signatures: VerifiedSignatures;
    /** Where what was run is remembered for the operator. */
    readonly traces?: TraceBook;
    readonly now?: () => Date;
}

/** What running a proposal gave, before anybody vouches for it. */
interface Executed {
    readonly response: protos.Response.$Properties;
    readonly event?: protos.ChaincodeEvent.$Properties;
    readonly version: string;
}

const log = logger('endorser');
const endorsableBelow = 400;
const chaincodeError = 500;
const noResults = Buffer.alloc(0);

/** Checks, runs and endorses proposals in the order of core/endorser/endorser.go. */
export class Endorser {
    readonly #options: EndorserOptions;
    readonly #now: () => Date;
    readonly #self: Identity;
    readonly #calls: ChaincodeCalls;

    constructor(options: EndorserOptions) {
        this.#options = options;
        this.#self = localJudge(options.localMsp).deserialize(options.signer.serialized);
        this.#now = options.now ?? currentTime;
        this.#calls = new ChaincodeCalls(options);
    }

    /** Throws ProposalError for a proposal that is not run; everything later is a response. */
    async processProposal(signed: protos.SignedProposal.$Properties): Promise<protos.ProposalResponse.$Properties> {
        const started = performance.now();
        instruments.received.add();
        const slowMs = faultSwitches.get('slow-endorser');
        if (slowMs !== undefined) await pause(slowMs);
        refuseWhileRebuilding(this.#options.channels);
        const opened = openProposal(signed);
        const now = this.#now();
        checkExpiration(opened, now);
        checkTimeWindow(opened, this.#options.timeWindow, now);
        const proposal = unpackProposal(opened);
        const { channelId, chaincode } = proposal;
        const channel = this.#options.channels.get(channelId);
        if (channelId !== '' && channel === undefined) return peerFailure(`channel '${channelId}' not found`);
        this.#admit(proposal, channel);
        const trace = isSystemChaincode(chaincode) ? undefined : this.#options.traces?.open(proposal, now);
        let answer: protos.ProposalResponse.$Properties;
        try {
            answer = await this.#run(proposal, channel, trace);
        } catch (error) {
            const text = errorText(error);
            log.warning(`Failed to invoke chaincode ${chaincode} on channel [${channelId}]: ${text}`);
            answer = peerFailure(text);
        }
        if (trace !== undefined) this.#close(trace, answer);
        instruments.finished(channelId, chaincode, answer, performance.now() - started);
        return answer;
    }

    #close(trace: TransactionTrace, answer: protos.ProposalResponse.$Properties): void {
        trace.finish({
            status: answer.response?.status ?? 0,
            message: answer.response?.message ?? '',
            isEndorsed: Boolean(answer.endorsement),
        });
        this.#options.traces?.closed(trace);
    }

    /** Rows of the pipeline that end with a gRPC error: form, creator, duplicates, and the right to propose. */
    #admit(proposal: UnpackedProposal, channel: PeerChannel | undefined): void {
        const { txId, creator, chaincode, channelId, signed } = proposal;
        const { localMsp, accessControl } = this.#options;
        try {
            validateProposal(proposal, channel?.configuration().msps ?? localJudge(localMsp));
        } catch (error) {
            instruments.validationFailures.add();
            throw error;
        }
        if (channel === undefined) return;
        if (channel.ledger.txStatus(txId) !== undefined) {
            instruments.duplicates.add({ channel: channelId, chaincode });
            throw new ProposalError(
                'validation',
                `duplicate transaction found [${txId}]. Creator [${creator.toString('hex')}]`,
            );
        }
        if (isSystemChaincode(chaincode)) return;
        try {
            accessControl.checkAcl('peer/Propose', channelId, signed);
        } catch (cause) {
            instruments.aclFailures.add({ channel: channelId, chaincode });
            throw new ProposalError('validation', errorText(cause), { cause });
        }
    }

    async #run(
        proposal: UnpackedProposal,
        channel: PeerChannel | undefined,
        trace: TransactionTrace | undefined,
    ): Promise<protos.ProposalResponse.$Properties> {
        const system = this.#options.systemChaincodes.get(proposal.chaincode);
        const simulation =
            channel !== undefined && (system?.usesSimulation ?? true) ? simulationFor(proposal, channel) : undefined;
        try {
            const executed =
                system === undefined
                    ? await this.#runChaincode(proposal, simulation, trace)
                    : await this.#runSystemChaincode(system, proposal, simulation);
            if (channel === undefined) return withoutEndorsement(executed);
            return await this.#conclude(proposal, channel, simulation, executed, trace);
        } finally {
            simulation?.abandon();
        }
    }

    async #runSystemChaincode(
        system: SystemChaincode,
        { channelId, txId, input, signed, creator, chaincode }: UnpackedProposal,
        simulation: Simulation | undefined,
    ): Promise<Executed> {
        const args = (input.args ?? []).map((argument) => asBuffer(argument));
        const response = await system.invoke({
            channelId,
            txId,
            args,
            signedProposal: signed,
            creator,
            ...(simulation !== undefined && { simulation }),
        });
        log.debug(`[${channelId}] ${chaincode} answered ${String(response.status)}`);
        return { response, version: systemChaincodeVersion };
    }

    async #runChaincode(
        proposal: UnpackedProposal,
        simulation: Simulation | undefined,
        trace: TransactionTrace | undefined,
    ): Promise<Executed> {
        const { channelId, chaincode, txId, input, signed, creator } = proposal;
        const { catalog, runtime } = this.#options;
        let found;
        try {
            if (simulation === undefined) throw new Error(`could not get channel config for channel '${channelId}'`);
            found = catalog.findFor(simulation, channelId, chaincode);
        } catch (cause) {
            const hint = `make sure the chaincode ${chaincode} has been successfully defined on channel ${channelId} and try again`;
            throw new Error(`${hint}: ${errorText(cause)}`, { cause });
        }
        const { definition, packageId } = found;
        try {
            const { response, event } = await runtime.execute({
                packageId,
                channelId,
                txId,
                chaincode,
                definition,
                input,
                signedProposal: signed,
                simulation,
                call: this.#calls.of({ channelId, txId, invoked: chaincode, signed, creator, simulation }),
                ...(trace && { calls: trace.calls }),
            });
            const thrown = chaincodeException(response.status, event);
            trace?.chaincodeEnded(thrown?.text);
            if (thrown !== undefined) logException(thrown, proposal);
            return { response, version: definition.version, ...(event !== undefined && { event }) };
        } catch (cause) {
            instruments.simulationFailures.add({ channel: channelId, chaincode });
            throw inSimulation(cause);
        }
    }

    async #conclude(
        proposal: UnpackedProposal,
        channel: PeerChannel,
        simulation: Simulation | undefined,
        { response, event, version }: Executed,
        trace: TransactionTrace | undefined,
    ): Promise<protos.ProposalResponse.$Properties> {
        const status = response.status ?? 0;
        const plain = plainResponse(response);
        const endorsable = status < endorsableBelow;
        if (!endorsable && status < chaincodeError) return { response: plain };
        const simulated = finishedSimulation(simulation, trace);
        if (endorsable) await this.#sharePrivateData(channel, proposal.txId, simulated);
        const payload = proposalResponsePayload({
            proposalHash: proposal.proposalHash(),
            chaincode: proposal.chaincode,
            version,
            response,
            results: simulated?.results ?? noResults,
            ...(endorsable && event !== undefined && { event }),
        });
        const answer = {
            response: plain,
            payload,
            ...(simulated && { interest: interestOf(channel, simulated) }),
        };
        return endorsable ? { version: 1, ...answer, endorsement: this.#endorse(payload) } : answer;
    }

    /** Clear text stays with the members' peers until the transaction that carries its hash is committed. */
    async #sharePrivateData(
        channel: PeerChannel,
        txId: string,
        simulated: SimulationResults | undefined,
    ): Promise<void> {
        if (simulated?.privateResults === undefined) return;
        try {
            await this.#options.distributor.distribute(channel, txId, simulated.privateResults);
        } catch (cause) {
            throw inSimulation(cause);
        }
        const { ledger } = channel;
        await ledger.transientStore.put(txId, simulated.privateResults, ledger.height);
    }

    #endorse(payload: Buffer): protos.Endorsement.$Properties {
        const { signer, signatures } = this.#options;
        const endorsement = endorse(payload, signer);
        signatures.remember(this.#self, Buffer.concat([payload, signer.serialized]), asBuffer(endorsement.signature));
        return endorsement;
    }
}

function interestOf({ ledger }: PeerChannel, results: SimulationResults): protos.ChaincodeInterest.$Properties {
    const reader = ledger.newReader();
    try {
        return chaincodeInterest(results, reader);
    } catch (cause) {
        throw inSimulation(cause);
    } finally {
        reader.release();
    }
}

/** Calls without a channel change no ledger: nobody needs to vouch for their answer. */
function withoutEndorsement({ response }: Executed): protos.ProposalResponse.$Properties {
    return { response: plainResponse(response) };
}

function inSimulation(cause: unknown): Error {
    return new Error(`error in simulation: ${errorText(cause)}`, { cause });
}
