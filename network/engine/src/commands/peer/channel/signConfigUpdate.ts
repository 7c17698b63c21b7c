// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import { encode } from '../../../wire/decode.js';
import { common } from '../../../wire/protobuf.js';
import type { Invocation } from '../commandLine.js';
import { loadPeerEnvironment } from '../peerEnvironment.js';
import { reportConnected } from './connectChannelPeer.js';
import { signedUpdate, updateFile } from './signedUpdate.js';

/** `peer channel signconfigtx -f FILE`: adds the caller's signature to the update in the file. */
export function signConfigUpdate(invocation: Invocation): void {
    const file = updateFile(invocation);
    const { signer } = loadPeerEnvironment(invocation.env);
    reportConnected();
    const envelope = signedUpdate(file, '', signer);
    writeFileSync(file, encode(common.Envelope, envelope), { mode: 0o660 });
}
