// SPDX-License-Identifier: Apache-2.0
import { TxValidationCode } from '../../../wire/codes.js';
import { encode } from '../../../wire/decode.js';
import { common } from '../../../wire/protobuf.js';
import { endorsed, expectRecorded, runPeer, useReplay } from '../testing/recordedCalls.js';
import type { Answers } from '../testing/standInNetwork.js';

const replay = useReplay();

describe('peer chaincode', () => {
    test.each(['invoke-wait', 'invoke-nowait'])('%s', (id) =>
        expectRecorded(replay, id, endorsed({ status: 200, payload: Buffer.from('put') })),
    );

    test('passes function, arguments and the init flag on', async () => {
        const seen: unknown[] = [];
        const answering = (text: string): Partial<Answers> => ({
            propose: (call, index) => {
                seen.push([call.chaincode, call.channelId, call.args.map(String), call.isInit]);
                return endorsed({ status: 200, payload: Buffer.from(text) }).propose(call, index);
            },
        });
        await expectRecorded(replay, 'invoke-isinit', answering('init'));
        await expectRecorded(replay, 'invoke-nowait', answering('put'));
        expect(seen[0]).toEqual(['helper', 'power', ['noop'], true]);
        expect(seen[1]).toEqual(['vector', 'power', ['put', 'cli-k2', 'alpha-cli2'], false]);
    });

    test('invoke-default-policy-unmet', async () => {
        await expectRecorded(replay, 'invoke-default-policy-unmet', {
            ...endorsed({ status: 200 }),
            code: TxValidationCode.ENDORSEMENT_POLICY_FAILURE,
        });
    });

    test('invoke without -o asks the peer for the orderers of the channel', async () => {
        const addresses = encode(common.OrdererAddresses, { addresses: [replay.network.orderer] });
        const group = {
            groups: { Orderer: { groups: { OrdererOrg: { values: { Endpoints: { value: addresses } } } } } },
        };
        const config = encode(common.Config, { channelGroup: group });
        const { propose } = endorsed({ status: 200, payload: Buffer.from('put') });
        replay.network.answers.propose = (call, index) =>
            call.chaincode === 'cscc' ? { response: { status: 200, payload: config } } : propose(call, index);
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
            replay.network.tlsRootFile,
        ];
        const { exit, stderr } = await runPeer(replay, argv);
        expect(stderr).toContain(`Retrieved channel (power) orderer endpoint: ${replay.network.orderer}`);
        expect(exit).toBe(0);
    });

    test('invoke names the peers that disagree', async () => {
        const results = ['one', 'other'].map((text) => endorsed({ status: 200, payload: Buffer.from(text) }).propose);
        replay.network.answers.propose = (call, index) => results[index]?.(call, index) ?? {};
        const [first = '', second = ''] = replay.network.peers;
        const peers = [first, second].flatMap((address) => [
            '--peerAddresses',
            address,
            '--tlsRootCertFiles',
            replay.network.tlsRootFile,
        ]);
        const orderers = ['-o', replay.network.orderer, '--tls', '--cafile', replay.network.tlsRootFile];
        const { exit, stderr } = await runPeer(replay, [
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
        expectRecorded(replay, id, endorsed({ status: 200, payload: Buffer.from('alpha-cli') })),
    );
    test.each([
        ['query-empty-result', endorsed({ status: 200 })],
        ['query-as-other-org', endorsed({ status: 200, payload: Buffer.from('regulator') })],
        ['query-status-399', endorsed({ status: 399, message: 'odd but allowed', payload: Buffer.from('p') })],
    ])('%s', (id, answers) => expectRecorded(replay, id, answers));

    test.each([
        [['-c', '{"Args":["x"]}'], 'must supply value for chaincode name parameter'],
        [['-n', 'vector'], 'empty JSON chaincode parameters must contain the following keys'],
        [['-n', 'vector', '-c', '{"Args":["x"],"More":1}'], 'non-empty JSON chaincode parameters must contain'],
    ])('query with %j is refused', async (flags, reason) => {
        const { exit, stderr } = await runPeer(replay, ['chaincode', 'query', '-C', 'power', ...flags]);
        expect(stderr).toContain(reason);
        expect(exit).toBe(1);
    });
});
