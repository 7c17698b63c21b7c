// SPDX-License-Identifier: Apache-2.0
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageIdOf } from '../../lifecycle/chaincodePackage.js';
import { redirectLog } from '../../process/logging.js';
import { TxValidationCode } from '../../wire/codes.js';
import { encode } from '../../wire/decode.js';
import { common, lifecycle, orderer, protos } from '../../wire/protobuf.js';
import { readCollections } from './lifecycle/collections.js';
import { applicationPolicy } from './lifecycle/endorsementPolicy.js';
import { main } from './peer.js';
import { type Answers, startStandInNetwork, type StandInNetwork, unexpected } from './testing/standInNetwork.js';

// Runs the command lines that were recorded with Fabric's own peer command against peers and an orderer that answer what
// Fabric's answered, and compares exit code, stdout and stderr.

interface Recorded {
    readonly id: string;
    readonly argv: readonly string[];
    readonly exit: number;
    readonly stdout: string;
    readonly stderr: string;
}

const recordings = join(__dirname, '../../../fixtures/fabric-3.1.5');
const calls = new Map(
    readFileSync(join(recordings, 'cli.jsonl'), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Recorded)
        .map((recorded) => [recorded.id, recorded]),
);

let network: StandInNetwork;
let env: NodeJS.ProcessEnv;
const previousFolder = process.cwd();

beforeAll(async () => {
    network = await startStandInNetwork(4);
    cpSync(join(recordings, 'network/chaincode'), join(network.folder, 'pkg'), { recursive: true });
    cpSync(join(recordings, 'network/collections.json'), join(network.folder, 'collections.json'));
    mkdirSync(join(network.folder, 'channel-artifacts'));
    cpSync(join(recordings, 'network/genesis.pb'), join(network.folder, 'channel-artifacts/power.block'));
    writeFileSync(join(network.folder, 'channel-artifacts/garbage.block'), 'garbage');
    writeFileSync(join(network.folder, 'core.yaml'), 'peer: { address: localhost:1 }\n');
    process.chdir(network.folder);
});

beforeEach(() => {
    Object.assign(network.answers, unexpected);
    env = {
        FABRIC_CFG_PATH: network.folder,
        CORE_PEER_LOCALMSPID: 'AuthorityMSP',
        CORE_PEER_MSPCONFIGPATH: network.mspFolder,
        CORE_PEER_ADDRESS: network.peers[0] ?? '',
        CORE_PEER_TLS_ENABLED: 'true',
        CORE_PEER_TLS_ROOTCERT_FILE: network.tlsRootFile,
    };
});

afterAll(async () => {
    process.chdir(previousFolder);
    await network.close();
});

const run = async (argv: readonly string[]): Promise<{ exit: number; stdout: string; stderr: string }> => {
    const output = { stdout: '', stderr: '' };
    const collect = (stream: 'stdout' | 'stderr') => (text: string | Uint8Array) => {
        output[stream] += Buffer.from(text).toString('utf8');
        return true;
    };
    const restoreLog = redirectLog(collect('stderr'));
    const stdout = jest.spyOn(process.stdout, 'write').mockImplementation(collect('stdout'));
    const stderr = jest.spyOn(process.stderr, 'write').mockImplementation(collect('stderr'));
    try {
        return { exit: await main(argv, env), ...output };
    } finally {
        restoreLog();
        stdout.mockRestore();
        stderr.mockRestore();
    }
};

/** The recorded arguments with the addresses and files of the stand-in network. */
const ours = (argv: readonly string[]): readonly string[] =>
    argv.slice(1).map((argument) =>
        argument
            .replace(/^localhost:230([1-4])0$/, (_, index: string) => network.peers[Number(index) - 1] ?? '')
            .replace('localhost:23000', network.orderer)
            .replace(/^\$NET\/.*\.(?:pem|crt)$/, network.tlsRootFile),
    );

