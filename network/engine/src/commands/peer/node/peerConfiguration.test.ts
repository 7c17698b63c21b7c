// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPeerConfiguration, PeerConfigurationError } from './peerConfiguration.js';

const directory = mkdtempSync(join(tmpdir(), 'core-'));
writeFileSync(
    join(directory, 'core.yaml'),
    'peer: {localMspId: AMSP, mspConfigPath: msp, authentication: {timewindow: 15m}}\nchaincode: {executetimeout: 500ms, startuptimeout: 1s}\n',
);
afterAll(() => {
    rmSync(directory, { recursive: true });
});
const load = (env: NodeJS.ProcessEnv = {}): ReturnType<typeof loadPeerConfiguration> =>
    loadPeerConfiguration({ FABRIC_CFG_PATH: directory, ...env });

test('paths start at the folder of core.yaml', () => {
    expect(load().mspDirectory).toBe(join(directory, 'msp'));
});

test('the environment overrides the file', () => {
    expect(load({ CORE_PEER_LOCALMSPID: 'BMSP' }).mspId).toBe('BMSP');
});

test('a chaincode has thirty seconds unless a second or more is set, and five at least to start', () => {
    expect(load().chaincode).toMatchObject({ executeTimeoutMs: 30_000, startupTimeoutMs: 5_000 });
    expect(load({ CORE_CHAINCODE_EXECUTETIMEOUT: '2s' }).chaincode.executeTimeoutMs).toBe(2_000);
});

test('batches are offered only where core.yaml says so', () => {
    expect(load().chaincode.useWriteBatch).toBe(false);
    expect(load({ CORE_CHAINCODE_RUNTIMEPARAMS_USEWRITEBATCH: 'true' }).chaincode.useWriteBatch).toBe(true);
});

test('the time window is shown as Go prints it', () => {
    expect(load().timeWindow).toEqual({ ms: 900_000, text: '15m0s' });
});

test.each([
    ['CORE_LEDGER_STATE_STATEDATABASE', 'CouchDB'],
    ['CORE_PEER_BCCSP_DEFAULT', 'PKCS11'],
])('%s %s is refused by name', (key, value) => {
    expect(() => load({ [key]: value })).toThrow(PeerConfigurationError);
    expect(() => load({ [key]: value })).toThrow(value);
});

test('witnesses are host:port, and none unless set', () => {
    expect(load().witnesses).toEqual([]);
    expect(load({ CORE_LEDGER_WITNESSES: '[localhost:1, b:7051]' }).witnesses).toEqual(['localhost:1', 'b:7051']);
    expect(() => load({ CORE_LEDGER_WITNESSES: 'nowhere' })).toThrow('ledger.witnesses names host:port');
});

test('a missing file is named', () => {
    expect(() => load({ FABRIC_CFG_PATH: join(directory, 'nowhere') })).toThrow('Config File "core" Not Found');
});
