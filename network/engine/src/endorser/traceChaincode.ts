// SPDX-License-Identifier: Apache-2.0
import type { AccessControl } from '../lifecycle/accessControl.js';
import { failure, success, type SystemCall, type SystemChaincode } from '../lifecycle/systemChaincode.js';
import { errorText } from '../wire/errorText.js';
import type { protos } from '../wire/protobuf.js';
import type { TraceBook } from './traceBook.js';

interface TraceChaincodeOptions {
    readonly traces: TraceBook;
    readonly accessControl: Pick<AccessControl, 'checkAcl'>;
    readonly mspId: string;
}

/**
 * The system chaincode `_trace`, which Fabric does not have: `GetTransaction CHANNEL TXID` tells an administrator of the
 * peer's own organisation, and nobody else, what the peer remembers of a proposal.
 */
export class TraceChaincode implements SystemChaincode {
    readonly name = '_trace';
    readonly usesSimulation = false;
    readonly #options: TraceChaincodeOptions;

    constructor(options: TraceChaincodeOptions) {
        this.#options = options;
    }

    invoke(call: SystemCall): Promise<protos.Response.$Properties> {
        return Promise.resolve(this.#answer(call));
    }

    #answer({ args, signedProposal, calledThrough }: SystemCall): protos.Response.$Properties {
        const [name, channelId, txId] = args.map((argument) => argument.toString('utf8'));
        if (name !== 'GetTransaction') return failure(`Requested function ${name ?? ''} not found.`);
        if (channelId === undefined || txId === undefined) {
            return failure(`Incorrect number of arguments, ${String(args.length)}`);
        }
        // A chaincode would hand the record to whoever reads its answer.
        if (calledThrough !== undefined) return failure('_trace is not to be called by chaincode');
        try {
            this.#options.accessControl.checkAcl('_trace/GetTransaction', channelId, signedProposal);
        } catch (error) {
            return failure(`access denied for [${name}][${channelId}]: [${errorText(error)}]`);
        }
        const trace = this.#options.traces.find(channelId, txId);
        if (trace === undefined) return failure(`no record of transaction ${txId}`);
        return success(Buffer.from(JSON.stringify(trace.record(this.#options.mspId))));
    }
}
