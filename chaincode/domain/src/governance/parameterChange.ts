// SPDX-License-Identifier: Apache-2.0
import { type Decoded, object, text } from '../encoding/codec.js';
import { proposalId } from '../encoding/identifier.js';
import { instant } from '../encoding/quantityCodec.js';
import { parameterName, parameterValue } from './action.js';

/** One figure as a vote set it; changes are numbered in their order. */
export const parameterChange = object({
    proposalId,
    name: parameterName,
    value: parameterValue,
    at: instant,
    transactionId: text(/^[0-9a-f]{64}$/, 'transaction id'),
});
export type ParameterChange = Decoded<typeof parameterChange>;