/** Without colours, times, record numbers, function names, transaction ids and addresses; log lines in any order. */
const comparable = (text: string): string => {
    let stable = text
        .replace(/\u001b\[[0-9;]*m/g, '')
        .replace(/^\d{4}-\d\d-\d\d [\d:.]+ UTC [0-9a-f]{4} (\w+) (\[[\w.]+\]) \S+ ->/gm, '$1 $2 ->')
        .replace(/txid \[[0-9a-f]{64}\]/g, 'txid [id]')
        .replaceAll(network.orderer, 'localhost:23000');
    network.peers.forEach(
        (address, index) => (stable = stable.replaceAll(address, `localhost:230${String(index + 1)}0`)),
    );
    const lines = stable.split('\n');
    const committed = lines.filter((line) => line.includes('committed with status'));
    return [...committed.sort(), ...lines.filter((line) => !committed.includes(line))].join('\n');
};

const replay = async (id: string, answers: Partial<Answers>): Promise<void> => {
    const recorded = calls.get(id);
    if (recorded === undefined) throw new Error(`nothing recorded as ${id}`);
    Object.assign(network.answers, answers);
    const outcome = await run(ours(recorded.argv));
    expect(outcome.stdout).toBe(recorded.stdout);
    expect(comparable(outcome.stderr)).toBe(comparable(recorded.stderr));
    expect(outcome.exit).toBe(recorded.exit);
};

const answer = (response: protos.Response.$Properties): Partial<Answers> => ({ propose: () => ({ response }) });
const payload = <P>(type: { encode(message: P): { finish(): Uint8Array } }, message: P): Partial<Answers> =>
    answer({ status: 200, payload: encode(type, message) });

const endorsement = { endorser: Buffer.from('peer'), signature: Buffer.from('signature') };
const endorsed = (response: protos.Response.$Properties): Partial<Answers> => ({
    propose: () => ({
        version: 1,
        response,
        payload: encode(protos.ProposalResponsePayload, {
            proposalHash: Buffer.alloc(32),
            extension: encode(protos.ChaincodeAction, { response }),
        }),
        endorsement,
    }),
});

describe('without a peer', () => {
    test.each(['peer-unknown-command', 'chaincode-list-removed', 'chaincode-install-legacy', 'package-missing-flags'])(
        '%s',
        (id) => replay(id, {}),
    );

    test.each(['package-ccaas-lang', 'calculatepackageid', 'calculatepackageid-json', 'calculatepackageid-missing'])(
        '%s',
        async (id) => {
            delete env['CORE_PEER_MSPCONFIGPATH'];
            await replay(id, {});
        },
    );

    test('version prints the line that scripts read', async () => {
        const { stdout, exit } = await run(['version']);
        expect(stdout).toMatch(/^peer:\n Version: v3\.1\.5/);
        expect(exit).toBe(0);
    });

    test('a missing MSP folder is named', async () => {
        env['CORE_PEER_MSPCONFIGPATH'] = '$NET/nomsp';
        const { stderr, exit } = await run(['channel', 'list']);
        const folder = join(network.folder, '$NET/nomsp');
        expect(stderr).toContain(
            `Cannot run peer because cannot init crypto, specified path "${folder}" does not exist or cannot be accessed: stat ${folder}: no such file or directory`,
        );
        expect([stderr.includes('Error:'), exit]).toEqual([false, 1]);
    });

    test('a missing core.yaml is named', async () => {
        env['FABRIC_CFG_PATH'] = '/nowhere';
        const { stderr, exit } = await run(['channel', 'list']);
        expect(stderr).toContain(
            'Fatal error when initializing core config : error when reading core config file: Config File "core" Not Found in "[/nowhere]"',
        );
        expect(exit).toBe(1);
    });

    test('peer-channel-join-no-server', async () => {
        env['CORE_PEER_ADDRESS'] = '127.0.0.1:1';
        const { stderr } = await run(['channel', 'list']);
        expect(stderr).toBe(
            'Error: error getting endorser client for channel: endorser client failed to connect to 127.0.0.1:1: failed to create new connection: connection error: desc = "transport: error while dialing: dial tcp 127.0.0.1:1: connect: connection refused"\n',
        );
    });

    test.each([
        ['peer-tls-off', { CORE_PEER_TLS_ENABLED: 'false' }],
        ['a server of another root', { CORE_PEER_TLS_ROOTCERT_FILE: join(recordings, 'ca/ca-cert.pem') }],
    ])('%s ends with the connection timeout', async (_, settings) => {
        Object.assign(env, settings, { CORE_PEER_CLIENT_CONNTIMEOUT: '300ms' });
        const { stderr, exit } = await run(['channel', 'list']);
        expect(stderr).toContain('failed to create new connection: context deadline exceeded\n');
        expect(exit).toBe(1);
    });
});

/** Refusals: the status and message the peer answered are in the recorded text. */
const refusal = ({ stderr }: Recorded): protos.Response.$Properties => {
    const texts = [
        /with status: (\d+) - (.*)\n/,
        /bad proposal response (\d+): (.*)\)\n/,
        /bad response, status (\d+): (.*)\n/,
        /during \w+\. response: status:(\d+) {2}message:"(.*?)"(?: {2}payload:"(.*)")?\n/,
    ];
    for (const text of texts) {
        const [, status, message, body] = text.exec(stderr) ?? [];
        if (status !== undefined) {
            return { status: Number(status), message: message ?? '', payload: Buffer.from(body ?? '') };
        }
    }
    throw new Error(`no refusal in ${stderr}`);
};

