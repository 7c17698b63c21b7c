// SPDX-License-Identifier: Apache-2.0
import { serverSettings } from './serverSettings.js';

const base = { CHAINCODE_SERVER_ADDRESS: '127.0.0.1:9999', CHAINCODE_ID: 'power:1' };
const files = {
    CHAINCODE_TLS_KEY_FILE: __filename,
    CHAINCODE_TLS_CERT_FILE: __filename,
    CHAINCODE_TLS_CLIENT_CACERT_FILE: __filename,
};

describe('settings of the server', () => {
    it('are read under the names of Fabric’s images', () => {
        const settings = serverSettings({ ...base, ...files });
        expect(settings).toMatchObject({ address: '127.0.0.1:9999', chaincodeId: 'power:1' });
        expect(settings.tls?.clientCaCert.toString()).toContain('SPDX');
    });

    it('prefer the id the peer’s builder gives', () => {
        expect(serverSettings({ ...base, ...files, CORE_CHAINCODE_ID_NAME: 'built:2' }).chaincodeId).toBe('built:2');
    });

    it.each(['CHAINCODE_SERVER_ADDRESS', 'CHAINCODE_ID', ...Object.keys(files)])('are refused without %s', (name) => {
        expect(() => serverSettings({ ...base, ...files, [name]: undefined })).toThrow(`${name} is not set`);
    });

    it('do without TLS only by name', () => {
        expect(serverSettings({ ...base, CHAINCODE_TLS_DISABLED: 'true' }).tls).toBeUndefined();
        expect(() => serverSettings({ ...base, CHAINCODE_TLS_DISABLED: '1' })).toThrow('CHAINCODE_TLS_KEY_FILE');
    });
});
