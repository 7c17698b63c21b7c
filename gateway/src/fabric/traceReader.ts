// SPDX-License-Identifier: Apache-2.0
import { GatewayError } from '@hyperledger/fabric-gateway';
import { type MissingTrace, type PeerTrace, type ShimCall } from '../application/peerTrace.js';
import { type PeerSession } from './connection.js';
import { evaluateTrouble, validationCodeName } from './gatewayErrors.js';
import { decodeStateUse } from './stateUseDecoding.js';
import { askSystemChaincode } from './systemChaincodeQuery.js';

/** A record as the embedded engine's system chaincode `_trace` gives it (network/engine/src/endorser/traceRecord.ts). */
interface TraceRecord extends Omit<PeerTrace, 'peer' | 'stateUse' | 'commit'> {
    readonly calls: readonly ShimCall[];
    /** Base64 of the TxReadWriteSet. */
    readonly results: string | null;
    readonly commit: (Omit<NonNullable<PeerTrace['commit']>, 'validationCode'> & { readonly code: number }) | null;
}

/** What the peer remembers of a transaction; Hyperledger Fabric's peers remember nothing of the kind. */
export async function readTrace(
    session: PeerSession,
    channel: string,
    txId: string,
): Promise<PeerTrace | MissingTrace> {
    let bytes: Uint8Array;
    try {
        bytes = await askSystemChaincode(session, channel, '_trace', ['GetTransaction', channel, txId]);
    } catch (error) {
        const missing = missingOf(error);
        if (missing === undefined) throw evaluateTrouble(error, session.peer).error;
        return missing;
    }
    const { results, commit, ...record } = JSON.parse(Buffer.from(bytes).toString()) as TraceRecord;
    return {
        ...record,
        peer: session.peer,
        stateUse: results === null ? null : decodeStateUse(Buffer.from(results, 'base64')),
        commit: commit && { ...commit, validationCode: validationCodeName(commit.code) },
    };
}

/** How an engine says that it has no record, or does not show it. */
const answers: readonly (readonly [RegExp, MissingTrace])[] = [
    [/no record of transaction/, 'no record of this transaction'],
    [/access denied for \[GetTransaction\]/, 'only for administrators'],
    [/_trace/, 'not recorded by this engine'],
];

function missingOf(error: unknown): MissingTrace | undefined {
    if (!(error instanceof GatewayError)) return undefined;
    const text = [error.message, ...error.details.map(({ message }) => message)].join('\n');
    return answers.find(([pattern]) => pattern.test(text))?.[1];
}
