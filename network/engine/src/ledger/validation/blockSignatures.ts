// SPDX-License-Identifier: Apache-2.0
import type { ChannelConfiguration } from '../../channel/channelConfiguration.js';
import { BlockMetadataIndex } from '../../wire/codes.js';
import { asBuffer, decode } from '../../wire/decode.js';
import type { SignedData } from '../../wire/envelope.js';
import { blockHeaderBytes } from '../../wire/hashing.js';
import { common } from '../../wire/protobuf.js';

/**
 * The orderers' signatures on a block, each with its signer and the bytes it signed: the metadata value, the signature's own
 * header and the block header in ASN.1 (protoutil.BlockSignatureVerifier). Throws MalformedMessageError.
 */
export function blockSignatures(block: common.Block.$Properties, configuration: ChannelConfiguration): SignedData[] {
    const bytes = asBuffer(block.metadata?.metadata?.[BlockMetadataIndex.SIGNATURES]);
    const { value, signatures } = decode(common.Metadata, bytes, 'signatures metadata');
    const blockHeader = blockHeaderBytes(block.header ?? {});
    return signatures.flatMap((entry) => {
        const signer = signerOf(entry, configuration);
        if (signer === undefined) return [];
        const data = Buffer.concat([value, signer.header, blockHeader]);
        return [{ data, identity: signer.identity, signature: asBuffer(entry.signature) }];
    });
}

interface BlockSigner {
    /** The signed header, which names the signer. */
    readonly header: Buffer;
    readonly identity: Buffer;
}

/** A BFT orderer names itself by its number in the channel's configuration; a number that is not there is passed over. */
function signerOf(
    { signatureHeader, identifierHeader }: common.MetadataSignature.$Properties,
    { capabilities, orderer }: ChannelConfiguration,
): BlockSigner | undefined {
    const header = asBuffer(signatureHeader);
    const numbered = asBuffer(identifierHeader);
    if (!capabilities.channel.has('V3_0') || header.length > 0 || numbered.length === 0) {
        return { header, identity: asBuffer(decode(common.SignatureHeader, header, 'SignatureHeader').creator) };
    }
    const { identifier } = decode(common.IdentifierHeader, numbered, 'IdentifierHeader');
    const identity = orderer.identitiesByNumber.get(identifier);
    return identity && { header: numbered, identity };
}
