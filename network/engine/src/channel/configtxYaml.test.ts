// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ConfigtxError } from './configtxError.js';
import { loadOrganizations, loadProfile } from './configtxYaml.js';

let dir = '';
beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'configtx-'));
});
afterEach(() => {
    rmSync(dir, { recursive: true });
});

const template = `
Capabilities:
  Application: &Caps { V2_5: true, V9_9: false }
Organizations:
  - &One { Name: One, ID: OneMSP, MSPDir: msp/one }
Orderer: &Orderer
  OrdererType: etcdraft
  EtcdRaft: { Consenters: [{ Host: h, Port: 7050, ClientTLSCert: c.pem, ServerTLSCert: /abs/s.pem }] }
  BatchTimeout: 3s
  batchsize: { MaxMessageCount: 7, AbsoluteMaxBytes: 99 MB, PreferredMaxBytes: 512 kb }
  Policies: { Readers: { Type: ImplicitMeta, Rule: ANY Readers }, Writers: { Type: ImplicitMeta, Rule: ANY Writers } }
Profiles:
  Base: &Base
    Orderer:
      <<: *Orderer
      Organizations: [*One]
  Changed:
    Orderer:
      BatchTimeout: 7s
      <<: [*Orderer]
      Policies: { Admins: { Type: ImplicitMeta, Rule: MAJORITY Admins } }
  Bare:
    Orderer: {}
    Application: { Capabilities: *Caps }
`;

function load(name: string, yaml = template, env: NodeJS.ProcessEnv = {}): ReturnType<typeof loadProfile>['profile'] {
    writeFileSync(join(dir, 'configtx.yaml'), yaml);
    return loadProfile({ configPath: dir, env }, name).profile;
}

test('keys match in any case and sizes take units of 1024', () => {
    expect(load('Base').Orderer?.BatchSize).toEqual({
        MaxMessageCount: 7,
        AbsoluteMaxBytes: 103809024,
        PreferredMaxBytes: 524288,
    });
});

test('explicit keys win over merged ones, and a map replaces the merged map whole', () => {
    const { Orderer } = load('Changed');
    expect(Orderer?.BatchTimeout).toBe('7s');
    expect([...Orderer!.Policies.keys()]).toEqual(['Admins']);
});

test('what is not set has a default', () => {
    const { Orderer, Application } = load('Bare');
    expect(Orderer).toMatchObject({
        OrdererType: 'solo',
        BatchTimeout: '2s',
        BatchSize: { MaxMessageCount: 500, AbsoluteMaxBytes: 10 * 1024 ** 2, PreferredMaxBytes: 2 * 1024 ** 2 },
    });
    expect(Application?.Capabilities).toEqual(
        new Map([
            ['V2_5', true],
            ['V9_9', false],
        ]),
    );
    expect(load('Base').Orderer?.EtcdRaft?.Options).toEqual({
        TickInterval: '500ms',
        ElectionTick: 10,
        HeartbeatTick: 1,
        MaxInflightBlocks: 5,
        SnapshotIntervalSize: 16 * 1024 ** 2,
    });
});

test('paths start from the folder of the file, also when that is relative', () => {
    const profile = load('Base');
    expect(profile.Orderer?.Organizations[0]?.MSPDir).toBe(join(dir, 'msp/one'));
    expect(profile.Orderer?.EtcdRaft?.Consenters[0]).toMatchObject({
        ClientTLSCert: join(dir, 'c.pem'),
        ServerTLSCert: '/abs/s.pem',
    });
    const relativeDir = relative(process.cwd(), dir);
    expect(loadOrganizations({ configPath: relativeDir, env: {} }).organizations[0]?.MSPDir).toBe(
        join(relativeDir, 'msp/one'),
    );
});

test('the environment overrides what a profile ends up with', () => {
    const env = {
        CONFIGTX_PROFILES_BASE_ORDERER_BATCHTIMEOUT: '9s',
        CONFIGTX_ORDERER_BATCHTIMEOUT: '1s',
        CONFIGTX_PROFILES_BASE_ORDERER_ORDERERTYPE: '',
    };
    expect(load('Base', template, env).Orderer).toMatchObject({ BatchTimeout: '9s', OrdererType: 'etcdraft' });
});

test('the file is looked for in FABRIC_CFG_PATH, under either ending', () => {
    writeFileSync(join(dir, 'configtx.yml'), template);
    expect(loadProfile({ env: { FABRIC_CFG_PATH: dir } }, 'Bare').path).toBe(join(dir, 'configtx.yml'));
});

test.each([
    [
        'an unknown key',
        'Profiles: { P: { Ordererr: {} } }',
        2,
        /^Error unmarshalling config into struct: .*'Profiles\[P\]' has invalid keys: Ordererr/s,
    ],
    ['an unknown section', 'Foo: {}', 2, /^Error unmarshalling config into struct: .*'' has invalid keys: Foo/s],
    ['a key twice', 'Profiles: { P: {}, P: {} }', 2, /^Error reading configuration: yaml: construct errors: /],
    ['no such profile', 'Profiles: { Q: {} }', 1, /^Could not find profile: P$/],
    ['an unknown orderer', 'Profiles: { P: { Orderer: { OrdererType: kafka } } }', 2, /^unknown orderer type: kafka$/],
    [
        'SmartBFT ordering',
        'Profiles: { P: { Orderer: { OrdererType: BFT } } }',
        1,
        /^orderer type BFT is not supported by the embedded engine: install Hyperledger Fabric/,
    ],
    [
        'raft without consenters',
        'Profiles: { P: { Orderer: { OrdererType: etcdraft, EtcdRaft: {} } } }',
        2,
        /did not specify any consenter/,
    ],
    [
        'a consenter without port',
        'Profiles: { P: { Orderer: { OrdererType: etcdraft, EtcdRaft: { Consenters: [{ Host: h }] } } } }',
        2,
        /did not specify port/,
    ],
    [
        'a size that is none',
        'Profiles: { P: { Orderer: { BatchSize: { AbsoluteMaxBytes: much } } } }',
        2,
        /'Profiles\[P\].Orderer.BatchSize.AbsoluteMaxBytes' expected type 'uint32'/,
    ],
    [
        'a size beyond 32 bits',
        'Profiles: { P: { Orderer: { BatchSize: { AbsoluteMaxBytes: 4 GB } } } }',
        2,
        /overflows uint32/,
    ],
    ['a timeout that is none', 'Profiles: { P: { Orderer: { BatchTimeout: soon } } }', 2, /invalid duration "soon"/],
    [
        'ticks in the wrong order',
        'Profiles: { P: { Orderer: { OrdererType: etcdraft, EtcdRaft: { Consenters: [{ Host: h, Port: 1, ClientTLSCert: c, ServerTLSCert: s }], Options: { ElectionTick: 1 } } } } }',
        2,
        /election tick must be greater than heartbeat tick/,
    ],
])('a file with %s is refused', (_, yaml, exitCode, text) => {
    const failure = (() => {
        try {
            return load('P', yaml);
        } catch (error) {
            return error;
        }
    })();
    expect(failure).toBeInstanceOf(ConfigtxError);
    expect((failure as ConfigtxError).message).toMatch(text);
    expect((failure as ConfigtxError).exitCode).toBe(exitCode);
});

test('a missing file is refused with the folders looked into', () => {
    expect(() => loadProfile({ configPath: dir, env: {} }, 'P')).toThrow(`Not Found in "[${dir}]"`);
});
