// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { expectRecorded, recordedRefusal, recordings, runPeer, useReplay } from './testing/recordedCalls.js';

const replay = useReplay();

describe('without a peer', () => {
    test.each(['peer-unknown-command', 'chaincode-list-removed', 'chaincode-install-legacy', 'package-missing-flags'])(
        '%s',
        (id) => expectRecorded(replay, id),
    );

    test.each(['package-ccaas-lang', 'calculatepackageid', 'calculatepackageid-json', 'calculatepackageid-missing'])(
        '%s',
        async (id) => {
            delete replay.env.CORE_PEER_MSPCONFIGPATH;
            await expectRecorded(replay, id);
        },
    );

    test('version prints the line that scripts read', async () => {
        const { stdout, exit } = await runPeer(replay, ['version']);
        expect(stdout).toMatch(/^peer:\n Version: v3\.1\.5/);
        expect(exit).toBe(0);
    });

    test('flags may stand before the verb', async () => {
        const { stdout, exit } = await runPeer(replay, ['channel', '--orderer', 'list', '--tls', 'getinfo', '--help']);
        expect(stdout).toContain('Usage:\n  peer channel getinfo [flags]\n');
        expect(exit).toBe(0);
    });

    test.each(['snapshot submitrequest', 'snapshot listpending'])('%s is refused by name', async (verb) => {
        const { stderr, exit } = await runPeer(replay, verb.split(' '));
        expect(stderr).toBe(`Error: 'peer ${verb}' is not part of the embedded engine: use Fabric's own peer\n`);
        expect(exit).toBe(1);
    });

    test('a missing MSP folder is named', async () => {
        replay.env.CORE_PEER_MSPCONFIGPATH = '$NET/nomsp';
        const { stderr, exit } = await runPeer(replay, ['channel', 'list']);
        const folder = join(replay.network.folder, '$NET/nomsp');
        expect(stderr).toContain(
            `Cannot run peer because cannot init crypto, specified path "${folder}" does not exist or cannot be accessed: stat ${folder}: no such file or directory`,
        );
        expect([stderr.includes('Error:'), exit]).toEqual([false, 1]);
    });

    test('a missing core.yaml is named', async () => {
        replay.env.FABRIC_CFG_PATH = '/nowhere';
        const { stderr, exit } = await runPeer(replay, ['channel', 'list']);
        expect(stderr).toContain(
            'Fatal error when initializing core config : error when reading core config file: Config File "core" Not Found in "[/nowhere]"',
        );
        expect(exit).toBe(1);
    });

    test('peer-channel-join-no-server', async () => {
        replay.env.CORE_PEER_ADDRESS = '127.0.0.1:1';
        const { stderr } = await runPeer(replay, ['channel', 'list']);
        expect(stderr).toBe(
            'Error: error getting endorser client for channel: endorser client failed to connect to 127.0.0.1:1: failed to create new connection: connection error: desc = "transport: error while dialing: dial tcp 127.0.0.1:1: connect: connection refused"\n',
        );
    });

    test.each([
        ['peer-tls-off', { CORE_PEER_TLS_ENABLED: 'false' }],
        ['a server of another root', { CORE_PEER_TLS_ROOTCERT_FILE: join(recordings, 'ca/ca-cert.pem') }],
    ])('%s ends with the connection timeout', async (_, settings) => {
        Object.assign(replay.env, settings, { CORE_PEER_CLIENT_CONNTIMEOUT: '300ms' });
        const { stderr, exit } = await runPeer(replay, ['channel', 'list']);
        expect(stderr).toContain('failed to create new connection: context deadline exceeded\n');
        expect(exit).toBe(1);
    });
});

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
    ])('%s', (id) => expectRecorded(replay, id, recordedRefusal(id)));

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
    ])('%s is refused before it is sent', (id) => expectRecorded(replay, id));
});