describe('what a peer refuses', () => {
    test.each([
        'peer-channel-getinfo-not-joined',
        'peer-channel-getinfo-unknown',
        'peer-channel-join-not-admin',
        'peer-channel-join-again',
        'peer-channel-join-garbage',
        'install-garbage',
        'install-not-admin',
        'install-again',
        'queryinstalled-not-admin',
        'getinstalledpackage-unknown',
        'querycommitted-unknown-name',
        'queryapproved-none',
        'approve-wrong-sequence',
        'approve-bad-name',
        'approve-not-admin',
        'approve-again-unchanged',
        'checkcommitreadiness-wrong-seq',
        'commit-again',
        'invoke-chaincode-error',
        'invoke-unknown-chaincode',
        'invoke-unknown-channel',
        'invoke-isinit-not-required',
        'query-chaincode-error',
        'query-unknown-function',
        'query-unknown-channel',
        'query-status-400',
    ])('%s', async (id) => {
        const recorded = calls.get(id);
        if (recorded === undefined) throw new Error(`nothing recorded as ${id}`);
        await replay(id, answer(refusal(recorded)));
    });

    test.each([
        'peer-channel-join-no-b',
        'peer-channel-join-missing-file',
        'install-missing-file',
        'approve-bad-policy',
        'approve-empty-name',
        'approve-bad-collections',
        'commit-peer-cert-mismatch',
        'invoke-bad-json',
        'invoke-no-ctor',
    ])('%s is refused before it is sent', (id) => replay(id, {}));
});

describe('peer channel', () => {
    test('joins, lists and tells the height', async () => {
        await replay('peer-channel-join-authority', answer({ status: 200 }));
        await replay('peer-channel-list-empty', payload(protos.ChannelQueryResponse, {}));
        await replay('peer-channel-list', payload(protos.ChannelQueryResponse, { channels: [{ channelId: 'power' }] }));
        const hash = Buffer.from('gO9CkRkFFLxthBSbVZVHUhEqR6EQikC+GLf7PB1mG54=', 'base64');
        const genesis = payload(common.BlockchainInfo, { height: 1, currentBlockHash: hash });
        await replay('peer-channel-getinfo-genesis', genesis);
        expect(readFileSync('channel-artifacts/power.block')).toHaveLength(
            readFileSync(join(recordings, 'network/genesis.pb')).length,
        );
    });

    const block = (number: string): orderer.DeliverResponse.$Properties => ({
        block: common.Block.decode(readFileSync(join(recordings, `blocks/${number}.pb`))),
    });
    const deliverOf =
        (byStart: Readonly<Record<string, string>>): Answers['deliver'] =>
        ({ payload: bytes }) => {
            const { data } = common.Payload.decode(bytes);
            const { start } = orderer.SeekInfo.decode(data);
            const name =
                byStart[start?.newest ? 'newest' : start?.oldest ? 'oldest' : String(start?.specified?.number ?? 0)];
            return name === undefined ? [{ status: 404 }] : [block(name), { status: 200 }];
        };

    test('fetches a block as it is', async () => {
        await replay('peer-channel-fetch-0', { deliver: deliverOf({ '0': '0000' }) });
        expect(
            readFileSync('channel-artifacts/fetch0.pb').equals(readFileSync(join(recordings, 'blocks/0000.pb'))),
        ).toBe(true);
        await replay('peer-channel-fetch-oldest-from-peer', { deliver: deliverOf({ oldest: '0000' }) });
    });

    test('finds the last configuration through the newest block', async () => {
        await replay('config-close-writers-fetch', { deliver: deliverOf({ newest: '0091', '89': '0089' }) });
    });

    test.each(['peer-channel-fetch-beyond', 'peer-channel-fetch-unknown-channel', 'peer-channel-fetch-bad-arg'])(
        '%s',
        (id) => replay(id, {}),
    );
});

