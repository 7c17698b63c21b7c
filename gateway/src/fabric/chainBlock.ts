// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { common, ledger, peer } from '@hyperledger/fabric-protos';
import { type ChainBlock, type ChainTransaction, type ChainWrite } from '../application/audit/chainBlock.js';
import { headerHash } from './blockDecoding.js';
import { commitHash, type CollectionWrites, type OutcomeTransaction } from './commitHash.js';

const { rwset } = ledger;
const validCode: number = peer.TxValidationCode.VALID;

/**
 * Reads a serialised block for checking: what does not parse at any level is an error, nothing is left out.
 *
 * @throws Error when it is no block
 */
export function readChainBlock(bytes: Uint8Array): ChainBlock {
    const block = common.Block.deserializeBinary(bytes);
    const header = block.getHeader();
    if (header === undefined) throw new Error('the block has no header');
    const data = block.getData()?.getDataList_asU8() ?? [];
    const metadata = block.getMetadata()?.getMetadataList_asU8() ?? [];
    const codes = metadata[common.BlockMetadataIndex.TRANSACTIONS_FILTER] ?? new Uint8Array();
    if (codes.length !== data.length) throw new Error('the block has not one validation code per transaction');
    const outcome = metadata[common.BlockMetadataIndex.COMMIT_HASH] ?? new Uint8Array();
    const number = header.getNumber();
    const read = data.map((envelope, index) => readTransaction(envelope, codes[index] === validCode));
    const dataHash = createHash('sha256');
    for (const envelope of data) dataHash.update(envelope);
    return {
        number,
        hash: headerHash(header),
        previousHash: hex(header.getPreviousHash_asU8()),
        dataHash: hex(header.getDataHash_asU8()),
        dataHashFound: dataHash.digest('hex'),
        transactions: read,
        commitHash: outcome.length === 0 ? null : hex(common.Metadata.deserializeBinary(outcome).getValue_asU8()),
        commitHashAfter: (previous) => commitHash(number, codes, read, Buffer.from(previous, 'hex')),
    };
}

/** Only those that took effect have to be of a form: anything can be ordered. */
function readTransaction(envelope: Uint8Array, isValid: boolean): ChainTransaction & OutcomeTransaction {
    if (!isValid) return { txId: '', isValid, writes: [], collections: [], changesMetadata: false };
    const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(envelope).getPayload_asU8());
    const header = payload.getHeader()?.getChannelHeader_asU8();
    if (header === undefined) throw new Error('a transaction has no header');
    const channelHeader = common.ChannelHeader.deserializeBinary(header);
    const txId = channelHeader.getTxId();
    if (channelHeader.getType() !== common.HeaderType.ENDORSER_TRANSACTION) {
        return { txId, isValid, writes: [], collections: [], changesMetadata: false };
    }
    return { txId, isValid, ...readResults(resultsOf(payload.getData_asU8())) };
}

function resultsOf(data: Uint8Array): Uint8Array {
    const [first, ...others] = peer.Transaction.deserializeBinary(data).getActionsList();
    if (first === undefined || others.length > 0) throw new Error('a transaction has not exactly one action');
    const endorsed = peer.ChaincodeActionPayload.deserializeBinary(first.getPayload_asU8()).getAction();
    if (endorsed === undefined) throw new Error('a transaction has no endorsed action');
    const response = peer.ProposalResponsePayload.deserializeBinary(endorsed.getProposalResponsePayload_asU8());
    return peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8()).getResults_asU8();
}

function readResults(results: Uint8Array): Omit<OutcomeTransaction, 'isValid'> {
    const writes: ChainWrite[] = [];
    const collections: CollectionWrites[] = [];
    let changesMetadata = false;
    for (const one of rwset.TxReadWriteSet.deserializeBinary(results).getNsRwsetList()) {
        const namespace = one.getNamespace();
        const kv = rwset.kvrwset.KVRWSet.deserializeBinary(one.getRwset_asU8());
        changesMetadata ||= kv.getMetadataWritesList().length > 0;
        for (const write of kv.getWritesList()) {
            const value = write.getIsDelete() ? undefined : write.getValue_asU8();
            writes.push({ namespace, key: write.getKey(), value });
        }
        for (const collection of one.getCollectionHashedRwsetList()) {
            const set = rwset.kvrwset.HashedRWSet.deserializeBinary(collection.getHashedRwset_asU8());
            changesMetadata ||= set.getMetadataWritesList().length > 0;
            const hashed = set.getHashedWritesList().map((write) => ({
                key: write.getKeyHash_asU8(),
                value: write.getIsDelete() ? undefined : write.getValueHash_asU8(),
            }));
            collections.push({ namespace, collection: collection.getCollectionName(), writes: hashed });
        }
    }
    return { writes, collections, changesMetadata };
}

function hex(bytes: Uint8Array): string {
    return Buffer.from(bytes).toString('hex');
}
