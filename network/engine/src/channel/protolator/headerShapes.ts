// SPDX-License-Identifier: Apache-2.0
import { HeaderType } from '../../wire/codes.js';
import { common, msp, protos } from '../../wire/protobuf.js';
import { ConfigurationError } from '../configurationError.js';
import { serializedIdentity } from './policyShapes.js';
import { bytes, message, number, opaque, text, timestamp, uint64, type Shape } from './shape.js';

export const chaincodeId = message({ name: text, path: text, version: text });
export const signatureHeader = message({
    creator: opaque(msp.SerializedIdentity, serializedIdentity),
    nonce: bytes,
});

const chaincodeExtension = opaque(protos.ChaincodeHeaderExtension, message({ chaincode_id: chaincodeId }));
const noExtension: Shape = {
    toJson: (value) => {
        if (value instanceof Uint8Array && value.length > 0) {
            throw new ConfigurationError('channel header extension only valid for endorser transactions');
        }
        return null;
    },
    fromJson: () => {
        throw new ConfigurationError('channel header extension only valid for endorser transactions');
    },
};

export const channelHeader = message({
    channel_id: text,
    epoch: uint64,
    extension: ({ type }) => (type === HeaderType.ENDORSER_TRANSACTION ? chaincodeExtension : noExtension),
    timestamp,
    tls_cert_hash: bytes,
    tx_id: text,
    type: number,
    version: number,
});
export const header = message({
    channel_header: opaque(common.ChannelHeader, channelHeader),
    signature_header: opaque(common.SignatureHeader, signatureHeader),
});
