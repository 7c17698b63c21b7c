// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InMemoryLedger } from '../ledger/inMemoryLedger.js';
import { asBuffer, decode, encode } from '../wire/decode.js';
import { protos, queryresult } from '../wire/protobuf.js';
import { ChaincodeStream } from './chaincodeStream.js';
import { MessageType } from './messageType.js';
import { PairedStream } from './testing/pairedStream.js';

interface Recorded {
    readonly case?: string;
    readonly connection: number;
    readonly direction: string;
    readonly type?: string | number;
    readonly txid: string;
    readonly channelId: string;
    readonly messageBase64?: string;
    readonly payload: { readonly args?: readonly string[]; readonly bytes?: unknown } | null;
}
interface RecordedCase {
    readonly case: string;
    readonly txid: string;
    readonly block?: number;
}

const folder = join(__dirname, '../../fixtures/fabric-3.1.5/shim');
const readLines = <T>(file: string): T[] =>
    readFileSync(join(folder, file), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as T);

const messages = readLines<Recorded>('raw-messages.jsonl').filter(({ type }) => type !== undefined);
const committed = new Set(
    readLines<RecordedCase>('raw-cases.jsonl').flatMap(({ block, txid }) => (block === undefined ? [] : [txid])),
);
const channelId = 'power';
const registered = 'rawcc_1:ee448f05542ba8050bed719a3acfc9f9ddd979b504299e28a66696aa31c45aaf';

/** The history in the recording has one entry; its time is that of the recorded transaction. */
const timestamp = ((): { seconds: number; nanos: number } => {
    const history = messages.find(({ case: name, type }) => name === 'history' && type === 'RESPONSE');
    const { payload } = decode(protos.ChaincodeMessage, Buffer.from(history?.messageBase64 ?? '', 'base64'), 'message');
    const [entry] = decode(protos.QueryResponse, asBuffer(payload), 'response').results;
    const { timestamp: time } = decode(queryresult.KeyModification, asBuffer(entry?.resultBytes), 'modification');
    return { seconds: time?.seconds ?? 0, nanos: time?.nanos ?? 0 };
})();

/** Query ids are random, and Go's decoder puts a random kind of space after `proto:`. */
function comparable(bytes: Buffer): object {
    const { type, txid, channelId: channel, payload } = decode(protos.ChaincodeMessage, bytes, 'message');
    const text = Buffer.from(payload)
        .toString('latin1')
        .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id')
        .replaceAll('\u00c2\u00a0', ' ');
    return { type, txid, channel, payload: text };
}

class Replay {
    readonly ledger = new InMemoryLedger({ channelId, organisations: ['AuthorityMSP'] });
    readonly sent: object[] = [];
    readonly expected: object[] = [];
    readonly #pending: Promise<unknown>[] = [];
    #stream = this.#open();
    #connection = 0;
    #sent = 0;

    async run(): Promise<void> {
        for (const message of messages) {
            if (message.connection < 4) continue;
            if (message.connection !== this.#connection) {
                this.#connection = message.connection;
                this.#stream.stream.close();
                this.#stream = this.#open();
                this.#sent = 0;
            }
            if (message.direction === 'chaincode->peer') await this.#receive(message);
            else if (message.type === 'TRANSACTION') this.#execute(message);
            else this.#expectSent(message);
        }
        this.#stream.stream.close();
        await Promise.all(this.#pending);
    }

    #open(): { pair: PairedStream; stream: ChaincodeStream } {
        const pair = new PairedStream();
        const offer = {
            useWriteBatch: true,
            maxSizeWriteBatch: 1000,
            useGetMultipleKeys: true,
            maxSizeGetMultipleKeys: 1000,
        };
        return { pair, stream: new ChaincodeStream(registered, pair.peer, offer) };
    }

    async #receive({ messageBase64 = '' }: Recorded): Promise<void> {
        // Query ids of the recording are not those of the replay.
        const bytes = this.#withOwnQueryId(Buffer.from(messageBase64, 'base64'));
        this.#stream.pair.fromChaincode(bytes);
        for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    }

    #withOwnQueryId(bytes: Buffer): Buffer {
        const { type, txid, channelId: channel, payload } = decode(protos.ChaincodeMessage, bytes, 'message');
        const isQuery = type === MessageType.QUERY_STATE_NEXT || type === MessageType.QUERY_STATE_CLOSE;
        const id = this.#stream.pair.sent
            .flatMap((sent) => /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(sent.toString('latin1'))?.[0] ?? [])
            .at(-1);
        if (!isQuery || id === undefined || Buffer.from(payload).includes('nope')) return bytes;
        return encode(protos.ChaincodeMessage, {
            type,
            txid,
            channelId: channel,
            payload: encode(protos.QueryStateNext, { id }),
        });
    }

    #execute({ txid, channelId: channel, payload }: Recorded): void {
        const simulation = this.ledger.newSimulation(txid);
        const outcome = this.#stream.stream.execute({
            type: MessageType.TRANSACTION,
            channelId: channel,
            txId: txid,
            payload: encode(protos.ChaincodeInput, { args: (payload?.args ?? []).map((one) => Buffer.from(one)) }),
            signedProposal: {},
            request: {
                chaincode: 'rawcc',
                simulation,
                isInit: false,
                call: () => Promise.reject(new Error('calls nobody')),
            },
            timeoutMs: 5_000,
        });
        this.#sent += 1;
        const finished = outcome.then(
            () =>
                committed.has(txid)
                    ? this.ledger.commit([{ txId: txid, results: simulation.finish().results, timestamp }])
                    : undefined,
            () => undefined,
        );
        this.#pending.push(finished);
    }

    #expectSent({ messageBase64 = '', case: name, type }: Recorded): void {
        const sent = this.#stream.pair.sent[this.#sent];
        this.#sent += 1;
        const where = { name, type };
        this.sent.push({ ...where, ...(sent && comparable(sent)) });
        this.expected.push({ ...where, ...comparable(Buffer.from(messageBase64, 'base64')) });
    }
}

test('answers every message of a recorded hand-written chaincode as the recorded peer did', async () => {
    const replay = new Replay();
    await replay.run();
    expect(replay.sent).toEqual(replay.expected);
    expect(replay.expected.length).toBeGreaterThan(50);
});
