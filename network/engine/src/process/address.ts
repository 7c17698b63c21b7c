// SPDX-License-Identifier: Apache-2.0

interface Address {
    readonly host: string;
    readonly port: number;
}

/** Splits `host:port`, `[::1]:port` or `:port` (every interface). Throws on anything else. */
export function listeningAddress(address: string): Address {
    const match = /^(\[[0-9a-fA-F:.]+\]|[^:[\]]*):(\d{1,5})$/.exec(address);
    const port = Number(match?.[2]);
    if (match === null || port > 65_535) {
        throw new RangeError(`address '${address}' must be host:port`);
    }
    return { host: match[1] === '' || match[1] === undefined ? '0.0.0.0' : match[1], port };
}

/** The host as Node's own servers take it: an IPv6 address without brackets. */
export function bareHost(host: string): string {
    return host.replace(/^\[(.*)\]$/, '$1');
}
