// SPDX-License-Identifier: Apache-2.0
import { logger } from '../process/logging.js';
import { counter, histogram } from '../process/metrics.js';
import type { Simulation } from '../ledger/simulation/simulation.js';
import { asBuffer, decode, encode } from '../wire/decode.js';
import { errorText } from '../wire/errorText.js';
import { protos } from '../wire/protobuf.js';
import { ChaincodeError } from './chaincodeError.js';
import type { ChaincodeEndpoint, EndpointDirectory } from './chaincodeEndpoint.js';
import { ChaincodeStream, type AdditionalParameters } from './chaincodeStream.js';
import { dialChaincode, dialFailure, type ChaincodeConnection, type DialChaincode } from './dialChaincode.js';
import { checkInvocation } from './invocationCheck.js';
import { MessageType } from './messageType.js';
import type { ShimCalls } from './shimCalls.js';
import type { CallChaincode } from './stateRequests.js';

interface RuntimeOptions {
    /** chaincode.executetimeout */
    readonly executeTimeoutMs: number;
    /** chaincode.startuptimeout: how long a connected chaincode may take to register. */
    readonly startupTimeoutMs: number;
    readonly offer: AdditionalParameters;
    readonly endpoints: EndpointDirectory;
    readonly dial?: DialChaincode;
}

export interface Invocation {
    readonly packageId: string;
    readonly channelId: string;
    readonly txId: string;
    /** The name it is defined by on the channel. */
    readonly chaincode: string;
    readonly definition: { readonly version: string; readonly initRequired: boolean };
    readonly input: protos.ChaincodeInput.$Properties;
    readonly signedProposal: protos.SignedProposal.$Properties;
    readonly simulation: Simulation;
    readonly call: CallChaincode;
    /** Notes what the chaincode asks of its peer. */
    readonly calls?: ShimCalls;
}

export interface ChaincodeResult {
    readonly response: protos.Response;
    readonly event?: protos.ChaincodeEvent.$Properties;
}

interface Launched {
    readonly connection: ChaincodeConnection;
    readonly stream: ChaincodeStream;
}

const log = logger('chaincode');
const launchDuration = histogram('chaincode_launch_duration', 'The time to launch a chaincode.', [
    'chaincode',
    'success',
]);
const launchFailures = counter('chaincode_launch_failures', 'The number of chaincode launches that have failed.', [
    'chaincode',
]);
const executeTimeouts = counter(
    'chaincode_execute_timeouts',
    'The number of chaincode executions (Init or Invoke) that have timed out.',
    ['chaincode'],
);

/**
 * Runs chaincode served by processes of their own (core/chaincode/chaincode_support.go). There is one stream per package;
 * it is made when first needed and again by the next invocation after it broke. Failed launches leave nothing behind.
 */
export class ChaincodeRuntime {
    readonly #options: RuntimeOptions;
    readonly #dial: DialChaincode;
    readonly #launches = new Map<string, Promise<Launched>>();

    constructor(options: RuntimeOptions) {
        this.#options = options;
        this.#dial = options.dial ?? dialChaincode;
    }

    /** The chaincode's response, whatever its status. Throws ChaincodeError with Fabric's text when there is none. */
    async execute(invocation: Invocation): Promise<ChaincodeResult> {
        const { txId, chaincode } = invocation;
        let message: protos.ChaincodeMessage;
        try {
            message = await this.invoke(invocation);
        } catch (error) {
            throw asChaincodeError(error).within(`failed to execute transaction ${txId}`);
        }
        if (message.type === MessageType.ERROR) {
            throw new ChaincodeError(
                'failed',
                `transaction returned with failure: ${asBuffer(message.payload).toString()}`,
            );
        }
        const event = message.chaincodeEvent;
        return {
            response: responseOf(message, txId),
            // Whatever the chaincode claims, the event is its own and of this transaction.
            ...(event && { event: { ...event, chaincodeId: chaincode, txId } }),
        };
    }

    /** The chaincode's final message, COMPLETED or ERROR, as a chaincode that called it gets it. Throws ChaincodeError. */
    async invoke(invocation: Invocation): Promise<protos.ChaincodeMessage> {
        const { packageId, channelId, txId, chaincode, definition, input, signedProposal, simulation, call, calls } =
            invocation;
        const type = checkInvocation(definition, chaincode, input.isInit ?? false, simulation);
        const stream = await this.launch(packageId);
        try {
            return await stream.execute({
                type,
                channelId,
                txId,
                payload: encode(protos.ChaincodeInput, {
                    args: input.args ?? [],
                    ...(type === MessageType.INIT && { isInit: true }),
                }),
                signedProposal,
                request: { chaincode, simulation, isInit: type === MessageType.INIT, call, ...(calls && { calls }) },
                timeoutMs: this.#options.executeTimeoutMs,
            });
        } catch (error) {
            const failure = asChaincodeError(error);
            if (failure.failure === 'timeout') executeTimeouts.add({ chaincode });
            throw failure.within('error sending');
        }
    }

