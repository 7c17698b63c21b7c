// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { common } from '@hyperledger/fabric-protos';
import { decodeBlock } from './blockDecoding.js';

const folder = resolve(__dirname, '../../../network/engine/fixtures/fabric-3.1.5/blocks');

interface RecordedTransaction {
    readonly txid?: string;
    readonly typeName: string;
    readonly codeName: string;
    readonly label: string;
    readonly envelopeSha256: string;
    readonly creatorMsp?: string;
    readonly chaincode?: string;
    readonly args?: readonly string[];
    /** Null for an identity that does not parse. */
    readonly endorsers?: readonly (string | null)[];
}

interface RecordedBlock {
    readonly number: number;
    readonly file: string;
    readonly headerHash: string;
    readonly previousHash: string;
    readonly dataHash: string;
    readonly commitHash: string | null;
    readonly lastConfig: number;
    readonly blockSignatures: readonly { readonly mspid: string }[];
    readonly transactions: readonly RecordedTransaction[];
}

const { blocks } = JSON.parse(readFileSync(resolve(folder, 'index.json'), 'utf8')) as {
    readonly blocks: readonly RecordedBlock[];
};
const bytesOf = ({ file }: RecordedBlock): Buffer => readFileSync(resolve(folder, '..', file));
const withLabel = (label: string): RecordedBlock =>
    blocks.find(({ transactions }) => transactions.some((transaction) => transaction.label === label))!;

describe('a block that real Fabric committed', () => {
    it.each(blocks.map((recorded) => [recorded.number, recorded] as const))('%s is read as recorded', (_, recorded) => {
        const block = decodeBlock(bytesOf(recorded));
        expect(block).toMatchObject({
            number: recorded.number,
            hash: recorded.headerHash,
            dataHash: recorded.dataHash,
            commitHash: recorded.commitHash ?? null,
        });
        expect(block.signatories.map(({ mspId }) => mspId)).toEqual(recorded.blockSignatures.map(({ mspid }) => mspid));
        expect(block.transactions.map(({ validationCode, digest }) => [validationCode, digest])).toEqual(
            recorded.transactions.map(({ codeName, envelopeSha256 }) => [codeName, envelopeSha256]),
        );
        for (const [index, transaction] of block.transactions.entries()) {
            const { codeName, args, chaincode, endorsers, creatorMsp } = recorded.transactions[index]!;
            if (codeName !== 'VALID' || args === undefined) continue;
            expect(transaction.creator?.mspId).toBe(creatorMsp);
            expect(transaction.call?.chaincode).toBe(chaincode);
            expect([transaction.call?.function, ...transaction.call!.arguments]).toHaveLength(args.length);
            expect(transaction.call?.endorsers.map(({ mspId }) => mspId)).toEqual(
                endorsers?.map((mspId) => mspId ?? ''),
            );
        }
    });

    it('shows reads with their versions, writes with their values', () => {
        const [transaction] = decodeBlock(bytesOf(withLabel('fresh-write'))).transactions;
        expect(transaction?.call?.reads).toContainEqual({
            namespace: '_lifecycle',
            key: 'namespaces/fields/vector/Sequence',
            version: { block: 22, transaction: 0 },
        });
        expect(transaction?.call?.writes).toEqual([
            { namespace: 'vector', key: 'k0002', isDelete: false, value: 'fresh' },
        ]);
    });
});

describe('a block that is damaged', () => {
    it('is shown as far as it can be read', () => {
        const block = common.Block.deserializeBinary(bytesOf(withLabel('fresh-write')));
        block.getData()?.setDataList([Buffer.from('no envelope'), new Uint8Array()]);
        const { transactions } = decodeBlock(block.serializeBinary());
        expect(transactions.map(({ type, call }) => [type, call])).toEqual([
            ['', null],
            ['MESSAGE', null],
        ]);
    });

    it('without header is refused', () => {
        expect(() => decodeBlock(new common.Block().serializeBinary())).toThrow('the block has no header');
    });
});
