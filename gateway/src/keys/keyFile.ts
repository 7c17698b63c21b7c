// SPDX-License-Identifier: Apache-2.0
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from '../application/failure.js';
import { newSigningKey, type SigningKey, signingKeyOf } from './ed25519.js';
import { newPostQuantumKey, type PostQuantumKey, postQuantumKeyOf } from './mlDsa65.js';

/**
 * Makes an Ed25519 key and keeps it in a PKCS#8 PEM file that only its owner can read.
 *
 * @throws Failure FILE_EXISTS: a key is never overwritten
 */
export function createKeyFile(file: string): SigningKey {
    return kept(file, newSigningKey());
}

/** The same for an ML-DSA-65 key. @throws Failure FILE_EXISTS */
export function createPostQuantumKeyFile(file: string): PostQuantumKey {
    return kept(file, newPostQuantumKey());
}

/**
 * Reads a key file. One that others can read is refused: who can read it can sign.
 *
 * @throws Failure FILE_NOT_FOUND, KEY_FILE_INVALID
 */
export function readKeyFile(file: string): SigningKey {
    return read(file, signingKeyOf, 'Ed25519');
}

/** The same for an ML-DSA-65 key. @throws Failure FILE_NOT_FOUND, KEY_FILE_INVALID */
export function readPostQuantumKeyFile(file: string): PostQuantumKey {
    return read(file, postQuantumKeyOf, 'ML-DSA-65');
}

function kept<K extends { readonly privateKey: KeyObject }>(file: string, key: K): K {
    const pem = key.privateKey.export({ format: 'pem', type: 'pkcs8' });
    mkdirSync(dirname(file), { recursive: true });
    try {
        writeFileSync(file, pem, { mode: 0o600, flag: 'wx' });
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
            throw new Failure('FILE_EXISTS', { file }, { cause: error });
        }
        throw error;
    }
    return key;
}

function read<K>(file: string, keyOf: (privateKey: KeyObject) => K, kind: string): K {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat === undefined) {
        throw new Failure('FILE_NOT_FOUND', { file });
    }
    if ((stat.mode & 0o077) !== 0) {
        throw new Failure('KEY_FILE_INVALID', { file, problem: `others can read it; chmod 600 ${file}` });
    }
    try {
        return keyOf(createPrivateKey(readFileSync(file)));
    } catch (error) {
        throw new Failure('KEY_FILE_INVALID', { file, problem: `it holds no ${kind} key` }, { cause: error });
    }
}
