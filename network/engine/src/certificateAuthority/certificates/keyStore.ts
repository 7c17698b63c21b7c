// SPDX-License-Identifier: Apache-2.0
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from '../../process/durableFile.js';
import { reached } from '../../process/faults/faultPoints.js';

/** The private keys of the server: `<directory>/<hex SKI>_sk`, PKCS#8 PEM, as Fabric's file key store keeps them. */
export class KeyStore {
    readonly directory: string;

    constructor(directory: string) {
        this.directory = directory;
    }

    /** A new P-256 key, stored before it is returned. */
    generate(): KeyObject {
        const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
        mkdirSync(this.directory, { recursive: true, mode: 0o700 });
        const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
        writeDurably(this.#file(privateKey), pem);
        reached('ca.keyWritten');
        return privateKey;
    }

    /** The private key that belongs to a public key, if the store has it. */
    find(publicKey: KeyObject): KeyObject | undefined {
        const file = this.#file(publicKey);
        return existsSync(file) ? readPrivateKey(file) : undefined;
    }

    #file(key: KeyObject): string {
        const name = createHash('sha256').update(uncompressedPoint(key)).digest('hex');
        return join(this.directory, `${name}_sk`);
    }
}

/** @throws Error when the file holds no private key on P-256, the one curve the embedded engine signs with. */
export const readPrivateKey = (file: string): KeyObject => {
    const key = createPrivateKey(readFileSync(file));
    if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new Error(`${file} does not hold a P-256 key`);
    return key;
};

/** The point of an elliptic-curve key as 0x04 ‖ X ‖ Y. */
export const uncompressedPoint = (key: KeyObject): Buffer => {
    const { x, y } = (key.type === 'public' ? key : createPublicKey(key)).export({ format: 'jwk' });
    if (x === undefined || y === undefined) throw new Error('not an elliptic-curve key');
    return Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
};
