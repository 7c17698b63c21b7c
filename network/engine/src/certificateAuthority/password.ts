// SPDX-License-Identifier: Apache-2.0
import { createHmac, randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';

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
    const stored = `scrypt$${salt.toString('base64')}$${hash.toString('base64')}`;
    remember(secret, stored);
    return stored;
};

/** Whether the secret is the one that was hashed; takes the same time for any wrong secret. */
export const verifyPassword = async (secret: string, stored: string): Promise<boolean> => {
    const [scheme, salt, hash] = stored.split('$');
    if (scheme !== 'scrypt' || salt === undefined || hash === undefined) return false;
    if (isRemembered(secret, stored)) return true;
    const expected = Buffer.from(hash, 'base64');
    const actual = await derive(secret, Buffer.from(salt, 'base64'));
    const isRight = expected.length === actual.length && timingSafeEqual(expected, actual);
    if (isRight) remember(secret, stored);
    return isRight;
};

/**
 * Secrets that were right a moment ago, as MACs under a key of this process: a node enrols for its identity, then for TLS,
 * right after it was registered, and each derivation costs 40 ms. Whoever can read this memory can read the CA's key as well.
 */
const remembered = new Map<string, Buffer>();
const rememberedMax = 32;
const macKey = randomBytes(hashBytes);
const mac = (secret: string, stored: string): Buffer =>
    createHmac('sha256', macKey).update(`${stored}\n${secret}`).digest();

const isRemembered = (secret: string, stored: string): boolean => {
    const known = remembered.get(stored);
    return known !== undefined && timingSafeEqual(known, mac(secret, stored));
};

const remember = (secret: string, stored: string): void => {
    remembered.set(stored, mac(secret, stored));
    const [oldest] = remembered.keys();
    if (remembered.size > rememberedMax && oldest !== undefined) remembered.delete(oldest);
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
