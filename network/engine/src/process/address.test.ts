// SPDX-License-Identifier: Apache-2.0
import { listeningAddress } from './address.js';

describe('a listening address', () => {
    it.each([
        ['localhost:7051', { host: 'localhost', port: 7051 }],
        ['[::1]:0', { host: '[::1]', port: 0 }],
        [':9443', { host: '0.0.0.0', port: 9443 }],
    ])('%s has a host and a port', (address, expected) => {
        expect(listeningAddress(address)).toEqual(expected);
    });

    it.each(['localhost', 'localhost:', 'localhost:65536', '::1:7051', 'localhost:70x1', ''])(
        '%j is refused',
        (address) => {
            expect(() => listeningAddress(address)).toThrow(`address '${address}' must be host:port`);
        },
    );
});