describe('peer lifecycle chaincode', () => {
    const [vector, helper] = ['vector_1', 'helper_1'].map((label) => {
        const bytes = readFileSync(join(recordings, `network/chaincode/${label}.tar.gz`));
        return { label, packageId: packageIdOf(label, bytes) };
    });
    if (vector === undefined || helper === undefined) throw new Error('package ids are missing');
    const references = { power: { chaincodes: [{ name: 'vector', version: '1.0' }] } };
    const installed = (
        ...installedChaincodes: lifecycle.QueryInstalledChaincodesResult.InstalledChaincode.$Properties[]
    ): Partial<Answers> => payload(lifecycle.QueryInstalledChaincodesResult, { installedChaincodes });
    const reference = Buffer.from('EiAvQ2hhbm5lbC9BcHBsaWNhdGlvbi9FbmRvcnNlbWVudA==', 'base64');
    const definition = {
        sequence: 1,
        version: '1.0',
        endorsementPlugin: 'escc',
        validationPlugin: 'vscc',
        validationParameter: reference,
        collections: {},
    };
    const members = { AuthorityMSP: true, CentralBankMSP: true, CooperativeMSP: true, RegulatorMSP: true };

    test('installs', async () => {
        await replay('install-authority', payload(lifecycle.InstallChaincodeResult, vector));
    });

    test.each([
        ['queryinstalled-empty', installed()],
        ['queryinstalled-empty-json', installed()],
        ['queryinstalled', installed(vector, helper)],
        ['queryinstalled-json', installed(vector, helper)],
        ['queryinstalled-referenced-json', installed(helper, { ...vector, references })],
    ])('%s', replay);

    test('writes an installed package to disk', async () => {
        const chaincodeInstallPackage = readFileSync('pkg/vector_1.tar.gz');
        await replay(
            'getinstalledpackage',
            payload(lifecycle.GetInstalledChaincodePackageResult, { chaincodeInstallPackage }),
        );
        const written = readFileSync(`channel-artifacts/${vector.packageId}.tar.gz`);
        expect(written.equals(chaincodeInstallPackage)).toBe(true);
    });

    const approved = payload(lifecycle.QueryApprovedChaincodeDefinitionResult, {
        ...definition,
        source: { localPackage: { packageId: vector.packageId } },
    });
    const committed = payload(lifecycle.QueryChaincodeDefinitionsResult, {
        chaincodeDefinitions: [{ name: 'vector', ...definition }],
    });
    const committedByName = payload(lifecycle.QueryChaincodeDefinitionResult, { ...definition, approvals: members });
    test.each([
        ['queryapproved', approved],
        ['queryapproved-json', approved],
        ['querycommitted-none', payload(lifecycle.QueryChaincodeDefinitionsResult, {})],
        ['querycommitted-none-json', payload(lifecycle.QueryChaincodeDefinitionsResult, {})],
        ['querycommitted', committed],
        ['querycommitted-json', committed],
        ['querycommitted-name', committedByName],
        ['querycommitted-name-json', committedByName],
    ])('%s', replay);

    test('shows collections and policies as Go does, from the bytes we make of the recorded file', async () => {
        const policy = applicationPolicy(
            "OutOf(2,'AuthorityMSP.peer','CentralBankMSP.peer','CooperativeMSP.peer')",
            '',
        );
        await replay(
            'querycommitted-upgraded-json',
            payload(lifecycle.QueryChaincodeDefinitionResult, {
                ...definition,
                sequence: 2,
                version: '2.0',
                validationParameter: encode(common.ApplicationPolicy, policy ?? {}),
                collections: readCollections('collections.json'),
                approvals: members,
            }),
        );
    });

    const approvals = { ...members, CentralBankMSP: false, CooperativeMSP: false, RegulatorMSP: false };
    const others = { items: ['ChaincodeParameters'] };
    const mismatches = {
        AuthorityMSP: { items: ['EndorsementInfo'] },
        CentralBankMSP: others,
        CooperativeMSP: others,
        RegulatorMSP: others,
    };
    test.each([
        ['checkcommitreadiness', payload(lifecycle.CheckCommitReadinessResult, { approvals, mismatches })],
        ['checkcommitreadiness-json', payload(lifecycle.CheckCommitReadinessResult, { approvals, mismatches })],
        [
            'checkcommitreadiness-inspect',
            payload(lifecycle.CheckCommitReadinessResult, {
                approvals: { ...approvals, AuthorityMSP: false },
                mismatches,
            }),
        ],
    ])('%s', replay);

    test.each([
        'approve-vector-1-authority',
        'approve-vector-1-cooperative',
        'approve-vector-2-authority',
        'commit',
        'commit-upgrade',
    ])('%s is endorsed, sent and waited for', (id) => replay(id, endorsed({ status: 200 })));

    test('commit-one-endorser', async () => {
        await replay('commit-one-endorser', {
            ...endorsed({ status: 200 }),
            code: TxValidationCode.ENDORSEMENT_POLICY_FAILURE,
        });
    });

    test('commit-not-enough-approvals: one peer of three refuses', async () => {
        const message =
            "failed to invoke backing implementation of 'CommitChaincodeDefinition': chaincode definition not agreed to by this org (CentralBankMSP)";
        const agreed = endorsed({ status: 200 }).propose;
        await replay('commit-not-enough-approvals', {
            propose: (call, index) =>
                index === 1 || agreed === undefined ? { response: { status: 500, message } } : agreed(call, index),
        });
    });
});

