// SPDX-License-Identifier: Apache-2.0
import { type PeerTrace, type ShimCall } from '../application/peerTrace.js';
import { type ReadConflict } from '../application/readConflict.js';
import { type PeerAnswer, type TransactionTrace } from '../application/transactionTrace.js';
import { keyText, type Paint, placeText, shortText, stateUseLines, transactionLines } from './blockText.js';
import { printable } from './output.js';

/** A transaction's life as people read it. */
export function traceText(trace: TransactionTrace, paint: Paint): string {
    const { transaction, place, conflict } = trace;
    const lines = [
        ...(transaction === null || place === null
            ? [paint('bold', `Transaction ${trace.txId}`), '  in no block: it was not ordered, or not yet']
            : [...transactionLines(transaction, paint), `  committed     ${placeText(place)}`]),
        ...(conflict === null ? [] : conflictLines(conflict, paint)),
        ...trace.peers.flatMap((answer) => peerLines(answer, paint)),
    ];
    return `${lines.join('\n')}\n`;
}

function conflictLines(conflict: ReadConflict, paint: Paint): readonly string[] {
    const { changedBy } = conflict;
    return [
        `  conflict      ${paint('red', keyText(conflict))}`,
        `    read        ${placeText(conflict.readVersion)}`,
        changedBy === null
            ? '    changed     nobody wrote the version that was read'
            : `    changed     ${placeText(changedBy.place)} by ${printable(changedBy.txId)}`,
    ];
}

function peerLines({ context, trace }: PeerAnswer, paint: Paint): readonly string[] {
    const title = paint('bold', `Peer asked by ${printable(context)}`);
    if (typeof trace === 'string') return [title, `  ${trace}`];
    return [
        `${title} ${printable(`${trace.peer} (${trace.mspId})`)}`,
        `  proposal      ${printable(trace.function)} from ${printable(trace.creator)}, received ${trace.receivedAt}`,
        ...trace.arguments.map((argument) => `  argument      ${shortText(argument)}`),
        `  took          ${milliseconds(trace.durationMs)}, of which the chaincode ${milliseconds(trace.chaincodeMs)}`,
        ...trace.calls.map((call) => callLine(call, paint)),
        ...(trace.callsDropped === 0 ? [] : [`  … ${String(trace.callsDropped)} more calls`]),
        `  answer        ${String(trace.status)} ${shortText(trace.message)}${trace.isEndorsed ? ', endorsed' : ', not endorsed'}`,
        ...(trace.stateUse === null ? [] : stateUseLines(trace.stateUse, paint)),
        ...exceptionLines(trace, paint),
        ...commitLines(trace),
    ];
}

function callLine({ type, subject, atMs, durationMs, error }: ShimCall, paint: Paint): string {
    const at = paint('dim', `+${milliseconds(atMs)}`.padStart(12));
    const failed = error === null ? '' : ` ${paint('red', shortText(error))}`;
    return `  ${at}  ${type} ${shortText(subject)} ${paint('dim', milliseconds(durationMs))}${failed}`;
}

function exceptionLines({ exception }: PeerTrace, paint: Paint): readonly string[] {
    if (exception === null) return [];
    return [
        paint('red', '  thrown in the chaincode'),
        ...exception.split('\n').map((line) => `    ${printable(line)}`),
    ];
}

function commitLines({ commit }: PeerTrace): readonly string[] {
    if (commit === null) return [];
    return [
        `  ordering      ${milliseconds(commit.orderingMs)} until block ${String(commit.block)} came`,
        `  verdict       ${commit.validationCode}; block validated in ${milliseconds(commit.validationMs)}, committed in ${milliseconds(commit.commitMs)}`,
    ];
}

function milliseconds(value: number): string {
    return `${value.toFixed(2)} ms`;
}
