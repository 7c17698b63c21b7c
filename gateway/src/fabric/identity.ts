// SPDX-License-Identifier: Apache-2.0
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Identity, Signer } from '@hyperledger/fabric-gateway';
import { Failure } from '../application/failure.js';
import { newSigner } from './signer.js';

/** Who submits: the certificate a member's CA issued, and the key it belongs to. */
export interface ClientIdentity extends Identity {
    readonly certificate: X509Certificate;
    readonly signer: Signer;
}

/**
 * Reads an identity from an MSP folder: the certificate in signcerts/, its P-256 key in keystore/.
 *
 * @throws Failure IDENTITY_INVALID when either is missing, they do not belong together or the certificate has expired
 */
export function loadIdentity(mspDir: string, mspId: string, now: Date = new Date()): ClientIdentity {
    const credentials = readFileSync(onlyFile(mspDir, 'signcerts'));
    const certificate = parsed(mspDir, 'signcerts', () => new X509Certificate(credentials));
    const key = matchingKey(mspDir, certificate);
    if (now.getTime() > Date.parse(certificate.validTo)) {
        throw new Failure('IDENTITY_INVALID', {
            folder: mspDir,
            problem: `the certificate expired on ${certificate.validTo}`,
        });
    }
    return { mspId, credentials, certificate, signer: newSigner(key) };
}

function onlyFile(mspDir: string, folder: string): string {
    const [file] = filesIn(mspDir, folder);
    if (file === undefined) {
        throw new Failure('IDENTITY_INVALID', { folder: mspDir, problem: `${folder}/ holds no file` });
    }
    return file;
}

/** Enrolling again leaves the old key beside the new one, so the key is the one that fits the certificate. */
function matchingKey(mspDir: string, certificate: X509Certificate): KeyObject {
    onlyFile(mspDir, 'keystore');
    const keys = filesIn(mspDir, 'keystore').map((file) =>
        parsed(mspDir, 'keystore', () => createPrivateKey(readFileSync(file))),
    );
    const key = keys.find((candidate) => certificate.checkPrivateKey(candidate));
    if (key === undefined) {
        throw new Failure('IDENTITY_INVALID', {
            folder: mspDir,
            problem: 'no key in keystore/ belongs to the certificate',
        });
    }
    if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
        throw new Failure('IDENTITY_INVALID', { folder: mspDir, problem: 'the key is not on the curve P-256' });
    }
    return key;
}

function filesIn(mspDir: string, folder: string): readonly string[] {
    const path = join(mspDir, folder);
    try {
        const files = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isFile());
        return files.map(({ name }) => join(path, name)).sort();
    } catch (error) {
        throw new Failure(
            'IDENTITY_INVALID',
            { folder: mspDir, problem: `${folder}/ cannot be read` },
            { cause: error },
        );
    }
}

function parsed<T>(mspDir: string, folder: string, parse: () => T): T {
    try {
        return parse();
    } catch (error) {
        throw new Failure(
            'IDENTITY_INVALID',
            { folder: mspDir, problem: `a file in ${folder}/ is no PEM` },
            { cause: error },
        );
    }
}
