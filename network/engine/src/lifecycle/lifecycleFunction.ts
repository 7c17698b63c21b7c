// SPDX-License-Identifier: Apache-2.0
import type { Simulation } from '../ledger/simulation/simulation.js';
import { decode, encode, type Decodable, type Encodable } from '../wire/decode.js';
import { errorText } from '../wire/errorText.js';
import type { ChaincodePackages } from './chaincodePackages.js';
import type { PeerChannel, PeerChannels } from './peerChannels.js';

/** What a call of `_lifecycle` works with. */
export interface LifecycleContext {
    readonly channels: PeerChannels;
    readonly packages: ChaincodePackages;
    readonly mspId: string;
    /** Empty for calls that concern no channel; then channel and simulation are absent. */
    readonly channelId: string;
    readonly channel?: PeerChannel;
    readonly simulation?: Simulation;
}

/** Takes the serialised arguments message and gives the serialised result message. */
export type LifecycleFunction = (argument: Buffer, context: LifecycleContext) => Promise<Buffer>;

/** An argument that is not the message the function takes. */
export class InvalidArgumentError extends Error {
    constructor(cause: unknown) {
        super(errorText(cause), { cause });
        this.name = 'InvalidArgumentError';
    }
}

/** Wraps an implementation in the decoding of its arguments and the encoding of its result. */
export function lifecycleFunction<A, R>(
    argumentType: Decodable<A>,
    resultType: Encodable<R>,
    run: (args: A, context: LifecycleContext) => R | Promise<R>,
): LifecycleFunction {
    return async (argument, context) => {
        let args: A;
        try {
            args = decode(argumentType, argument, 'argument');
        } catch (cause) {
            throw new InvalidArgumentError(cause);
        }
        return encode(resultType, await run(args, context));
    };
}
