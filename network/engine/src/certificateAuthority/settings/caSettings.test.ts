// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { type CaSettings, readSettings } from './caSettings.js';
import { defaultConfiguration } from './configurationTemplate.js';
import { SettingSources } from './settingSources.js';

const defaults = defaultConfiguration('1.5.21', { user: 'admin', password: 'pw' });

const read = (
    values: Readonly<Record<string, string>> = {},
    env: NodeJS.ProcessEnv = {},
    configuration = defaults,
): CaSettings => {
    const flags = { values: new Map(Object.entries(values)), lists: new Map(), positionals: [] };
    return readSettings(new SettingSources(flags, env, configuration), '/home/ca');
};

test('a flag wins over the environment, the environment over the file, the file over the default', () => {
    expect(read({}, {}, '').port).toBe(7054);
    expect(read({}, {}, 'port: 1').port).toBe(1);
    expect(read({}, { FABRIC_CA_SERVER_PORT: '2' }, 'port: 1').port).toBe(2);
    expect(read({ port: '3' }, { FABRIC_CA_SERVER_PORT: '2' }, 'port: 1').port).toBe(3);
});

test('names in the file match whatever their case', () => {
    expect(read({}, {}, 'operations: { listenAddress: "127.0.0.1:1" }').operationsAddress).toBe('127.0.0.1:1');
});

test('relative files start at the home directory', () => {
    const settings = read({ 'tls.enabled': 'true', 'tls.keyfile': 'tls/key.pem' });
    expect(settings.authorityFiles.certificateFile).toBe('/home/ca/ca-cert.pem');
    expect(settings.tls).toMatchObject({ keyFile: '/home/ca/tls/key.pem', clients: 'noclientcert' });
    expect(read({ 'db.datasource': '/var/ca.db' }).databaseFile).toBe('/var/ca.db');
});

test('the file of the recorded server is understood', () => {
    const file = join(__dirname, '../../../fixtures/fabric-3.1.5/ca/fabric-ca-server-config.yaml');
    const settings = read({}, {}, readFileSync(file, 'utf8'));
    expect(settings).toMatchObject({ caName: 'ca-cooperative', passwordAttempts: 3, allowIdentityRemoval: true });
    expect(settings.bootstrapAffiliations).toEqual([
        'cooperative',
        'cooperative.meters',
        'cooperative.billing',
        'auditors',
    ]);
    expect(settings.profiles.get('ca')).toMatchObject({ certificateAuthority: { pathLength: 0 } });
    expect(settings.bootstrapIdentities[0]?.attributes).toContainEqual({ name: 'hf.Revoker', value: '1' });
});

test('a first start has the bootstrap identity of the command line', () => {
    expect(read().bootstrapIdentities).toMatchObject([{ id: 'admin', secret: 'pw', type: 'client', affiliation: '' }]);
});

test('inner affiliations are stored in lower case, leaves as written', () => {
    const { bootstrapAffiliations } = read({}, {}, 'affiliations: { Org1: { Dept: [Team A] } }');
    expect(bootstrapAffiliations).toEqual(['org1', 'org1.dept', 'org1.dept.Team A']);
});

test.each([
    [{ 'db.type': 'postgres' }, "'db.type' is 'postgres'"],
    [{ 'bccsp.default': 'PKCS11' }, "'bccsp.default' is 'PKCS11'"],
    [{ cacount: '2' }, "'cacount' is '2'"],
    [{ 'csr.keyrequest.algo': 'rsa' }, "'csr.keyrequest.algo' is 'rsa'"],
    [{ 'tls.enabled': 'true', 'tls.clientauth.type': 'requestclientcert' }, 'Invalid client auth type'],
    [{ 'tls.enabled': 'maybe' }, "'tls.enabled' must be true or false"],
    [{ 'crl.expiry': '1 day' }, "'crl.expiry' must be a duration"],
    [{ loglevel: 'loud' }, "'loglevel' is 'loud'"],
])('refuses %j by name', (values: Readonly<Record<string, string>>, message) => {
    expect(() => read(values)).toThrow(message);
});
