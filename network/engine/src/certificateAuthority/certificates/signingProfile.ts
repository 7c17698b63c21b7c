// SPDX-License-Identifier: Apache-2.0
import {
    BasicConstraintsExtension,
    ExtendedKeyUsageExtension,
    type Extension,
    KeyUsageFlags,
    KeyUsagesExtension,
} from './x509.js';

/** What a kind of certificate may be used for, from the `signing` section of the configuration. */
export interface SigningProfile {
    readonly usages: readonly Usage[];
    readonly expiryMs: number;
    /** Present for certificates of intermediate CAs; the path length below them, -1 for no limit. */
    readonly certificateAuthority?: { readonly pathLength: number };
}

/** Usage names of cfssl (config/config.go) for key usage (RFC 5280 §4.2.1.3). */
const keyUsages = {
    signing: KeyUsageFlags.digitalSignature,
    'digital signature': KeyUsageFlags.digitalSignature,
    'content commitment': KeyUsageFlags.nonRepudiation,
    'key encipherment': KeyUsageFlags.keyEncipherment,
    'data encipherment': KeyUsageFlags.dataEncipherment,
    'key agreement': KeyUsageFlags.keyAgreement,
    'cert sign': KeyUsageFlags.keyCertSign,
    'crl sign': KeyUsageFlags.cRLSign,
} as const;

/** Usage names of cfssl for extended key usage: the purpose of RFC 5280 §4.2.1.12. */
const extendedUsages = {
    'server auth': '1.3.6.1.5.5.7.3.1',
    'client auth': '1.3.6.1.5.5.7.3.2',
    'code signing': '1.3.6.1.5.5.7.3.3',
    'email protection': '1.3.6.1.5.5.7.3.4',
    timestamping: '1.3.6.1.5.5.7.3.8',
    'ocsp signing': '1.3.6.1.5.5.7.3.9',
} as const;

type Usage = keyof typeof keyUsages | keyof typeof extendedUsages;

export const isUsage = (name: string): name is Usage => name in keyUsages || name in extendedUsages;

/** KeyUsage, ExtendedKeyUsage and BasicConstraints, in the order Go writes them. */
export const usageExtensions = (profile: SigningProfile): readonly Extension[] => {
    const [flag, ...others] = profile.usages.flatMap((usage) =>
        usage in keyUsages ? [keyUsages[usage as KeyUsage]] : [],
    );
    const purposes = profile.usages.flatMap((usage) =>
        usage in extendedUsages ? [extendedUsages[usage as ExtendedUsage]] : [],
    );
    return [
        ...(flag === undefined ? [] : [new KeyUsagesExtension(others.reduce(combined, flag), true)]),
        ...(purposes.length === 0 ? [] : [new ExtendedKeyUsageExtension(purposes)]),
        basicConstraints(profile),
    ];
};

const combined = (all: KeyUsageFlags, flag: KeyUsageFlags): KeyUsageFlags => all | flag;

type KeyUsage = keyof typeof keyUsages;
type ExtendedUsage = keyof typeof extendedUsages;

const basicConstraints = ({ certificateAuthority }: SigningProfile): Extension => {
    if (certificateAuthority === undefined) return new BasicConstraintsExtension(false, undefined, true);
    const { pathLength } = certificateAuthority;
    return new BasicConstraintsExtension(true, pathLength < 0 ? undefined : pathLength, true);
};