describe('peer chaincode', () => {
    test.each(['invoke-wait', 'invoke-nowait'])('%s', (id) =>
        replay(id, endorsed({ status: 200, payload: Buffer.from('put') })),
    );

    test('passes function, arguments and the init flag on', async () => {
        const seen: unknown[] = [];
        const { propose } = endorsed({ status: 200, payload: Buffer.from('init') });
        const spy: Partial<Answers> = {
            propose: (call, index) => {
                seen.push([call.chaincode, call.channelId, call.args.map(String), call.isInit]);
                return propose?.(call, index) ?? {};
            },
        };
        await replay('invoke-isinit', spy);
        await replay('invoke-nowait', {
            propose: (call, index) => ({
                ...spy.propose?.(call, index),
                ...endorsed({ status: 200, payload: Buffer.from('put') }).propose?.(call, index),
            }),
        });
        expect(seen[0]).toEqual(['helper', 'power', ['noop'], true]);
        expect(seen[1]).toEqual(['vector', 'power', ['put', 'cli-k2', 'alpha-cli2'], false]);
    });

    test('invoke-default-policy-unmet', async () => {
        await replay('invoke-default-policy-unmet', {
            ...endorsed({ status: 200 }),
            code: TxValidationCode.ENDORSEMENT_POLICY_FAILURE,
        });
    });

    test('invoke without -o asks the peer for the orderers of the channel', async () => {
        const addresses = encode(common.OrdererAddresses, { addresses: [network.orderer] });
        const group = {
            groups: { Orderer: { groups: { OrdererOrg: { values: { Endpoints: { value: addresses } } } } } },
        };
        const config = encode(common.Config, { channelGroup: group });
        const { propose } = endorsed({ status: 200, payload: Buffer.from('put') });
        network.answers.propose = (call, index) =>
            call.chaincode === 'cscc' ? { response: { status: 200, payload: config } } : (propose?.(call, index) ?? {});
        const ctor = '{"Args":["put","a","b"]}';
        const argv = [
            'chaincode',
            'invoke',
            '-C',
            'power',
            '-n',
            'vector',
            '-c',
            ctor,
            '--tls',
            '--cafile',
            network.tlsRootFile,
        ];
        const { exit, stderr } = await run(argv);
        expect(stderr).toContain(`Retrieved channel (power) orderer endpoint: ${network.orderer}`);
        expect(exit).toBe(0);
    });

    test('invoke names the peers that disagree', async () => {
        const results = ['one', 'other'].map((text) => endorsed({ status: 200, payload: Buffer.from(text) }).propose);
        network.answers.propose = (call, index) => results[index]?.(call, index) ?? {};
        const [first = '', second = ''] = network.peers;
        const peers = [first, second].flatMap((address) => [
            '--peerAddresses',
            address,
            '--tlsRootCertFiles',
            network.tlsRootFile,
        ]);
        const orderers = ['-o', network.orderer, '--tls', '--cafile', network.tlsRootFile];
        const { exit, stderr } = await run([
            'chaincode',
            'invoke',
            '-C',
            'power',
            '-n',
            'vector',
            '-c',
            '{"Args":["x"]}',
            ...peers,
            ...orderers,
        ]);
        expect(stderr).toMatch(
            /could not assemble transaction: ProposalResponsePayloads do not match \(base64\): '.*' vs '.*' - proposal response: version:1 {2}response:\{status:200 {2}payload:"one"\} {2}payload:"/,
        );
        expect(exit).toBe(1);
    });

    test.each(['query', 'query-hex', 'query-raw'])('%s', (id) =>
        replay(id, endorsed({ status: 200, payload: Buffer.from('alpha-cli') })),
    );
    test.each([
        ['query-empty-result', endorsed({ status: 200 })],
        ['query-as-other-org', endorsed({ status: 200, payload: Buffer.from('regulator') })],
        ['query-status-399', endorsed({ status: 399, message: 'odd but allowed', payload: Buffer.from('p') })],
    ])('%s', replay);
});
