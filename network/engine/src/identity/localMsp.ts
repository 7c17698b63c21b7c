// SPDX-License-Identifier: Apache-2.0
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from '../wire/decode.js';
import { msp } from '../wire/protobuf.js';
import { IdentityError } from './identityError.js';
import { Msp } from './msp.js';
import { loadMspConfig, signingCertificate } from './mspFolder.js';
import { certificatePem } from './pem.js';
import { SigningIdentity } from './signingIdentity.js';

export { loadMspConfig };

export interface LocalMsp {
    readonly msp: Msp;
    readonly signer: SigningIdentity;
}

/**
 * Loads a node's or user's MSP folder with its signing certificate and private key.
 * Throws IdentityError when either is missing, do not belong together, or the certificate has expired at `now`.
 */
export function loadLocalMsp(dir: string, mspId: string, now: Date = new Date()): LocalMsp {
    const signcert = signingCertificate(dir);
    const local = Msp.fromConfig(loadMspConfig(dir, mspId));
    const identity = local.deserialize(signcert, encode(msp.SerializedIdentity, { mspid: mspId, idBytes: signcert }));
    const { publicKey, raw } = identity.certificate;
    const privateKey = findPrivateKey(join(dir, 'keystore'), publicKey);
    if (privateKey === undefined) {
        throw new IdentityError('KeyMaterial not found in SigningIdentityInfo');
    }
    if (identity.expiresAt < now) {
        throw new IdentityError(`signing identity expired ${elapsed(identity.expiresAt, now)} ago`);
    }
    return { msp: local, signer: new SigningIdentity(mspId, certificatePem(raw), privateKey) };
}

/** The key that belongs to a certificate, whatever its file is called. */
function findPrivateKey(keystore: string, publicKey: KeyObject): KeyObject | undefined {
    if (!existsSync(keystore)) {
        return undefined;
    }
    for (const name of readdirSync(keystore).sort()) {
        const key = readPrivateKey(join(keystore, name));
        if (key !== undefined && createPublicKey(key).equals(publicKey)) {
            return key;
        }
    }
    return undefined;
}

/** Other files may lie in a keystore: what is no private key is passed over, as Fabric does. */
function readPrivateKey(path: string): KeyObject | undefined {
    try {
        return createPrivateKey(readFileSync(path));
    } catch {
        return undefined;
    }
}

/** A duration as Go prints it, to the second. */
function elapsed(from: Date, to: Date): string {
    const seconds = Math.floor((to.getTime() - from.getTime()) / 1000);
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
    return `${String(hours)}h${String(minutes)}m${String(seconds % 60)}s`;
}
