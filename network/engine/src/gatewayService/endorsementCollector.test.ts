// SPDX-License-Identifier: Apache-2.0
import { GrpcCode } from '../process/grpcStatus.js';
import { EndorsementCollector } from './endorsementCollector.js';
import type { EndorserAnswer, PeerEndorser } from './peerEndorser.js';

function peer(mspId: string, address: string, answer: EndorserAnswer): PeerEndorser {
    return { address, mspId, local: false, suspect: false, process: () => Promise.resolve(answer) };
}
const endorsed = (payload: string): EndorserAnswer => ({ ok: true, response: { payload: Buffer.from(payload) } });
const down: EndorserAnswer = { ok: false, code: GrpcCode.UNAVAILABLE, message: 'down', tryOther: true };
const payloads = (responses: readonly { payload?: Uint8Array | null }[]): string[] =>
    responses.map(({ payload }) => Buffer.from(payload ?? []).toString());

test('takes the next peer of an organisation when one fails', async () => {
    const collector = new EndorsementCollector({}, [
        peer('A', 'a0', down),
        peer('A', 'a1', endorsed('x')),
        peer('B', 'b0', endorsed('x')),
    ]);
    const both = new Map([
        ['A', 1],
        ['B', 1],
    ]);
    expect(await collector.complete(both)).toBe(true);
    expect(payloads(collector.endorsementsOf(both))).toEqual(['x', 'x']);
    expect(collector.failed).toEqual([{ address: 'a0', mspId: 'A', message: 'down' }]);
});

test('a payload that differs from the first is a failure of its peer', async () => {
    const collector = new EndorsementCollector({}, [peer('A', 'a0', endorsed('x')), peer('B', 'b0', endorsed('y'))]);
    await collector.first('A');
    expect(
        await collector.complete(
            new Map([
                ['A', 1],
                ['B', 1],
            ]),
        ),
    ).toBe(false);
    expect(collector.failed).toEqual([{ address: 'b0', mspId: 'B', message: 'ProposalResponsePayloads do not match' }]);
});

test('what was collected for one combination serves another', async () => {
    let asked = 0;
    const counting: PeerEndorser = {
        ...peer('A', 'a0', down),
        process: () => {
            asked += 1;
            return Promise.resolve(endorsed('x'));
        },
    };
    const collector = new EndorsementCollector({}, [counting, peer('B', 'b0', down), peer('C', 'c0', endorsed('x'))]);
    expect(
        await collector.complete(
            new Map([
                ['A', 1],
                ['B', 1],
            ]),
        ),
    ).toBe(false);
    const possible = new Map([
        ['A', 1],
        ['C', 1],
    ]);
    expect(await collector.complete(possible)).toBe(true);
    expect(collector.covers(possible)).toBe(true);
    expect(asked).toBe(1);
});

test('organisations are asked at the same time as the first', async () => {
    const order: string[] = [];
    const gate = Promise.withResolvers<undefined>();
    const slow: PeerEndorser = {
        ...peer('A', 'a0', down),
        process: async () => {
            order.push('A asked');
            await gate.promise;
            order.push('A answered');
            return endorsed('x');
        },
    };
    const quick: PeerEndorser = {
        ...peer('B', 'b0', down),
        process: () => {
            order.push('B asked');
            gate.resolve(undefined);
            return Promise.resolve(endorsed('x'));
        },
    };
    const collector = new EndorsementCollector({}, [slow, quick]);
    const first = collector.first('A');
    expect(
        await collector.complete(
            new Map([
                ['A', 1],
                ['B', 1],
            ]),
        ),
    ).toBe(true);
    await first;
    expect(order).toEqual(['A asked', 'B asked', 'A answered']);
});