    /** Connects to a chaincode unless its stream is up. Concurrent launches share one attempt. */
    async launch(packageId: string): Promise<ChaincodeStream> {
        let launch = this.#launches.get(packageId);
        if (launch === undefined) {
            launch = this.#start(packageId);
            this.#launches.set(packageId, launch);
            void this.#forgetWhenOver(packageId, launch);
        }
        return (await launch).stream;
    }

    /** Ends every stream; what runs on them fails. */
    async close(): Promise<void> {
        const launches = [...this.#launches.values()];
        this.#launches.clear();
        for (const launched of await Promise.allSettled(launches)) {
            if (launched.status === 'fulfilled') {
                launched.value.stream.close();
                launched.value.connection.close();
            }
        }
    }

    async #start(packageId: string): Promise<Launched> {
        const started = performance.now();
        let launched: Launched | undefined;
        try {
            const endpoint = await this.#options.endpoints.endpointOf(packageId);
            const connection = this.#dial(endpoint);
            launched = {
                connection,
                stream: new ChaincodeStream(packageId, connection.stream, this.#options.offer),
            };
            await this.#registered(packageId, endpoint, launched);
            return launched;
        } catch (error) {
            launched?.stream.close();
            launched?.connection.close();
            launchFailures.add({ chaincode: packageId });
            const failure = asChaincodeError(error).within(`could not launch chaincode ${packageId}`);
            log.error(failure.message);
            throw failure;
        } finally {
            const success = String(launched?.stream.ready ?? false);
            launchDuration.observe({ chaincode: packageId, success }, (performance.now() - started) / 1000);
        }
    }

    /** A launch that failed or whose stream ended is forgotten at once, so that the next invocation dials again. */
    async #forgetWhenOver(packageId: string, launch: Promise<Launched>): Promise<void> {
        const launched = await launch.catch(() => undefined);
        await launched?.stream.ended;
        if (this.#launches.get(packageId) === launch) this.#launches.delete(packageId);
        launched?.connection.close();
    }

    /** Waits for the connection first and for REGISTER then; each has a timeout of its own. */
    async #registered(packageId: string, endpoint: ChaincodeEndpoint, { connection, stream }: Launched): Promise<void> {
        const progress = { connected: false };
        const timeout: PromiseWithResolvers<never> = Promise.withResolvers();
        const timer = setTimeout(() => {
            timeout.reject(new StartupTimeout(packageId));
        }, this.#options.startupTimeoutMs);
        const dialled = connection.connected.then(() => {
            progress.connected = true;
            return stream.registered;
        });
        dialled.catch(() => undefined);
        try {
            await Promise.race([stream.registered, dialled, timeout.promise]);
        } catch (error) {
            if (error instanceof StartupTimeout) throw new ChaincodeError('launch', error.message, { cause: error });
            const reason = progress.connected
                ? `connection to ${packageId} failed: error handling chaincode stream for ${packageId}: ${errorText(error)}`
                : dialFailure(packageId, endpoint, transportText(error));
            throw new ChaincodeError('launch', reason, { cause: error });
        } finally {
            clearTimeout(timer);
        }
    }
}

class StartupTimeout extends Error {
    constructor(packageId: string) {
        super(`timeout expired while starting chaincode ${packageId} for transaction`);
    }
}

/** What the transport says, without the words of the stream above it. */
function transportText(error: unknown): string {
    return errorText(error instanceof Error ? (error.cause ?? error) : error);
}

function responseOf(message: protos.ChaincodeMessage, txId: string): protos.Response {
    try {
        return decode(protos.Response, asBuffer(message.payload), 'Response');
    } catch (cause) {
        const reason = 'proto: cannot parse invalid wire-format data';
        throw new ChaincodeError('failed', `failed to unmarshal response for transaction ${txId}: ${reason}`, {
            cause,
        });
    }
}

function asChaincodeError(error: unknown): ChaincodeError {
    if (error instanceof ChaincodeError) return error;
    return new ChaincodeError('failed', errorText(error), { cause: error });
}
