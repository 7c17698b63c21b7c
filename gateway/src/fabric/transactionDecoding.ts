// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { common, peer } from '@hyperledger/fabric-protos';
import { type ChaincodeCall, type TransactionView } from '../application/blockView.js';
import { signatoryOf, textOf } from './decodedIdentity.js';
import { validationCodeName } from './gatewayErrors.js';
import { decodeStateUse } from './stateUseDecoding.js';

/** Reads one envelope of a block for people. What does not parse is shown as far as it does. */
export function decodeTransaction(envelope: Uint8Array, index: number, code: number): TransactionView {
    const plain: TransactionView = {
        ...{ index, txId: '', type: '', timestamp: '', creator: null, call: null },
        validationCode: validationCodeName(code),
        digest: createHash('sha256').update(envelope).digest('hex'),
    };
    try {
        const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(envelope).getPayload_asU8());
        const header = payload.getHeader();
        const channelHeader = common.ChannelHeader.deserializeBinary(
            header?.getChannelHeader_asU8() ?? new Uint8Array(),
        );
        const signatureHeader = common.SignatureHeader.deserializeBinary(
            header?.getSignatureHeader_asU8() ?? new Uint8Array(),
        );
        const isCall = channelHeader.getType() === common.HeaderType.ENDORSER_TRANSACTION;
        return {
            ...plain,
            txId: channelHeader.getTxId(),
            type: headerTypeName(channelHeader.getType()),
            timestamp: channelHeader.getTimestamp()?.toDate().toISOString() ?? '',
            creator: signatoryOf(signatureHeader.getCreator_asU8()),
            call: isCall ? callOf(payload.getData_asU8()) : null,
        };
    } catch {
        return plain;
    }
}

function headerTypeName(type: number): string {
    const found = Object.entries(common.HeaderType).find(([, value]) => value === type);
    return found?.[0] ?? `type ${String(type)}`;
}

function callOf(data: Uint8Array): ChaincodeCall | null {
    try {
        return decodeCall(data);
    } catch {
        return null;
    }
}

function decodeCall(data: Uint8Array): ChaincodeCall | null {
    const [first] = peer.Transaction.deserializeBinary(data).getActionsList();
    if (first === undefined) return null;
    const action = peer.ChaincodeActionPayload.deserializeBinary(first.getPayload_asU8());
    const endorsed = action.getAction();
    if (endorsed === undefined) return null;
    const response = peer.ProposalResponsePayload.deserializeBinary(endorsed.getProposalResponsePayload_asU8());
    const done = peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8());
    const [name = '', ...rest] = argumentsOf(action.getChaincodeProposalPayload_asU8());
    return {
        chaincode: done.getChaincodeId()?.getName() ?? '',
        version: done.getChaincodeId()?.getVersion() ?? '',
        function: name,
        arguments: rest,
        endorsers: endorsed.getEndorsementsList().map((one) => signatoryOf(one.getEndorser_asU8())),
        status: done.getResponse()?.getStatus() ?? 0,
        message: done.getResponse()?.getMessage() ?? '',
        event: eventOf(done.getEvents_asU8()),
        ...decodeStateUse(done.getResults_asU8()),
    };
}

function argumentsOf(proposalPayload: Uint8Array): readonly string[] {
    const input = peer.ChaincodeProposalPayload.deserializeBinary(proposalPayload).getInput_asU8();
    const specification = peer.ChaincodeInvocationSpec.deserializeBinary(input).getChaincodeSpec();
    return (specification?.getInput()?.getArgsList_asU8() ?? []).map(textOf);
}

function eventOf(bytes: Uint8Array): ChaincodeCall['event'] {
    if (bytes.length === 0) return null;
    const event = peer.ChaincodeEvent.deserializeBinary(bytes);
    return { name: event.getEventName(), payload: textOf(event.getPayload_asU8()) };
}
