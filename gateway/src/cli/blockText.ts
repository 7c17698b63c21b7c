// SPDX-License-Identifier: Apache-2.0
import { type styleText } from 'node:util';
import {
    type BlockView,
    type KeyRead,
    type Place,
    type Signatory,
    type StateUse,
    type TransactionView,
} from '../application/blockView.js';
import { printable } from './output.js';

/** Paints text, or leaves it as it is where colours are not wanted. */
export type Paint = (format: Parameters<typeof styleText>[0], text: string) => string;

const valueCharactersMax = 100;

/** A block as people read it. */
export function blockText(block: BlockView, paint: Paint): string {
    const header = [
        paint('bold', `Block ${String(block.number)}`),
        `  hash          ${block.hash}`,
        `  previous hash ${block.previousHash === '' ? '-' : block.previousHash}`,
        `  data hash     ${block.dataHash}`,
        `  commit hash   ${block.commitHash ?? '-'}`,
        `  last config   ${block.lastConfig === null ? '-' : String(block.lastConfig)}`,
        `  signed by     ${block.signatories.map(signatoryText).join(', ') || '-'}`,
    ];
    return `${[...header, ...block.transactions.flatMap((transaction) => transactionLines(transaction, paint))].join('\n')}\n`;
}

/** One transaction: who asked for what, what it read and wrote, who vouched for it, how it ended. */
export function transactionLines(transaction: TransactionView, paint: Paint): readonly string[] {
    const { call } = transaction;
    const verdict = paint(transaction.validationCode === 'VALID' ? 'green' : 'red', transaction.validationCode);
    const title = `Transaction ${String(transaction.index)}  ${printable(transaction.txId) || '-'}  ${verdict}`;
    return [
        paint('bold', title),
        `  type          ${transaction.type || 'unreadable'}`,
        `  creator       ${transaction.creator === null ? '-' : signatoryText(transaction.creator)}`,
        `  proposed      ${transaction.timestamp || '-'}`,
        ...(call === null
            ? []
            : [
                  `  chaincode     ${printable(call.chaincode)} ${printable(call.version)}`,
                  `  function      ${paint('cyan', printable(call.function))}`,
                  ...call.arguments.map((argument) => `  argument      ${shortText(argument)}`),
                  ...call.endorsers.map((endorser) => `  endorsed by   ${signatoryText(endorser)}`),
                  `  answer        ${String(call.status)} ${shortText(call.message)}`.trimEnd(),
                  ...stateUseLines(call, paint),
                  ...(call.event === null
                      ? []
                      : [`  event         ${printable(call.event.name)} ${shortText(call.event.payload)}`]),
              ]),
    ];
}

/** Reads with versions, ranges, writes with values, and uses of private data. */
export function stateUseLines(use: StateUse, paint: Paint): readonly string[] {
    return [
        ...use.reads.map((read) => `  read          ${keyText(read)} ${paint('dim', `@ ${placeText(read.version)}`)}`),
        ...use.ranges.map(
            ({ namespace, startKey, endKey, reads, isHashed }) =>
                `  read range    ${printable(`${namespace}/${startKey} … ${endKey}`)} ${paint(
                    'dim',
                    isHashed ? 'hashed' : `${String(reads.length)} keys`,
                )}`,
        ),
        ...use.writes.map((write) =>
            write.isDelete
                ? `  deleted       ${keyText(write)}`
                : `  wrote         ${keyText(write)} ${paint('dim', '=')} ${shortText(write.value)}`,
        ),
        ...use.metadataKeys.map((key) => `  key policy    ${keyText(key)}`),
        ...use.collections.map(
            ({ namespace, collection, reads, writes }) =>
                `  private data  ${printable(`${namespace}/${collection}`)} ${String(reads)} read, ${String(writes)} written`,
        ),
    ];
}

function signatoryText({ mspId, name }: Signatory): string {
    return printable(mspId === '' ? name : `${name} (${mspId})`);
}

/** A version, as the block and the transaction that wrote it. */
export function placeText(place: Place | null): string {
    return place === null ? 'not there' : `block ${String(place.block)} tx ${String(place.transaction)}`;
}

export function keyText({ namespace, key }: Pick<KeyRead, 'namespace' | 'key'>): string {
    return printable(`${namespace}/${key.replaceAll('\0', '·')}`);
}

export function shortText(text: string): string {
    const clean = printable(text);
    return clean.length <= valueCharactersMax
        ? clean
        : `${clean.slice(0, valueCharactersMax)}… (${String(clean.length)} characters)`;
}
