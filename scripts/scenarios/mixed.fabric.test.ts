// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadLocalMsp } from '@power-currency/engine/identity/localMsp.js';
import type { Signer } from '@power-currency/engine/wire/envelope.js';
import type { common } from '@power-currency/engine/wire/protobuf.js';
import { loadNetworkFile } from '../../gateway/src/config/networkFile';
import { executablesOf, replacePeer, runAs } from './executables';
import { summaryOf, type BlockSummary } from './hostile/chainComparison';
import { offerHostileTransactions } from './hostile/hostileTraffic';
import { broadcast, deliveredBlocks, type NodeAddress } from './hostile/nodeClient';
import { SeededRandom } from './hostile/seededRandom';
import { TransactionForge, type Draft } from './hostile/transactionForge';
import { TestNetwork } from './testNetwork';

jest.setTimeout(300_000);

const engines = { embedded: executablesOf('embedded'), fabric: executablesOf('fabric') };
const channel = 'power';
const chaincode = 'power-currency';

const ordering = process.env.POWER_TEST_ORDERING ?? 'raft1';
/** Both directions: the network runs on one engine, commands and the regulator's peer are the other's. */
const directions = [
    // Only Fabric itself has other orderings than one Raft node.
    ...(ordering === 'raft1' ? [{ host: 'embedded', guest: 'fabric' } as const] : []),
    { host: 'fabric', guest: 'embedded' } as const,
];

