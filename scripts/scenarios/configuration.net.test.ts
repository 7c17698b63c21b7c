// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadNetworkFile } from '../../gateway/src/config/networkFile';
import { openCertificateAuthority } from '../../gateway/src/fabric/certificateAuthority';
import { TestAuthority } from '../../network/engine/src/identity/testing/testAuthority';
import { executablesOf, runAs, settingsOf } from './executables';
import { TestNetwork } from './testNetwork';

jest.setTimeout(300_000);

const network = TestNetwork.shared();
const executables = executablesOf(process.env.POWER_TEST_ENGINE === 'fabric' ? 'fabric' : 'embedded');
const file = (name: string): string => join(network.dir, name);

/** The parts of a channel's configuration that are changed here, as configtxlator prints them. */
interface Config {
    sequence: string;
    channel_group: { groups: { Application: Group; Orderer: Group } };
}
interface Member {
    values: { MSP: { value: { config: { root_certs: string[] } } } };
}
interface Group {
    groups: Record<string, Member>;
    values: {
        BatchSize: { value: { max_message_count: number } };
        ConsensusType: { value: { metadata: { consenters: { client_tls_cert: string; server_tls_cert: string }[] } } };
    };
}

beforeAll(() => {
    network.standDeployed();
});
afterAll(() => {
    network.down();
});

/** An organisation's administrator, or the identity that these settings name. */
type Caller = string | Readonly<Record<string, string>>;

function as(caller: Caller, ...command: readonly string[]): string {
    const [organisation, overrides] = typeof caller === 'string' ? [caller, {}] : ['authority', caller];
    const { status, stdout, stderr } = runAs(network, organisation, executables, command, overrides);
    if (status !== 0) throw new Error(`${command.join(' ')} ended with ${String(status)}\n${stdout}\n${stderr}`);
    return stdout;
}

/** Flags that name the orderer and its TLS authority. */
function ordererFlags(): readonly string[] {
    const { ORDERER_ADDRESS: address = '', ORDERER_CA: root = '' } = settingsOf(network, 'authority');
    return ['-o', address, '--tls', '--cafile', root];
}

function translate(verb: 'proto_decode' | 'proto_encode', type: string, input: string, output: string): void {
    as('authority', 'configtxlator', verb, '--type', type, '--input', input, '--output', output);
}

function fetchConfig(): Config {
    as('authority', 'peer', 'channel', 'fetch', 'config', 'block.pb', '-c', 'power', ...ordererFlags());
    translate('proto_decode', 'common.Block', 'block.pb', 'block.json');
    const block = JSON.parse(readFileSync(file('block.json'), 'utf8')) as {
        data: { data: [{ payload: { data: { config: Config } } }] };
    };
    return block.data.data[0].payload.data.config;
}

/** Changes the channel as an operator does; the last of the callers sends what all of them signed. */
async function changeConfig(change: (config: Config) => void, callers: readonly Caller[]): Promise<void> {
    const config = fetchConfig();
    writeFileSync(file('original.json'), JSON.stringify(config));
    change(config);
    writeFileSync(file('updated.json'), JSON.stringify(config));
    translate('proto_encode', 'common.Config', 'original.json', 'original.pb');
    translate('proto_encode', 'common.Config', 'updated.json', 'updated.pb');
    const between = ['--original', 'original.pb', '--updated', 'updated.pb', '--output', 'update.pb'];
    as('authority', 'configtxlator', 'compute_update', '--channel_id', 'power', ...between);
    translate('proto_decode', 'common.ConfigUpdate', 'update.pb', 'update.json');
    const update = JSON.parse(readFileSync(file('update.json'), 'utf8')) as unknown;
    const header = { channel_header: { channel_id: 'power', type: 2 } };
    writeFileSync(file('envelope.json'), JSON.stringify({ payload: { header, data: { config_update: update } } }));
    translate('proto_encode', 'common.Envelope', 'envelope.json', 'envelope.pb');
    for (const caller of callers.slice(0, -1)) {
        as(caller, 'peer', 'channel', 'signconfigtx', '-f', 'envelope.pb');
    }
    as(callers.at(-1)!, 'peer', 'channel', 'update', '-f', 'envelope.pb', '-c', 'power', ...ordererFlags());
    // The orderer's answer says that it took the update, not that the block is there.
    const deadline = Date.now() + 20_000;
    while (fetchConfig().sequence === config.sequence) {
        if (Date.now() > deadline) throw new Error('the update was taken and never came into force');
        await sleep(100);
    }
}

const newcomerIn = (mspFolder: string): Caller & object => ({
    CORE_PEER_LOCALMSPID: 'NewcomerMSP',
    CORE_PEER_MSPCONFIGPATH: mspFolder,
});

/** A transaction of the newcomer's client, which the peers of two members endorse. */
function invokeAsNewcomer(mspFolder: string): { status: number | null; stderr: string } {
    const peers = ['authority', 'centralbank'].flatMap((name) => {
        const { CORE_PEER_ADDRESS: address = '', CORE_PEER_TLS_ROOTCERT_FILE: root = '' } = settingsOf(network, name);
        return ['--peerAddresses', address, '--tlsRootCertFiles', root];
    });
    const call = ['-C', 'power', '-n', 'power-currency', '-c', '{"Args":["Registry:ListParticipants","{}"]}'];
    const invoke = ['chaincode', 'invoke', ...call, ...peers, '--waitForEvent', ...ordererFlags()];
    return runAs(network, 'authority', executables, ['peer', ...invoke], newcomerIn(mspFolder));
}

