// SPDX-License-Identifier: Apache-2.0
import { receivedMessage } from '../process/receivedMessage.js';
import { common } from '../wire/protobuf.js';

/** An envelope as a client sent it. Throws GrpcStatus for bytes that are none. */
export const receivedEnvelope = (bytes: Buffer): common.Envelope => receivedMessage(common.Envelope, bytes);
