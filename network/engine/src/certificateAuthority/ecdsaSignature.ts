// SPDX-License-Identifier: Apache-2.0

const halfP256Order = 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8n;

/**
 * Whether a DER signature has its S in the lower half of the P-256 order. Fabric refuses the other half, since the same
 * signature could be written in two ways (bccsp/sw/ecdsa.go).
 */
export const lowSSignature = (der: Buffer): boolean => {
    const rLength = der[3];
    if (der[0] !== 0x30 || der[2] !== 0x02 || rLength === undefined) return false;
    const sTag = 4 + rLength;
    const sLength = der[sTag + 1];
    if (der[sTag] !== 0x02 || sLength === undefined || sLength === 0) return false;
    const s = der.subarray(sTag + 2, sTag + 2 + sLength);
    return s.length === sLength && BigInt(`0x${s.toString('hex')}`) <= halfP256Order;
};
