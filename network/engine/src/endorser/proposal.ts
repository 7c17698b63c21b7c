// SPDX-License-Identifier: Apache-2.0
import { asBuffer, decode, encode } from '../wire/decode.js';
import { errorText } from '../wire/errorText.js';
import { sha256 } from '../wire/hashing.js';
import { common, protos } from '../wire/protobuf.js';
import { ProposalError } from './proposalError.js';

/** The outer layers of a proposal, which the filters look at. */
export interface OpenedProposal {
    readonly signed: protos.SignedProposal.$Properties;
    readonly proposal: protos.Proposal;
    readonly header: common.Header;
    readonly signatureHeader: common.SignatureHeader;
}

/** A proposal with everything that decides what is run, and for whom. */
export interface UnpackedProposal extends OpenedProposal {
    readonly channelHeader: common.ChannelHeader;
    readonly channelId: string;
    readonly txId: string;
    /** Serialised identity. */
    readonly creator: Buffer;
    /** Named by the channel header's extension; the name in the invocation itself is not compared. */
    readonly chaincode: string;
    readonly input: protos.ChaincodeInput.$Properties;
    /** SHA-256 that the endorsement binds to: header bytes as received, payload without transient data. */
    proposalHash(): Buffer;
}

/** Throws ProposalError (`filter`). */
export function openProposal(signed: protos.SignedProposal.$Properties): OpenedProposal {
    const proposal = parse('failed parsing proposal', () =>
        decode(protos.Proposal, asBuffer(signed.proposalBytes), 'Proposal'),
    );
    const header = parse('failed parsing header', () => decode(common.Header, asBuffer(proposal.header), 'Header'));
    const signatureHeader = parse('failed parsing signature header', () =>
        decode(common.SignatureHeader, asBuffer(header.signatureHeader), 'SignatureHeader'),
    );
    return { signed, proposal, header, signatureHeader };
}

/** Throws ProposalError (`validation`); protoutil.UnpackProposal. */
export function unpackProposal(opened: OpenedProposal): UnpackedProposal {
    const { proposal, header, signatureHeader } = opened;
    const channelHeader = parse('', () =>
        decode(common.ChannelHeader, asBuffer(header.channelHeader), 'ChannelHeader'),
    );
    const extension = parse('', () =>
        decode(protos.ChaincodeHeaderExtension, asBuffer(channelHeader.extension), 'ChaincodeHeaderExtension'),
    );
    if (!extension.chaincodeId) throw invalid('ChaincodeHeaderExtension.ChaincodeId is nil');
    const chaincode = extension.chaincodeId.name ?? '';
    if (chaincode === '') throw invalid('ChaincodeHeaderExtension.ChaincodeId.Name is empty');
    const payload = parse('', () =>
        decode(protos.ChaincodeProposalPayload, asBuffer(proposal.payload), 'ChaincodeProposalPayload'),
    );
    const specification = parse('', () =>
        decode(protos.ChaincodeInvocationSpec, asBuffer(payload.input), 'ChaincodeInvocationSpec'),
    ).chaincodeSpec;
    if (!specification) throw invalid('chaincode invocation spec did not contain chaincode spec');
    if (!specification.input) throw invalid('chaincode input did not contain any input');
    return {
        ...opened,
        channelHeader,
        channelId: channelHeader.channelId,
        txId: channelHeader.txId,
        creator: asBuffer(signatureHeader.creator),
        chaincode,
        input: specification.input,
        proposalHash: () =>
            sha256(
                asBuffer(header.channelHeader),
                asBuffer(header.signatureHeader),
                encode(protos.ChaincodeProposalPayload, payload.input.length > 0 ? { input: payload.input } : {}),
            ),
    };
}

function parse<T>(context: string, read: () => T): T {
    try {
        return read();
    } catch (cause) {
        const reason = errorText(cause);
        if (context === '') throw new ProposalError('validation', reason, { cause });
        throw new ProposalError('filter', `${context}: ${reason}`, { cause });
    }
}

function invalid(reason: string): ProposalError {
    return new ProposalError('validation', reason);
}
