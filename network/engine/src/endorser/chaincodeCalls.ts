// SPDX-License-Identifier: Apache-2.0
import type { ChaincodeRuntime, Invocation } from '../chaincode/chaincodeRuntime.js';
import { MessageType } from '../chaincode/messageType.js';
import type { CallChaincode } from '../chaincode/stateRequests.js';
import type { Simulation } from '../ledger/simulation/simulation.js';
import type { AccessControl } from '../lifecycle/accessControl.js';
import type { PeerChannels } from '../lifecycle/peerChannels.js';
import type { SystemChaincode } from '../lifecycle/systemChaincode.js';
import { asBuffer, encode } from '../wire/decode.js';
import { errorText } from '../wire/errorText.js';
import { protos } from '../wire/protobuf.js';
import { simulationFor } from './creatorSimulation.js';
import type { ChaincodeCatalog, RunnableChaincode } from './chaincodeCatalog.js';

interface ChaincodeCallsOptions {
    readonly channels: PeerChannels;
    readonly accessControl: AccessControl;
    readonly systemChaincodes: ReadonlyMap<string, SystemChaincode>;
    readonly catalog: ChaincodeCatalog;
    readonly runtime: Pick<ChaincodeRuntime, 'invoke'>;
}

/** The transaction in which a chaincode calls others. */
interface CallingTransaction {
    /** Where the caller runs. */
    readonly channelId: string;
    readonly txId: string;
    /** The chaincode that the client's proposal names: the first of a chain of calls. */
    readonly invoked: string;
    readonly signed: protos.SignedProposal.$Properties;
    /** Serialised identity. */
    readonly creator: Buffer;
    readonly simulation: Simulation;
}

/**
 * Chaincode that calls chaincode (core/chaincode/handler.go HandleInvokeChaincode). On the caller's channel both work on
 * one read-write set. On another channel the called one may read only: what it does is forgotten.
 */
export class ChaincodeCalls {
    readonly #options: ChaincodeCallsOptions;

    constructor(options: ChaincodeCallsOptions) {
        this.#options = options;
    }

    /** What the transaction's chaincode may call. A call that gives no message throws with Fabric's text. */
    of(transaction: CallingTransaction): CallChaincode {
        return async (target, input) => {
            const { name, channelId } = parseTarget(target, transaction.channelId);
            const { accessControl, channels, systemChaincodes } = this.#options;
            const system = systemChaincodes.get(name);
            if (system === undefined)
                accessControl.checkAcl('peer/ChaincodeToChaincode', channelId, transaction.signed);
            if (channelId === transaction.channelId) return this.#run(transaction, system ?? name, input);
            const channel = channels.get(channelId);
            if (channel === undefined) throw new Error(`failed to find ledger for channel: ${channelId}`);
            const simulation = simulationFor(transaction, channel);
            try {
                return await this.#run({ ...transaction, channelId, simulation }, system ?? name, input);
            } finally {
                simulation.abandon();
            }
        };
    }

    async #run(
        transaction: CallingTransaction,
        called: SystemChaincode | string,
        input: protos.ChaincodeInput.$Properties,
    ): Promise<protos.ChaincodeMessage.$Properties> {
        if (typeof called !== 'string') return runSystemChaincode(transaction, called, input);
        try {
            return await this.#options.runtime.invoke(this.#invocation(transaction, called, input));
        } catch (cause) {
            throw new Error(`execute failed: ${errorText(cause)}`, { cause });
        }
    }

    #invocation(
        transaction: CallingTransaction,
        chaincode: string,
        input: protos.ChaincodeInput.$Properties,
    ): Invocation {
        const { channelId, txId, signed, simulation } = transaction;
        let found: RunnableChaincode;
        try {
            found = this.#options.catalog.findFor(simulation, channelId, chaincode);
        } catch (cause) {
            const what = `invalid invocation: [channel ${channelId}] failed to get chaincode container info for ${chaincode}`;
            throw new Error(`${what}: ${errorText(cause)}`, { cause });
        }
        return {
            ...found,
            channelId,
            txId,
            chaincode,
            input,
            signedProposal: signed,
            simulation,
            call: this.of(transaction),
        };
    }
}

async function runSystemChaincode(
    { channelId, txId, invoked, signed, creator, simulation }: CallingTransaction,
    system: SystemChaincode,
    input: protos.ChaincodeInput.$Properties,
): Promise<protos.ChaincodeMessage.$Properties> {
    const response = await system.invoke({
        channelId,
        txId,
        args: (input.args ?? []).map((argument) => asBuffer(argument)),
        signedProposal: signed,
        creator,
        calledThrough: invoked,
        ...(system.usesSimulation && { simulation }),
    });
    return { type: MessageType.COMPLETED, payload: encode(protos.Response, response), txid: txId, channelId };
}

/** `name[:version][/channel]`; the version decides nothing. */
function parseTarget(target: string, ownChannel: string): { name: string; channelId: string } {
    const slash = target.indexOf('/');
    const [name = ''] = (slash < 0 ? target : target.slice(0, slash)).split(':');
    const channelId = slash < 0 ? '' : target.slice(slash + 1);
    return { name, channelId: channelId === '' ? ownChannel : channelId };
}
