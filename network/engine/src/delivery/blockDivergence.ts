// SPDX-License-Identifier: Apache-2.0
import { parseBlock, type ParsedTransaction } from '../ledger/validation/parsedTransaction.js';
import { BlockMetadataIndex, TxValidationCode, validationCodeName } from '../wire/codes.js';
import { asBuffer } from '../wire/decode.js';
import { blockHeaderHash } from '../wire/hashing.js';
import type { common } from '../wire/protobuf.js';

const mostNamed = 20;

/**
 * What two peers made differently of one block: undefined when header, validation codes and commit hash agree. The text
 * names the block, the transaction and the keys that it writes.
 */
export function blockDivergence(own: common.Block, theirs: common.Block, witness: string): string | undefined {
    const ownHash = blockHeaderHash(own.header ?? {});
    const theirHash = blockHeaderHash(theirs.header ?? {});
    if (!ownHash.equals(theirHash)) {
        return `${blockName(own)} has header hash ${ownHash.toString('hex')} here and ${theirHash.toString('hex')} at ${witness}`;
    }
    return codeDivergence(own, theirs, witness) ?? commitDivergence(own, theirs, witness);
}

function codeDivergence(own: common.Block, theirs: common.Block, witness: string): string | undefined {
    const codes = entry(own, BlockMetadataIndex.TRANSACTIONS_FILTER);
    const theirCodes = entry(theirs, BlockMetadataIndex.TRANSACTIONS_FILTER);
    const index = firstDifference(codes, theirCodes);
    if (index === undefined) return undefined;
    const [here, there] = [codeName(codes[index]), codeName(theirCodes[index])];
    const transaction = described(parseBlock(own)[index], index);
    return `${blockName(own)}: transaction ${transaction}, is ${here} here and ${there} at ${witness}`;
}

function commitDivergence(own: common.Block, theirs: common.Block, witness: string): string | undefined {
    const [here, there] = [entry(own, BlockMetadataIndex.COMMIT_HASH), entry(theirs, BlockMetadataIndex.COMMIT_HASH)];
    if (here.equals(there)) return undefined;
    const codes = entry(own, BlockMetadataIndex.TRANSACTIONS_FILTER);
    const valid = parseBlock(own).flatMap((transaction, index) =>
        codes[index] === TxValidationCode.VALID ? [described(transaction, index)] : [],
    );
    const differs = `${blockName(own)} has another commit hash here than at ${witness}, with the same validation codes`;
    return `${differs}: one of its valid transactions wrote something else: ${valid.join('; ')}`;
}

const blockName = ({ header }: common.Block): string => `block ${String(header?.number ?? 0)}`;

function entry(block: common.Block, index: number): Buffer {
    return asBuffer(block.metadata?.metadata?.[index]);
}

function firstDifference(own: Buffer, theirs: Buffer): number | undefined {
    const length = Math.max(own.length, theirs.length);
    for (let index = 0; index < length; index++) if (own[index] !== theirs[index]) return index;
    return undefined;
}

const codeName = (code: number | undefined): string => (code === undefined ? 'missing' : validationCodeName(code));

/** The transaction's id and the keys that it writes. */
function described(transaction: ParsedTransaction | undefined, index: number): string {
    return `${String(index)} (${attempt(() => transaction?.txId) ?? 'unreadable'}), which writes ${writtenKeys(transaction)}`;
}

function writtenKeys(transaction: ParsedTransaction | undefined): string {
    const sets = attempt(() => transaction?.readWriteSet) ?? [];
    const keys = sets.flatMap(({ namespace, kv, collections }) => [
        ...kv.writes.map(({ key }) => `${namespace}/${JSON.stringify(key ?? '')}`),
        ...collections.flatMap(({ name, hashed }) =>
            hashed.hashedWrites.map(({ keyHash }) => `${namespace}/${name}/hash ${asBuffer(keyHash).toString('hex')}`),
        ),
    ]);
    if (keys.length === 0) return 'no key';
    const rest = keys.length > mostNamed ? ` and ${String(keys.length - mostNamed)} more` : '';
    return `${keys.length === 1 ? 'key' : 'keys'} ${keys.slice(0, mostNamed).join(', ')}${rest}`;
}

/** Transactions of a block need not be readable. */
function attempt<T>(read: () => T): T | undefined {
    try {
        return read();
    } catch {
        return undefined;
    }
}
