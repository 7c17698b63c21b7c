// SPDX-License-Identifier: Apache-2.0
import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';

const saltBytes = 16;
const hashBytes = 32;
// 16 MiB and about 40 ms a guess: OWASP's lowest recommended work factor for interactive logins that still fits a laptop.
const work = { N: 16384, r: 8, p: 1 } as const;
// Fabric CA hashes with bcrypt, which refuses longer secrets; the same registrations must fail here.
const secretBytesMax = 72;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A salted scrypt hash as text: `scrypt$<salt>$<hash>`. @throws Error for secrets over 72 bytes, as Fabric CA does. */
export const hashPassword = async (secret: string): Promise<string> => {
    if (Buffer.byteLength(secret) > secretBytesMax) {
        throw new Error('Failed to hash password: bcrypt: password length exceeds 72 bytes');
    }
    const salt = randomBytes(saltBytes);
    const hash = await derive(secret, salt);
    return `scrypt$${salt.toString('base64')}$${hash.toString('base64')}`;
};

/** Whether the secret is the one that was hashed; takes the same time for any wrong secret. */
export const verifyPassword = async (secret: string, stored: string): Promise<boolean> => {
    const [scheme, salt, hash] = stored.split('$');
    if (scheme !== 'scrypt' || salt === undefined || hash === undefined) return false;
    const expected = Buffer.from(hash, 'base64');
    const actual = await derive(secret, Buffer.from(salt, 'base64'));
    return expected.length === actual.length && timingSafeEqual(expected, actual);
};

/** The secret of a registration that names none: twelve random letters. */
export const randomSecret = (): string =>
    Array.from({ length: 12 }, () => alphabet.charAt(randomInt(alphabet.length))).join('');

const derive = (secret: string, salt: Buffer): Promise<Buffer> =>
    new Promise((resolve, reject) => {
        scrypt(secret, salt, hashBytes, work, (error, key) => {
            if (error === null) resolve(key);
            else reject(error);
        });
    });
