// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { common, peer } from '@hyperledger/fabric-protos';
import { readChainBlock } from '../chainBlock.js';

/** A transaction as far as a block has to hold it. */
export interface MadeTransaction {
    readonly txId: string;
    /** Serialised TxReadWriteSet. */
    readonly results: Uint8Array;
    readonly code: number;
}

/** A chain of blocks with these transactions behind an empty first block: hashes as an orderer and a peer compute them. */
export function madeBlocks(content: readonly (readonly MadeTransaction[])[]): readonly Buffer[] {
    const files: Buffer[] = [];
    for (const [number, transactions] of [[], ...content].entries()) {
        const previous = files.length === 0 ? undefined : readChainBlock(files[files.length - 1]!);
        const bare = madeBlock(number, transactions, previous?.hash ?? '', '');
        const commitHash = number === 0 ? '' : readChainBlock(bare).commitHashAfter(previous?.commitHash ?? '')!;
        files.push(madeBlock(number, transactions, previous?.hash ?? '', commitHash));
    }
    return files;
}

function madeBlock(
    number: number,
    transactions: readonly MadeTransaction[],
    previousHash: string,
    commitHash: string,
): Buffer {
    const envelopes = transactions.map(envelopeOf);
    const header = new common.BlockHeader();
    header.setNumber(number);
    header.setPreviousHash(Buffer.from(previousHash, 'hex'));
    header.setDataHash(createHash('sha256').update(Buffer.concat(envelopes)).digest());
    const data = new common.BlockData();
    data.setDataList(envelopes);
    const outcome = new common.Metadata();
    outcome.setValue(Buffer.from(commitHash, 'hex'));
    const metadata = new common.BlockMetadata();
    const codes = Uint8Array.from(transactions, ({ code }) => code);
    const none = new Uint8Array();
    metadata.setMetadataList([none, none, codes, none, commitHash === '' ? none : outcome.serializeBinary()]);
    const block = new common.Block();
    block.setHeader(header);
    block.setData(data);
    block.setMetadata(metadata);
    return Buffer.from(block.serializeBinary());
}

function envelopeOf({ txId, results }: MadeTransaction): Buffer {
    const action = new peer.ChaincodeAction();
    action.setResults(results);
    const response = new peer.ProposalResponsePayload();
    response.setExtension$(action.serializeBinary());
    const endorsed = new peer.ChaincodeEndorsedAction();
    endorsed.setProposalResponsePayload(response.serializeBinary());
    const actionPayload = new peer.ChaincodeActionPayload();
    actionPayload.setAction(endorsed);
    const one = new peer.TransactionAction();
    one.setPayload(actionPayload.serializeBinary());
    const transaction = new peer.Transaction();
    transaction.setActionsList([one]);
    const channelHeader = new common.ChannelHeader();
    channelHeader.setType(common.HeaderType.ENDORSER_TRANSACTION);
    channelHeader.setTxId(txId);
    const header = new common.Header();
    header.setChannelHeader(channelHeader.serializeBinary());
    const payload = new common.Payload();
    payload.setHeader(header);
    payload.setData(transaction.serializeBinary());
    const envelope = new common.Envelope();
    envelope.setPayload(payload.serializeBinary());
    return Buffer.from(envelope.serializeBinary());
}
