// SPDX-License-Identifier: Apache-2.0
import type { ChannelConfiguration } from '../src/channel/channelConfiguration.js';
import type { Identity } from '../src/identity/identity.js';
import type { Signer } from '../src/wire/envelope.js';

const stand: Buffer = Buffer.from('this signature was not recorded');
const trusting = new WeakSet<ChannelConfiguration>();

/**
 * Signs in the name of a recorded identity whose key is not recorded. Only configurations that
 * `trustUnrecordedSignatures` has seen accept it; every recorded signature is verified as ever.
 */
export function unrecordedSigner(mspId: string, serialized: Buffer): Signer {
    return { mspId, serialized, sign: () => stand };
}

/** Lets the members of a configuration vouch for what the replay had to sign in their place. */
export function trustUnrecordedSignatures(configuration: ChannelConfiguration): ChannelConfiguration {
    if (trusting.has(configuration)) return configuration;
    trusting.add(configuration);
    const { msps } = configuration;
    const read = msps.deserialize.bind(msps);
    // The object itself is changed: the MSP knows what it has read by it.
    msps.deserialize = (serialized) => vouching(read(serialized));
    return configuration;
}

const voucher = new WeakSet<Identity>();

function vouching(identity: Identity): Identity {
    if (voucher.has(identity)) return identity;
    voucher.add(identity);
    const verify = identity.verify.bind(identity);
    identity.verify = (message, signature) => stand.equals(signature) || verify(message, signature);
    return identity;
}