describe.each(directions)('a network on $host, with commands and a peer of $guest', ({ host, guest }) => {
    const network = new TestNetwork(host);
    const node = (organisation: string, port: number): NodeAddress => ({
        address: `localhost:${String(port + network.portOffset)}`,
        tlsRootFile: join(network.organisationDir(organisation), 'msp/cacerts/ca.pem'),
    });
    const orderer = node('authority', 7050);
    const ordererFlags = ['-o', orderer.address, '--tls', '--cafile', orderer.tlsRootFile];
    const administrator = join(network.organisationDir('authority'), 'users/admin/tls');
    const osnadminFlags = [
        ...['-o', node('authority', 7053).address, '--ca-file', orderer.tlsRootFile],
        ...['--client-cert', join(administrator, 'client.crt'), '--client-key', join(administrator, 'client.key')],
    ];
    const endorserFlags = ['authority', 'centralbank'].flatMap((organisation, index) => [
        ...['--peerAddresses', node(organisation, 7051 + 1000 * index).address],
        ...['--tlsRootCertFiles', node(organisation, 0).tlsRootFile],
    ]);
    const definitionFlags = ['-C', channel, '-n', chaincode, '-v', '2.0', '--sequence', '2'];

    const both = (...command: string[]): string[] =>
        [guest, host].map((engine) => {
            const { status, stdout, stderr } = runAs(network, 'authority', engines[engine], command);
            return `exit ${String(status)}\n${stdout}${stderr.replaceAll('  message:', ' message:')}`;
        });
    const guestAs = (organisation: string, ...command: string[]): string => {
        const { status, stdout, stderr } = runAs(network, organisation, engines[guest], command);
        if (status !== 0) throw new Error(`${command.join(' ')} ended with ${String(status)}\n${stdout}${stderr}`);
        return stdout;
    };
    const signerOf = (organisation: string, mspId: string, holder: string): Signer =>
        loadLocalMsp(join(network.organisationDir(organisation), holder, 'msp'), mspId).signer;

    beforeAll(() => {
        network.succeed('deployCC');
    });
    afterAll(() => {
        network.down();
    });

    it('runs on the engine that was asked for', () => {
        expect(loadNetworkFile(network.networkDir).engine).toBe(host);
    });

    describe('commands', () => {
        it.each([
            [['peer', 'channel', 'list']],
            [['peer', 'channel', 'getinfo', '-c', channel]],
            [['peer', 'lifecycle', 'chaincode', 'queryinstalled']],
            [['peer', 'lifecycle', 'chaincode', 'queryinstalled', '-O', 'json']],
            [['peer', 'lifecycle', 'chaincode', 'querycommitted', '-C', channel]],
            [['peer', 'lifecycle', 'chaincode', 'querycommitted', '-C', channel, '-n', chaincode, '-O', 'json']],
            [['peer', 'lifecycle', 'chaincode', 'querycommitted', '-C', channel, '-n', 'absent']],
            [['peer', 'lifecycle', 'chaincode', 'queryapproved', '-C', channel, '-n', chaincode, '-O', 'json']],
            [['peer', 'lifecycle', 'chaincode', 'checkcommitreadiness', ...definitionFlags]],
            [
                [
                    'peer',
                    'chaincode',
                    'query',
                    '-C',
                    channel,
                    '-n',
                    chaincode,
                    '-c',
                    call('Asset:DescribeSupply', { asset: 'PC' }),
                ],
            ],
            [['peer', 'chaincode', 'query', '-C', channel, '-n', chaincode, '-c', call('PowerCredit:Absent')]],
            [['peer', 'chaincode', 'query', '-C', channel, '-n', 'absent', '-c', call('any')]],
            [['peer', 'channel', 'getinfo', '-c', 'absent']],
        ])('%j print what the host’s own print', (command) => {
            const [guests, hosts] = both(...command);
            expect(guests).toBe(hosts);
        });

        it('osnadmin lists what the host’s own lists', () => {
            const [guests, hosts] = both('osnadmin', 'channel', 'list', ...osnadminFlags);
            expect(guests).toBe(hosts);
            expect(guests).toContain(`"name": "${channel}"`);
            const [guestsOne, hostsOne] = both('osnadmin', 'channel', 'list', '--channelID', channel, ...osnadminFlags);
            expect(guestsOne).toBe(hostsOne);
        });

        it('osnadmin is refused a channel that is there already, in the same words', () => {
            const block = ['--channelID', channel, '--config-block', join(network.networkDir, 'power.genesis.block')];
            const [guests, hosts] = both('osnadmin', 'channel', 'join', ...block, ...osnadminFlags);
            expect(guests).toBe(hosts);
            expect(guests).toContain('cannot join: channel already exists');
        });

        it('configtxgen shows the genesis block as the host’s own does', () => {
            const [guests, hosts] = both(
                'configtxgen',
                '-inspectBlock',
                join(network.networkDir, 'power.genesis.block'),
            );
            expect(guests).toBe(hosts);
        });

        it.each(['0', '2', 'newest', 'config'])(
            'peer channel fetch %s brings the same block from the orderer',
            (which) => {
                const [first, second] = [guest, host].map((engine) => {
                    const file = join(network.dir, `${engine}-${which}.block`);
                    const command = ['peer', 'channel', 'fetch', which, file, '-c', channel, ...ordererFlags];
                    expect(runAs(network, 'authority', engines[engine], command).status).toBe(0);
                    return readFileSync(file);
                });
                expect(first!.equals(second!)).toBe(true);
            },
        );

        it('a package of a new label is installed', () => {
            const archive = relabelled(network, 'authority');
            const id = guestAs('authority', 'peer', 'lifecycle', 'chaincode', 'calculatepackageid', archive).trim();
            guestAs('authority', 'peer', 'lifecycle', 'chaincode', 'install', archive);
            const installed = guestAs('authority', 'peer', 'lifecycle', 'chaincode', 'queryinstalled');
            expect(installed).toContain(`Package ID: ${id}, Label: mixed_1.0`);
        });

        it('a new definition is approved by every organisation and committed', () => {
            for (const organisation of ['authority', 'centralbank', 'cooperative', 'regulator']) {
                const installed = JSON.parse(
                    guestAs(organisation, 'peer', 'lifecycle', 'chaincode', 'queryinstalled', '-O', 'json'),
                ) as { installed_chaincodes: { package_id: string; label: string }[] };
                const found = installed.installed_chaincodes.find(({ label }) => label.startsWith(chaincode));
                const approval = ['--package-id', found!.package_id, ...definitionFlags, ...ordererFlags];
                guestAs(organisation, 'peer', 'lifecycle', 'chaincode', 'approveformyorg', ...approval);
            }
            const readiness = [
                'peer',
                'lifecycle',
                'chaincode',
                'checkcommitreadiness',
                ...definitionFlags,
                '-O',
                'json',
            ];
            expect(JSON.parse(guestAs('authority', ...readiness))).toEqual({
                approvals: { AuthorityMSP: true, CentralBankMSP: true, CooperativeMSP: true, RegulatorMSP: true },
            });
            const commitment = [...definitionFlags, ...ordererFlags, ...endorserFlags];
            guestAs('authority', 'peer', 'lifecycle', 'chaincode', 'commit', ...commitment);
            const committed = guestAs('authority', 'peer', 'lifecycle', 'chaincode', 'querycommitted', '-C', channel);
            expect(committed).toContain('Version: 2.0, Sequence: 2');
        });

        it('a transaction is invoked and waited for', () => {
            const [request, question] = [registration, call('Registry:ListParticipants')].map((text) => [
                '-C',
                channel,
                '-n',
                chaincode,
                '-c',
                text,
            ]);
            const flags = [...request!, '--waitForEvent', ...ordererFlags, ...endorserFlags];
            guestAs('authority', 'peer', 'chaincode', 'invoke', ...flags);
            const participants = guestAs('authority', 'peer', 'chaincode', 'query', ...question!);
            expect(JSON.parse(participants)).toMatchObject([{ participantId: 'authority' }]);
        });
    });

    describe('the regulator’s peer, replaced by one of the other engine', () => {
        const random = new SeededRandom(20_261_121);
        let forge: TransactionForge;

        beforeAll(() => {
            replacePeer(network, 'regulator', engines[guest]);
            const endorsers = [
                signerOf('authority', 'AuthorityMSP', 'peers/authority-peer'),
                signerOf('centralbank', 'CentralBankMSP', 'peers/centralbank-peer'),
            ];
            forge = new TransactionForge(
                signerOf('authority', 'AuthorityMSP', 'users/client'),
                endorsers,
                channel,
                chaincode,
            );
        });

        it('pulls the chain and agrees with every peer', async () => {
            await network.agreedChain(60_000);
            await expectEqualChains();
        });

        it('gives valid, conflicting, phantom, unendorsed and repeated transactions the same codes', async () => {
            const writes = (key: string): Draft => ({
                namespaces: [
                    { namespace: chaincode, set: { reads: [{ key }], writes: [{ key, value: Buffer.from('v') }] } },
                ],
            });
            const range = { startKey: 'mixed', endKey: 'mixee', itrExhausted: true };
            const repeated = forge.forge(writes('mixed-2'));
            const offered = [
                forge.forge(writes('mixed-1')),
                forge.forge(writes('mixed-1')),
                forge.forge({ namespaces: [{ namespace: chaincode, set: { rangeQueriesInfo: [range] } }] }),
                forge.forge({
                    ...writes('mixed-3'),
                    endorsers: [signerOf('authority', 'AuthorityMSP', 'peers/authority-peer')],
                }),
                // SmartBFT orderers refuse a message that they had before.
                ...(ordering === 'bft4' ? [repeated] : [repeated, repeated]),
                forge.forge({ ...writes('mixed-4'), txId: 'forged' }),
                forge.forge({ namespaces: [{ namespace: 'absent', set: { writes: [{ key: 'a' }] } }] }),
            ];
            expect(await broadcast(orderer, offered)).toEqual(offered.map(() => 200));
            await sleep(1500);
            await network.agreedChain(60_000);
            const blocks = await expectEqualChains();
            const codes = new Map(
                blocks.flatMap((block) => block.transactions.map((bytes, at) => [bytes, block.codes[at]])),
            );
            expect(offered.map((bytes) => codes.get(bytes.toString('base64')))).toEqual([
                'VALID',
                'MVCC_READ_CONFLICT',
                'PHANTOM_READ_CONFLICT',
                'ENDORSEMENT_POLICY_FAILURE',
                ...(ordering === 'bft4' ? ['VALID'] : ['DUPLICATE_TXID', 'DUPLICATE_TXID']),
                'BAD_PROPOSAL_TXID',
                'INVALID_CHAINCODE',
            ]);
        });

        it('agrees on hundreds of mutated transactions, byte for byte', async () => {
            const collection = `_implicit_org_${host === 'embedded' ? 'AuthorityMSP' : 'RegulatorMSP'}`;
            const taken = await offerHostileTransactions({ forge, orderer, chaincode, collection, random }, 500);
            expect(taken).toBeGreaterThan(300);
            await network.agreedChain(60_000);
            const codes = new Set((await expectEqualChains()).flatMap((block) => block.codes));
            expect(codes.size).toBeGreaterThan(8);
        });

        it('answers queries with its own chaincode process, once the approved package is installed', () => {
            const archive = join(network.networkDir, 'chaincode/regulator', `${chaincode}_1.0.tar.gz`);
            guestAs('regulator', 'peer', 'lifecycle', 'chaincode', 'install', archive);
            const query = ['cc', 'query', '-org', 'regulator', '-args', call('Asset:DescribeSupply', { asset: 'PC' })];
            expect(JSON.parse(network.succeed(...query))).toMatchObject({ asset: 'PC' });
        });

        async function expectEqualChains(): Promise<BlockSummary[]> {
            const last = Number((await network.agreedChain()).height) - 1;
            const [others, members] = await Promise.all([
                deliveredBlocks(
                    node('regulator', 10_051),
                    signerOf('regulator', 'RegulatorMSP', 'users/admin'),
                    channel,
                    0,
                    last,
                ),
                deliveredBlocks(
                    node('centralbank', 8051),
                    signerOf('centralbank', 'CentralBankMSP', 'users/admin'),
                    channel,
                    0,
                    last,
                ),
            ]);
            const [left, right] = [others.map(comparable), members.map(comparable)];
            expect(left).toEqual(right);
            expect(left).toHaveLength(last + 1);
            return left;
        }
    });
});

