// SPDX-License-Identifier: Apache-2.0
import { errorText } from '../wire/errorText.js';
import type { protos } from '../wire/protobuf.js';
import type { AccessControl } from './accessControl.js';
import type { ChaincodePackages } from './chaincodePackages.js';
import { lifecycleNamespace } from './chaincodeRecords.js';
import { definitionFunctions, NamespaceNotDefinedError } from './definitionFunctions.js';
import { InvalidArgumentError, type LifecycleContext, type LifecycleFunction } from './lifecycleFunction.js';
import { packageFunctions } from './packageFunctions.js';
import type { PeerChannel, PeerChannels } from './peerChannels.js';
import { failure, success, type SystemCall, type SystemChaincode } from './systemChaincode.js';

interface LifecycleOptions {
    readonly channels: PeerChannels;
    readonly packages: ChaincodePackages;
    readonly accessControl: Pick<AccessControl, 'checkAcl'>;
    /** MSP id of the peer's own organisation, for which it approves. */
    readonly mspId: string;
}

const functions: ReadonlyMap<string, LifecycleFunction> = new Map(
    Object.entries({ ...packageFunctions, ...definitionFunctions }),
);

/** The system chaincode `_lifecycle`: packages and definitions of chaincode (core/chaincode/lifecycle/scc.go). */
export class LifecycleChaincode implements SystemChaincode {
    readonly name = lifecycleNamespace;
    readonly usesSimulation = true;
    readonly #options: LifecycleOptions;

    constructor(options: LifecycleOptions) {
        this.#options = options;
    }

    async invoke(call: SystemCall): Promise<protos.Response.$Properties> {
        const [name, argument] = call.args;
        if (name === undefined) {
            return failure('lifecycle scc must be invoked with arguments');
        }
        if (argument === undefined || call.args.length > 2) {
            const count = String(call.args.length);
            return failure(`lifecycle scc operations require exactly two arguments but received ${count}`);
        }
        const channel = this.#options.channels.get(call.channelId);
        const refusal = this.#refusal(call, name.toString('utf8'), channel);
        return refusal ?? this.#run(call, name.toString('utf8'), argument, channel);
    }

    #refusal(
        call: SystemCall,
        name: string,
        channel: PeerChannel | undefined,
    ): protos.Response.$Properties | undefined {
        const { channelId, signedProposal } = call;
        if (channelId !== '' && channel === undefined) {
            return failure(`could not get channelconfig for channel '${channelId}'`);
        }
        if (channel !== undefined && !hasNewLifecycle(channel)) {
            return failure(
                `cannot use new lifecycle for channel '${channelId}' as it does not have the required capabilities enabled`,
            );
        }
        try {
            this.#options.accessControl.checkAcl(`${this.name}/${name}`, channelId, signedProposal);
            return undefined;
        } catch (error) {
            return failure(`Failed to authorize invocation due to failed ACL check: ${errorText(error)}`);
        }
    }

    async #run(
        call: SystemCall,
        name: string,
        argument: Buffer,
        channel: PeerChannel | undefined,
    ): Promise<protos.Response.$Properties> {
        const { channels, packages, mspId } = this.#options;
        const context: LifecycleContext = {
            channels,
            packages,
            mspId,
            channelId: call.channelId,
            ...(channel !== undefined && { channel }),
            ...(call.simulation !== undefined && { simulation: call.simulation }),
        };
        try {
            const run = functions.get(name);
            if (run === undefined) {
                throw new Error(`unknown function`);
            }
            return success(await run(argument, context));
        } catch (error) {
            if (error instanceof NamespaceNotDefinedError) {
                return failure(error.message, 404);
            }
            const cause =
                error instanceof InvalidArgumentError
                    ? `could not decode input arg for *lifecycle.Invocation.${name}: ${error.message}`
                    : errorText(error);
            return failure(`failed to invoke backing implementation of '${name}': ${cause}`);
        }
    }
}

function hasNewLifecycle(channel: PeerChannel): boolean {
    const { capabilities } = channel.configuration().application;
    return ['V2_0', 'V2_5'].some((name) => capabilities.has(name));
}
