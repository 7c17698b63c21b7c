// SPDX-License-Identifier: Apache-2.0
import { type Json, type LosslessJson, numberToken } from './json.js';
import { JsonSyntaxError, scanJson } from './scanJson.js';

/** Parses JSON of the ledger's own: numbers must be safe integers in their plain spelling. Throws JsonSyntaxError. */
export function parseJson(text: string): Json {
    return scanJson(text, safeInteger);
}

/** Parses foreign JSON and keeps every number as it is spelled. Throws JsonSyntaxError. */
export function parseLosslessJson(text: string): LosslessJson {
    return scanJson(text, numberToken);
}

function safeInteger(token: string): number {
    const value = /^(?:0|-?[1-9][0-9]{0,15})$/.test(token) ? Number(token) : Number.NaN;
    if (!Number.isSafeInteger(value)) throw new JsonSyntaxError(`${token.slice(0, 32)} is not a safe integer`);
    return value;
}
