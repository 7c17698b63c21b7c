// SPDX-License-Identifier: Apache-2.0
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { openSession, type PeerSession } from '../connection.js';
import { type Deadlines, defaultDeadlines } from '../deadlines.js';
import { newSigner } from '../signer.js';
import { type TestIdentity } from './certificates.js';

/** A session with the stub on a port; the certificate it serves is also the client's. */
export function stubSession(
    port: number,
    tls: TestIdentity,
    { mspId = 'AuthorityMSP', deadlines = defaultDeadlines }: { mspId?: string; deadlines?: Deadlines } = {},
): PeerSession {
    const address = `localhost:${String(port)}`;
    const identity = {
        mspId,
        credentials: Buffer.from(tls.certificate),
        certificate: new X509Certificate(tls.certificate),
        signer: newSigner(createPrivateKey(tls.privateKey)),
    };
    return openSession({ name: address, address, tlsRoots: Buffer.from(tls.certificate) }, identity, deadlines);
}