/** Of several orderers each signs a block for itself, and every peer has the signatures that the one it asked gave it. */
function comparable(block: common.Block): BlockSummary {
    const summary = summaryOf(block);
    return ordering === 'raft1' ? summary : { ...summary, metadata: summary.metadata.slice(1) };
}

function call(transaction: string, query: object = {}): string {
    return JSON.stringify({ Args: [transaction, JSON.stringify(query)] });
}

const registration = JSON.stringify({
    Args: [
        'Registry:RegisterParticipant',
        '{"displayName":"Grid authority","participantId":"authority","requestId":"register-authority"}',
    ],
});

/** The organisation's own chaincode package under another label, and so under another id. */
function relabelled(network: TestNetwork, organisation: string): string {
    const archive = join(network.networkDir, 'chaincode', organisation, `${chaincode}_1.0.tar.gz`);
    const folder = join(network.dir, 'relabelled');
    const changed = join(network.dir, 'mixed.tar.gz');
    mkdirSync(folder);
    execFileSync('tar', ['-xzf', archive, '-C', folder]);
    writeFileSync(join(folder, 'metadata.json'), JSON.stringify({ type: 'ccaas', label: 'mixed_1.0' }));
    execFileSync('tar', ['-czf', changed, '-C', folder, 'metadata.json', 'code.tar.gz']);
    return changed;
}
