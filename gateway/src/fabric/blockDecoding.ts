// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { common } from '@hyperledger/fabric-protos';
import { type BlockView, type Signatory } from '../application/blockView.js';
import { signatoryOf } from './decodedIdentity.js';
import { derInteger, derOctets, derSequence } from './der.js';
import { decodeTransaction } from './transactionDecoding.js';

/** Reads a block for people. @throws Error when it is no block */
export function decodeBlock(bytes: Uint8Array): BlockView {
    const block = common.Block.deserializeBinary(bytes);
    const header = block.getHeader();
    if (header === undefined) throw new Error('the block has no header');
    const metadata = block.getMetadata()?.getMetadataList_asU8() ?? [];
    const at = (index: number): Uint8Array => metadata[index] ?? new Uint8Array();
    const codes = at(common.BlockMetadataIndex.TRANSACTIONS_FILTER);
    const signatures = common.Metadata.deserializeBinary(at(common.BlockMetadataIndex.SIGNATURES));
    const commitHash = common.Metadata.deserializeBinary(at(common.BlockMetadataIndex.COMMIT_HASH)).getValue_asU8();
    return {
        number: header.getNumber(),
        hash: headerHash(header),
        previousHash: hex(header.getPreviousHash_asU8()),
        dataHash: hex(header.getDataHash_asU8()),
        commitHash: commitHash.length === 0 ? null : hex(commitHash),
        lastConfig: lastConfigOf(signatures.getValue_asU8()),
        signatories: signatures.getSignaturesList().map(blockSignatory),
        transactions: (block.getData()?.getDataList_asU8() ?? []).map((envelope, index) =>
            decodeTransaction(envelope, index, codes[index] ?? notValidated),
        ),
    };
}

const notValidated = 254;

/** SHA-256 of the header in DER (protoutil/blockutils.go, BlockHeaderBytes). */
export function headerHash(header: common.BlockHeader): string {
    const encoded = derSequence(
        derInteger(BigInt(header.getNumber())),
        derOctets(header.getPreviousHash_asU8()),
        derOctets(header.getDataHash_asU8()),
    );
    return createHash('sha256').update(encoded).digest('hex');
}

function lastConfigOf(value: Uint8Array): number | null {
    if (value.length === 0) return null;
    return common.OrdererBlockMetadata.deserializeBinary(value).getLastConfig()?.getIndex() ?? null;
}

/** BFT orderers sign with their number in the channel's configuration in place of a certificate. */
function blockSignatory(signature: common.MetadataSignature): Signatory {
    const header = signature.getSignatureHeader_asU8();
    if (header.length > 0) return signatoryOf(common.SignatureHeader.deserializeBinary(header).getCreator_asU8());
    const consenter = common.IdentifierHeader.deserializeBinary(signature.getIdentifierHeader_asU8()).getIdentifier();
    return { mspId: '', name: `consenter ${String(consenter)}` };
}

function hex(bytes: Uint8Array): string {
    return Buffer.from(bytes).toString('hex');
}
