// SPDX-License-Identifier: Apache-2.0
import { statusName } from '@power-currency/engine/wire/codes.js';
import { decode } from '@power-currency/engine/wire/decode.js';
import { orderer, protos } from '@power-currency/engine/wire/protobuf.js';
import type { CallEnd } from './grpcCall';
import { assertForeseen, Flaw } from './service';

/** Codes that a method may end with, each with what its text must say; every other code is a flaw. */
export type AllowedEnds = Readonly<Record<string, RegExp>>;

/** The code's name. Throws Flaw when it is not on the list. */
export function judgedCode(path: string, { code, text }: CallEnd, allowed: AllowedEnds): string {
    const expected = allowed[code];
    if (expected?.test(text) !== true) {
        throw new Flaw(`${path} ended with ${code}: ${text.slice(0, 300)}`);
    }
    return code;
}

/** Status of a response that an endorser answered with. Throws Flaw for any but those that Fabric's endorser gives. */
export function judgedProposalResponse(answer: Buffer): string {
    const { response, endorsement } = decode(protos.ProposalResponse, answer, 'ProposalResponse');
    const status = response?.status ?? 0;
    assertForeseen(response?.message ?? '');
    if (status !== 200 && status !== 404 && status !== 500) throw new Flaw(`an endorser answered ${String(status)}`);
    if (status !== 200 && endorsement) throw new Flaw(`a response with status ${String(status)} was endorsed`);
    return String(status);
}

/** Status of a Broadcast answer. */
export function judgedBroadcast(answer: Buffer): string {
    const { status, info } = decode(orderer.BroadcastResponse, answer, 'BroadcastResponse');
    assertForeseen(info);
    const allowed = [200, 400, 403, 404, 413, 503];
    if (!allowed.includes(status)) throw new Flaw(`Broadcast answered ${String(status)}: ${info}`);
    return statusName(status);
}
