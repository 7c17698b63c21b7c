// SPDX-License-Identifier: Apache-2.0
import { logger } from '../process/logging.js';
import { asBuffer } from '../wire/decode.js';
import type { protos } from '../wire/protobuf.js';
import type { UnpackedProposal } from './proposal.js';

const log = logger('endorser');

/** Event names under which a chaincode that fails tells its peer what was thrown. */
const exceptionEvent = 'chaincode.exception';
const refusalEvent = 'chaincode.refusal';

/** What was thrown in a chaincode, with its stack. A refusal is an answer that the chaincode means to give. */
interface ChaincodeException {
    readonly isRefusal: boolean;
    readonly text: string;
}

/**
 * Reads it from the event of a response that refuses. A peer drops such an event (core/endorser/endorser.go, callChaincode),
 * on this engine as on Fabric, so no client ever sees it: a way for a stack that ends at the peer.
 */
export function chaincodeException(
    status: number,
    event: protos.ChaincodeEvent.$Properties | undefined,
): ChaincodeException | undefined {
    const isRefusal = event?.eventName === refusalEvent;
    if (status < 400 || (event?.eventName !== exceptionEvent && !isRefusal)) return undefined;
    return { isRefusal, text: asBuffer(event.payload).toString('utf8') };
}

/** A refusal is the chaincode's own answer; an exception is a fault that its operator should see. */
export function logException({ isRefusal, text }: ChaincodeException, proposal: UnpackedProposal): void {
    const { chaincode, channelId, txId } = proposal;
    const line = `chaincode ${chaincode} on channel [${channelId}] threw in transaction ${txId}: ${text}`;
    if (isRefusal) log.debug(line);
    else log.warning(line);
}
