// SPDX-License-Identifier: Apache-2.0
import { MessageType } from '../chaincode/messageType.js';
import type { CommittedBlock } from '../ledger/blocks/committedBlock.js';
import type { SystemCall } from '../lifecycle/systemChaincode.js';
import { encode } from '../wire/decode.js';
import { protos } from '../wire/protobuf.js';
import { chaincodeException } from './chaincodeException.js';
import type { UnpackedProposal } from './proposal.js';
import { TraceBook } from './traceBook.js';
import { TraceChaincode } from './traceChaincode.js';

const proposal = (txId: string, argument = 'a'): UnpackedProposal =>
    ({
        channelId: 'power',
        txId,
        chaincode: 'vector',
        creator: Buffer.from('creator'),
        input: { args: [Buffer.from('put'), Buffer.from(argument)] },
    }) as unknown as UnpackedProposal;
const now = new Date('2025-11-20T00:00:00Z');

function finished(book: TraceBook, txId: string, argument?: string): void {
    const trace = book.open(proposal(txId, argument), now);
    trace.finish({ status: 200, message: '', isEndorsed: true });
    book.closed(trace);
}

describe('the book of traces', () => {
    it('holds the newest thousand', () => {
        const book = new TraceBook();
        for (let index = 0; index < 1_005; index++) finished(book, String(index));
        expect(book.find('power', '4')).toBeUndefined();
        expect(book.find('power', '5')).toBeDefined();
        expect(book.find('other', '5')).toBeUndefined();
    });

    it('holds no more than its memory allows, however large the proposals', () => {
        const book = new TraceBook();
        for (let index = 0; index < 990; index++) {
            const trace = book.open(proposal(String(index), 'x'.repeat(100_000)), now);
            trace.simulated(Buffer.alloc(16 * 1024));
            for (let call = 0; call < 200; call++) trace.calls.begin(MessageType.GET_STATE, Buffer.alloc(0))();
            trace.finish({ status: 200, message: '', isEndorsed: true });
            book.closed(trace);
        }
        expect(book.find('power', '0')).toBeUndefined();
        expect(book.find('power', '989')?.calls).toMatchObject({ dropped: 100 });
        const held = Array.from({ length: 990 }, (_, index) => book.find('power', String(index))?.bytes ?? 0);
        expect(held.reduce((sum, bytes) => sum + bytes)).toBeLessThanOrEqual(16 * 1024 * 1024);
    });

    it('takes the second run of a proposal for the first', () => {
        const book = new TraceBook();
        finished(book, 'same', 'first');
        finished(book, 'same', 'second');
        expect(book.find('power', 'same')).toBeDefined();
    });
});

describe('the requests of a chaincode', () => {
    it('are noted with their keys, their error and how long they took', () => {
        const { calls } = new TraceBook().open(proposal('1'), now);
        calls.begin(MessageType.GET_STATE, encode(protos.GetState, { key: 'k1' }))();
        calls.begin(MessageType.GET_STATE_MULTIPLE, encode(protos.GetStateMultiple, { keys: ['a', 'b'] }))('no');
        calls.begin(MessageType.PUT_STATE, Buffer.alloc(20_000))();
        calls.begin(MessageType.PUT_STATE, Buffer.from([0xff]))();
        expect(calls.calls.map(({ type, subject, error }) => [type, subject, error])).toEqual([
            ['GET_STATE', 'k1', null],
            ['GET_STATE_MULTIPLE', 'a b', 'no'],
            ['PUT_STATE', '20000 bytes', null],
            ['PUT_STATE', '', null],
        ]);
    });
});

describe('_trace', () => {
    const book = new TraceBook();
    finished(book, 'known');
    const call = (args: readonly string[], extra: Partial<SystemCall> = {}): SystemCall => ({
        channelId: 'power',
        txId: 'asking',
        args: args.map((argument) => Buffer.from(argument)),
        signedProposal: {},
        creator: Buffer.alloc(0),
        ...extra,
    });
    const chaincode = (isAllowed: boolean): TraceChaincode =>
        new TraceChaincode({
            traces: book,
            mspId: 'AuthorityMSP',
            accessControl: {
                checkAcl: (resource) => {
                    if (!isAllowed) throw new Error(`no right to ${resource}`);
                },
            },
        });

    it('tells an administrator', async () => {
        const answer = await chaincode(true).invoke(call(['GetTransaction', 'power', 'unknown']));
        expect(answer).toEqual({ status: 500, message: 'no record of transaction unknown' });
    });

    it('tells nobody else, also not whether there is a record', async () => {
        for (const txId of ['known', 'unknown']) {
            const answer = await chaincode(false).invoke(call(['GetTransaction', 'power', txId]));
            expect(answer.message).toBe(
                'access denied for [GetTransaction][power]: [no right to _trace/GetTransaction]',
            );
        }
    });

    it('tells no chaincode, which could tell others', async () => {
        const through = call(['GetTransaction', 'power', 'known'], { calledThrough: 'spy' });
        expect((await chaincode(true).invoke(through)).status).toBe(500);
    });
});

describe('what a chaincode threw', () => {
    const event = (eventName: string) => ({ eventName, payload: Buffer.from('Error: at x.ts:1') });

    it('is read from the event of a refusal, and from no other', () => {
        expect(chaincodeException(500, event('chaincode.exception'))).toEqual({
            isRefusal: false,
            text: 'Error: at x.ts:1',
        });
        expect(chaincodeException(500, event('chaincode.refusal'))?.isRefusal).toBe(true);
        expect(chaincodeException(500, event('paid'))).toBeUndefined();
        expect(chaincodeException(200, event('chaincode.exception'))).toBeUndefined();
        expect(chaincodeException(500, undefined)).toBeUndefined();
    });
});

it('a committed transaction is noted with its block', () => {
    const book = new TraceBook();
    finished(book, 'mine');
    const transactions = [{ txId: 'other' }, { txId: 'mine' }];
    const block = { number: 7, codes: Uint8Array.of(0, 11), transactions } as unknown as CommittedBlock;
    const times = { receivedAt: 1, validatedAt: 2, committedAt: 4 };
    expect(() => book.committed('power', block, times)).not.toThrow();
});
