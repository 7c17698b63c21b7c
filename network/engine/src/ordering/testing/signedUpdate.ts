// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import type { ChannelConfiguration } from '../../channel/channelConfiguration.js';
import { computeUpdate } from '../../channel/update/computeUpdate.js';
import { HeaderType } from '../../wire/codes.js';
import { encode } from '../../wire/decode.js';
import { newEnvelope, type Signer } from '../../wire/envelope.js';
import { common } from '../../wire/protobuf.js';

/** A configuration update that the first of the signers sends and all of them signed. */
export function signedUpdate(
    { channelId, config }: ChannelConfiguration,
    change: (channel: common.ConfigGroup) => void,
    signers: readonly [Signer, ...Signer[]],
): common.Envelope {
    const updated = common.Config.decode(encode(common.Config, config));
    change(new common.ConfigGroup(updated.channelGroup ?? {}));
    return envelopeOf(channelId, computeUpdate(channelId, config, updated), signers);
}

export function envelopeOf(
    channelId: string,
    update: common.ConfigUpdate.$Properties,
    signers: readonly [Signer, ...Signer[]],
): common.Envelope {
    const configUpdate = encode(common.ConfigUpdate, update);
    const signatures = signers.map((signer) => {
        const signatureHeader = encode(common.SignatureHeader, { creator: signer.serialized, nonce: randomBytes(24) });
        return { signatureHeader, signature: signer.sign(Buffer.concat([signatureHeader, configUpdate])) };
    });
    const data = encode(common.ConfigUpdateEnvelope, { configUpdate, signatures });
    return newEnvelope(signers[0], { type: HeaderType.CONFIG_UPDATE, channelId, data });
}

/** Puts a message in place of a value, which keeps who may change it. */
export function setValue(group: common.ConfigGroup.$Properties | undefined, key: string, value: Buffer): void {
    const values = group?.values ?? {};
    values[key] = { modPolicy: 'Admins', ...values[key], value };
}
