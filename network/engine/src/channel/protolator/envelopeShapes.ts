// SPDX-License-Identifier: Apache-2.0
import { HeaderType } from '../../wire/codes.js';
import { asBuffer, decode } from '../../wire/decode.js';
import { common, protos } from '../../wire/protobuf.js';
import { ConfigurationError } from '../configurationError.js';
import { config, configUpdate } from './configShapes.js';
import { header, signatureHeader } from './headerShapes.js';
import { bytes, lazily, list, message, opaque, uint64, type Shape } from './shape.js';
import { transaction } from './transactionShapes.js';

export const configUpdateEnvelope = message({
    config_update: opaque(common.ConfigUpdate, configUpdate),
    signatures: list(message({ signature: bytes, signature_header: opaque(common.SignatureHeader, signatureHeader) })),
});
export const configEnvelope: Shape = message({ config, last_update: lazily(() => envelope) });

const dataShapes: Readonly<Record<number, Shape>> = {
    [HeaderType.CONFIG]: opaque(common.ConfigEnvelope, configEnvelope),
    [HeaderType.CONFIG_UPDATE]: opaque(common.ConfigUpdateEnvelope, configUpdateEnvelope),
    [HeaderType.ENDORSER_TRANSACTION]: opaque(protos.Transaction, transaction),
};
export const payload = message({ data: (of) => dataShape(of.header), header });
export const envelope: Shape = message({ payload: opaque(common.Payload, payload), signature: bytes });
export const block = message({
    data: message({ data: list(opaque(common.Envelope, envelope)) }),
    header: message({ data_hash: bytes, number: uint64, previous_hash: bytes }),
    metadata: message({ metadata: list(bytes) }),
});

/** What a payload's data are is said by its channel header. */
function dataShape(of: unknown): Shape {
    const unknown = (reason: string): Shape => ({
        toJson: (value) => {
            if (asBuffer(value as Uint8Array | undefined).length > 0) throw new ConfigurationError(reason);
            return null;
        },
        fromJson: () => {
            throw new ConfigurationError(reason);
        },
    });
    if (of === null || of === undefined) {
        return unknown('cannot determine payload type when header is missing');
    }
    const channelHeader = asBuffer((of as common.Header.$Properties).channelHeader);
    const { type } = decode(common.ChannelHeader, channelHeader, 'ChannelHeader');
    return dataShapes[type] ?? unknown(`decoding type ${String(type)} is unimplemented`);
}