describe('on a running channel an operator', () => {
    let newcomer: TestAuthority;

    it('adds an organisation, whose client’s transactions are accepted from then on', async () => {
        newcomer = new TestAuthority(network.dir, 'NewcomerMSP');
        const client = newcomer.member('client', 'client');
        expect(invokeAsNewcomer(client).stderr).toMatch(/creator org unknown|access denied/);

        mkdirSync(file('newcomer'));
        writeFileSync(file('newcomer/configtx.yaml'), organisationYaml(newcomer.mspFolder('msp')));
        const group = as('authority', 'configtxgen', '-printOrg', 'Newcomer', '-configPath', file('newcomer'));
        await changeConfig(
            ({ channel_group: { groups } }) => {
                groups.Application.groups.Newcomer = JSON.parse(group) as Member;
            },
            ['authority', 'centralbank', 'cooperative'],
        );
        await network.agreedChain();
        expect(invokeAsNewcomer(client)).toMatchObject({ status: 0 });
    });

    it('changes the batch size, and the next transactions are cut by it', async () => {
        await changeConfig(
            ({ channel_group: { groups } }) => {
                groups.Orderer.values.BatchSize.value.max_message_count = 1;
            },
            // A majority of those who order: one, three or four organisations.
            ['centralbank', 'cooperative', 'authority'],
        );
        const before = await network.agreedChain();
        await Promise.all(Array.from({ length: 5 }, submit));
        const after = await network.agreedChain();
        expect(after.height - before.height).toBe(5n);
    });

    it('rotates an organisation’s root certificate, after which the identities of the old one are refused', async () => {
        const renewed = new TestAuthority(file('renewed'), 'NewcomerMSP');
        const root = readFileSync(join(renewed.mspFolder('msp'), 'cacerts/ca.pem')).toString('base64');
        await changeConfig(
            ({ channel_group: { groups } }) => {
                groups.Application.groups.Newcomer!.values.MSP.value.config.root_certs = [root];
            },
            [newcomerIn(newcomer.member('admin', 'admin'))],
        );
        await network.agreedChain();
        expect(invokeAsNewcomer(newcomer.mspFolder('client')).stderr).toMatch(/creator org unknown|access denied/);
        expect(invokeAsNewcomer(renewed.member('client', 'client'))).toMatchObject({ status: 0 });
    });
});

// The only orderer of a Raft cluster looks for another leader before it lets go of its certificate, in vain.
if (process.env.POWER_TEST_ENGINE !== 'fabric') {
    describe('the only orderer', () => {
        it('goes on with a new TLS certificate', async () => {
            const renewed = await newTlsCertificate();
            const encoded = Buffer.from(renewed.certificate).toString('base64');
            await changeConfig(
                ({ channel_group: { groups } }) => {
                    const [consenter] = groups.Orderer.values.ConsensusType.value.metadata.consenters;
                    Object.assign(consenter!, { client_tls_cert: encoded, server_tls_cert: encoded });
                },
                ['authority'],
            );
            await network.agreedChain();
            const tls = join(network.organisationDir('authority'), 'orderers/authority-orderer/tls');
            writeFileSync(join(tls, 'server.crt'), renewed.certificate);
            writeFileSync(join(tls, 'server.key'), renewed.privateKey);
            network.succeed('restart', 'authority-orderer');
            await submittedAtLast();
            expect(fetchConfig()).toMatchObject({ sequence: '4' });
        });
    });
}

/** A transaction that conflicts with no other. */
function submit(): Promise<unknown> {
    return network.open('authority').transport.submit('Registry:ListParticipants', '{}');
}

/** Raft elects its leader anew after a restart, for which an orderer of Fabric's takes seconds. */
async function submittedAtLast(): Promise<void> {
    const deadline = Date.now() + 30_000;
    for (;;) {
        try {
            await submit();
            return;
        } catch (error) {
            if (Date.now() > deadline) throw error;
            await sleep(500);
        }
    }
}

async function newTlsCertificate(): Promise<{ certificate: string; privateKey: string }> {
    const { organisations } = loadNetworkFile(network.networkDir);
    const { ca } = organisations.find(({ name }) => name === 'authority')!;
    const authority = openCertificateAuthority({
        url: ca.url,
        caName: ca.name,
        mspId: 'AuthorityMSP',
        tlsRoots: readFileSync(ca.tlsCaFile, 'utf8'),
    });
    const bootstrap = readFileSync(join(network.networkDir, 'secrets/authority-ca.txt'), 'utf8');
    const registrar = await authority.enrol({ enrolmentId: 'admin', secret: bootstrap });
    const secret = 'renewed-orderer-secret';
    await authority.register({ enrolmentId: 'renewed-orderer', role: 'orderer', secret }, registrar);
    return authority.enrol({
        enrolmentId: 'renewed-orderer',
        secret,
        hosts: ['localhost', '127.0.0.1'],
        profile: 'tls',
    });
}

function organisationYaml(mspFolder: string): string {
    const rule = (roles: readonly string[]): string =>
        `{Type: Signature, Rule: "OR(${roles.map((role) => `'NewcomerMSP.${role}'`).join(', ')})"}`;
    const readers = rule(['admin', 'peer', 'client']);
    const writers = rule(['admin', 'client']);
    const policies = `Readers: ${readers}, Writers: ${writers}, Admins: ${rule(['admin'])}, Endorsement: ${rule(['peer'])}`;
    return `Organizations:\n  - {Name: Newcomer, ID: NewcomerMSP, MSPDir: ${mspFolder}, Policies: {${policies}}}\n`;
}
