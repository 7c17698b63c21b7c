// SPDX-License-Identifier: Apache-2.0
import { otherForm } from '../../identity/testing/testCertificate.js';
import { HeaderType } from '../../wire/codes.js';
import { asBuffer, decode, encode } from '../../wire/decode.js';
import { sha256 } from '../../wire/hashing.js';
import { common, type kvrwset, protos, rwset } from '../../wire/protobuf.js';
import { parsePolicyText } from '../../policy/policyText.js';
import { parseTransaction } from './parsedTransaction.js';
import { type parseReadWriteSet } from '../simulation/readWriteSet.js';
import { ReadWriteSetBuilder } from '../simulation/readWriteSetBuilder.js';
import '../testing/quietLog.js';
import { all, CaseChannel, get, look, put, remove } from './testing/caseChannel.js';

// Each test is a case of Fabric 3.1's validation; docs/internals/engine-cases.md lists those that other files hold.
const channel = new CaseChannel();

beforeEach(() => channel.open());
afterEach(() => channel.close());
afterAll(() => {
    channel.remove();
});

const invalid = 'ENDORSEMENT_POLICY_FAILURE';

function valueOf(key: string): string | undefined {
    const reader = channel.ledger.newReader();
    const found = reader.get('basic', key);
    reader.release();
    return found && `${found.value.toString()} (${String(found.version.blockNum)},${String(found.version.txNum)})`;
}

/** A commit hash made by hand from the update bytes of a block of valid transactions. */
function commitHashOf(codes: readonly number[], updates: string, previous = Buffer.alloc(0)): string {
    return sha256(Buffer.of(codes.length, ...codes), Buffer.from(updates, 'hex'), previous).toString('hex');
}

function writes(namespace: string, key = 'a'): Buffer {
    const set = new ReadWriteSetBuilder();
    set.addWrite(namespace, key, Buffer.from('value'));
    return set.build().results;
}

describe('a transaction', () => {
    it('endorsed by both organisations is valid, and its write is in the state and the commit hash', async () => {
        expect(await channel.commit(await channel.run(put('a', '1')))).toEqual(['VALID']);
        expect(valueOf('a')).toBe('1 (1,0)');
        const updates = '0a120a0562617369631a01612a01313203010100';
        expect(channel.ledger.lastCommitHash?.toString('hex')).toBe(commitHashOf([0], updates));
    });

    it('twice in one block is valid once', async () => {
        const twice = await channel.run(put('a'));
        expect(await channel.commit(twice, twice)).toEqual(['VALID', 'DUPLICATE_TXID']);
    });

    it('that comes again in a later block is a duplicate, whether it was valid or in conflict', async () => {
        const first = await channel.run(all(get('a'), put('a')));
        const conflicting = await channel.run(all(get('a'), put('a')));
        expect(await channel.commit(first, conflicting)).toEqual(['VALID', 'MVCC_READ_CONFLICT']);
        expect(await channel.commit(first, conflicting)).toEqual(['DUPLICATE_TXID', 'DUPLICATE_TXID']);
    });

    it('with too few endorsements does not reserve its id in its block, but is the one found under it', async () => {
        const set = new ReadWriteSetBuilder();
        set.addWrite('basic', 'a', Buffer.from('value'));
        const complete = channel.transaction({ results: set.build().results });
        const { txId } = parseTransaction(encode(common.Envelope, complete)).channelHeader;
        const lacking = withoutLastEndorsement(complete);
        expect(await channel.commit(lacking, complete)).toEqual([invalid, 'VALID']);
        expect(channel.ledger.transactionById(txId).code).toBe(10);
    });

    it.each([
        ['an epoch', { epoch: 1 }],
        ['the type of a message', { type: HeaderType.MESSAGE }],
        ['the type of a reading', { type: HeaderType.DELIVER_SEEK_INFO }],
    ])('with %s in its header has a bad header', async (_, channelHeader) => {
        expect(await channel.commit(channel.transaction({ channelHeader }))).toEqual(['BAD_COMMON_HEADER']);
    });

    it('whose id does not follow from nonce and creator is refused by its id', async () => {
        const other = channel.transaction({ channelHeader: { txId: 'ab'.repeat(32) } });
        expect(await channel.commit(other)).toEqual(['BAD_PROPOSAL_TXID']);
    });

    it.each([
        ['answers another proposal', { proposalHash: sha256(Buffer.from('other')) }],
        ['has two actions', { actionCount: 2 }],
        ['has no action', { actionCount: 0 }],
    ])('that %s is no endorser transaction', async (_, crafted) => {
        expect(await channel.commit(channel.transaction(crafted))).toEqual(['INVALID_ENDORSER_TRANSACTION']);
    });

    it("signed by another key or with a high s has a bad creator's signature", async () => {
        const stranger = channel.signer('BetaMSP', 'client');
        const client = channel.signer('AlphaMSP', 'client');
        const foreign = channel.transaction({ sign: (payload) => stranger.sign(payload) });
        const high = channel.transaction({ sign: (payload) => otherForm(client.sign(payload)) });
        expect(await channel.commit(foreign, high)).toEqual(['BAD_CREATOR_SIGNATURE', 'BAD_CREATOR_SIGNATURE']);
    });
});

describe('endorsements', () => {
    it.each([
        ['one organisation of two', ['alpha'], invalid],
        ['two peers of the same organisation', ['alpha', 'alphaSecond'], invalid],
        ['nobody', [], invalid],
        ['a peer and a client', ['alpha', 'client'], invalid],
        ['both, one of them twice', ['alpha', 'alpha', 'beta'], 'VALID'],
        ['both, after a bad signature of one', ['alphaBadly', 'alpha', 'beta'], 'VALID'],
        ['both, one with a high s', ['alpha', 'betaHigh'], invalid],
    ] as const)('by %s', async (_, by, code) => {
        expect(await channel.commit(await channel.run(put('a'), { by }))).toEqual([code]);
    });

    it('by one peer twice are not those of two peers', async () => {
        const by = (...peers: ('alpha' | 'alphaSecond')[]): common.Envelope =>
            channel.transaction({ chaincode: 'pair', by: peers });
        expect(await channel.commit(by('alpha', 'alpha'), by('alpha', 'alphaSecond'))).toEqual([invalid, 'VALID']);
    });
});

describe('an action', () => {
    const event = (content: protos.ChaincodeEvent.$Properties): { events: Buffer } => ({
        events: encode(protos.ChaincodeEvent, content),
    });
    const header = (extension: Uint8Array): object => ({ channelHeader: { extension } });

    it.each([
        ['whose header extension does not parse', header(Buffer.from([0xff])), 'BAD_HEADER_EXTENSION'],
        ['without a header extension', header(Buffer.alloc(0)), 'INVALID_OTHER_REASON'],
        ['without the name of its chaincode', { action: { chaincodeId: null } }, 'INVALID_OTHER_REASON'],
        ['of another chaincode than invoked', { action: { chaincodeId: named('other') } }, 'INVALID_CHAINCODE'],
        ['without the version of its chaincode', { action: { chaincodeId: named('basic', '') } }, 'INVALID_CHAINCODE'],
        ['of a version that is not the defined one', { action: { chaincodeId: named('basic', '9.9') } }, 'VALID'],
        ['with the event of another chaincode', { action: event({ chaincodeId: 'other' }) }, 'INVALID_OTHER_REASON'],
        ['with an event that does not parse', { action: { events: Buffer.from([0xff]) } }, 'INVALID_OTHER_REASON'],
        ['with results that do not parse', { results: Buffer.from([0xff]) }, 'BAD_RWSET'],
        ['with empty results', {}, 'VALID'],
        ['that names a namespace twice', { results: namespaceTwice() }, 'ILLEGAL_WRITESET'],
        ['that is missing', { extension: Buffer.alloc(0) }, 'BAD_RESPONSE_PAYLOAD'],
    ])('%s', async (_, crafted, code) => {
        expect(await channel.commit(channel.transaction(crafted))).toEqual([code]);
    });

    it.each(['undefined', 'lscc', 'qscc', ''])('that writes into the namespace "%s" is invalid', async (namespace) => {
        expect(await channel.commit(channel.transaction({ results: writes(namespace) }))).toEqual([
            'INVALID_CHAINCODE',
        ]);
    });

    it('that only reads from an undefined namespace is valid', async () => {
        const reading = await channel.run((simulation) => simulation.getState('undefined', 'a'));
        expect(await channel.commit(reading)).toEqual(['VALID']);
    });
});

describe('of transactions on one state', () => {
    it('the first writer of a key wins over its readers, blind writes pass, and the last write stays', async () => {
        await channel.commit(await channel.run(put('k', '0')));
        const block = [
            await channel.run(all(get('k'), put('k', 'A'))),
            await channel.run(all(get('k'), put('k', 'B'))),
            await channel.run(put('k', 'C')),
            await channel.run(get('k')),
        ];
        expect(await channel.commit(...block)).toEqual(['VALID', 'MVCC_READ_CONFLICT', 'VALID', 'MVCC_READ_CONFLICT']);
        expect(valueOf('k')).toBe('C (2,2)');
    });

    it('one that was endorsed before another was committed conflicts with it', async () => {
        await channel.commit(await channel.run(put('k')));
        const late = await channel.run(all(get('k'), put('l')));
        await channel.commit(await channel.run(put('k', 'other')));
        expect(await channel.commit(late)).toEqual(['MVCC_READ_CONFLICT']);
        expect(valueOf('l')).toBeUndefined();
    });

    it('the first creator of a key is valid, the second a conflict', async () => {
        const creations = [
            await channel.run(all(get('new'), put('new'))),
            await channel.run(all(get('new'), put('new'))),
        ];
        expect(await channel.commit(...creations)).toEqual(['VALID', 'MVCC_READ_CONFLICT']);
    });

    it('the delete of a missing key conflicts with who read it as missing, and is in the commit hash', async () => {
        const block = [await channel.run(remove('x')), await channel.run(get('x'))];
        expect(await channel.commit(...block)).toEqual(['VALID', 'MVCC_READ_CONFLICT']);
        const updates = '0a110a0562617369631a017820013203010100';
        expect(channel.ledger.lastCommitHash?.toString('hex')).toBe(commitHashOf([0, 11], updates));
    });
});

describe('a range', () => {
    const keys = (count: number): string[] => Array.from({ length: count }, (_, i) => `r${String(i).padStart(3, '0')}`);
    const putAll = (count: number): ReturnType<typeof all> => all(...keys(count).map((key) => put(key)));
    const phantom = 'PHANTOM_READ_CONFLICT';

    it.each([
        ['an insert into', put('r003x')],
        ['a change in', put('r003', 'other')],
        ['a delete from', remove('r001')],
    ])('conflicts with %s it earlier in the block, not with a later one', async (_, change) => {
        await channel.commit(await channel.run(putAll(9)));
        const ranged = all(look('r000', 'r009'), put('seen'));
        expect(await channel.commit(await channel.run(ranged), await channel.run(change))).toEqual(['VALID', 'VALID']);
        await channel.commit(await channel.run(all(remove('r003x'), putAll(9))));
        expect(await channel.commit(...[await channel.run(change), await channel.run(ranged)])).toEqual([
            'VALID',
            phantom,
        ]);
    });

    it('of which one result is read covers 101 results, and changes behind them do not matter', async () => {
        await channel.commit(await channel.run(putAll(160)));
        const before = await channel.run(look('r', 's'));
        const inside = await channel.run(look('r', 's'));
        const [info] = rangesOf(before);
        expect([info?.endKey, info?.itrExhausted ?? false]).toEqual(['r100', false]);
        expect(info?.readsMerkleHashes).toMatchObject({ maxDegree: 50, maxLevel: 1 });
        expect(info?.readsMerkleHashes?.maxLevelHashes).toHaveLength(2);
        expect(await channel.commit(await channel.run(put('r100x')), before)).toEqual(['VALID', 'VALID']);
        expect(await channel.commit(await channel.run(put('r050x')), inside)).toEqual(['VALID', phantom]);
    });

    it('and the read-write set list keys in the order of their UTF-8 bytes', async () => {
        const ordered = ['z', 'é', '\u{FFFD}', '\u{1F600}'];
        const transaction = await channel.run(all(...ordered.toReversed().map((key) => put(key))));
        const written = resultsOf(transaction)[0]?.kv.writes.map(({ key }) => key);
        await channel.commit(transaction);
        const simulation = channel.ledger.newSimulation('look');
        const { results } = await simulation.range('basic', '', '').nextBatch();
        simulation.abandon();
        expect([written, results.map(({ key }) => key)]).toEqual([ordered, ordered]);
    });
});

describe('an empty value', () => {
    it('is a delete, and the newest record of the history', async () => {
        await channel.commit(await channel.run(put('a', '1')));
        await channel.commit(await channel.run(put('a', '')));
        const simulation = channel.ledger.newSimulation('look');
        const { results } = await simulation.historyForKey('basic', 'a').nextBatch();
        simulation.abandon();
        expect(valueOf('a')).toBeUndefined();
        expect(results.map(({ isDelete }) => isDelete)).toEqual([true, false]);
    });
});

describe('the policy of a key', () => {
    it('whose change lost against a write still stops the transactions behind it', async () => {
        const policy = encode(common.SignaturePolicyEnvelope, parsePolicyText("OR('AlphaMSP.member')"));
        const block = [
            await channel.run(put('s')),
            await channel.run((simulation) => {
                simulation.getState('basic', 's');
                simulation.setStateMetadata('basic', 's', new Map([['VALIDATION_PARAMETER', policy]]));
            }),
            await channel.run(put('s')),
        ];
        expect(await channel.commit(...block)).toEqual(['VALID', 'MVCC_READ_CONFLICT', invalid]);
    });
});

describe('a peer that comes later', () => {
    it('stores the same bytes, codes and commit hashes included', async () => {
        const first = await channel.run(all(get('a'), put('a')));
        const second = await channel.run(all(get('a'), put('a')));
        const blocks = [[first, second], [first], [await channel.run(put('b'), { by: ['alpha'] })]];
        for (const block of blocks) await channel.commit(...block);
        const late = await channel.openAnotherPeer();
        for (let number = 1; number < channel.ledger.height; number++) {
            const envelopes = channel.ledger.block(number).data?.data ?? [];
            await late.commit(...envelopes.map((bytes) => decode(common.Envelope, bytes, 'Envelope')));
            expect(late.ledger.blockBytes(number)).toEqual(channel.ledger.blockBytes(number));
        }
        await late.ledger.close();
    });
});

function named(name: string, version = '1.0'): protos.ChaincodeID.$Properties {
    return { name, version };
}

function namespaceTwice(): Buffer {
    const [only] = decode(rwset.TxReadWriteSet, writes('basic'), 'TxReadWriteSet').nsRwset;
    return encode(rwset.TxReadWriteSet, { nsRwset: [only!, only!] });
}

function resultsOf(transaction: common.Envelope): ReturnType<typeof parseReadWriteSet> {
    return parseTransaction(encode(common.Envelope, transaction)).readWriteSet;
}

function rangesOf(transaction: common.Envelope): readonly kvrwset.RangeQueryInfo.$Properties[] {
    return resultsOf(transaction)[0]?.kv.rangeQueriesInfo ?? [];
}

/** The same transaction, id included, with one endorsement less and the client's signature over that. */
function withoutLastEndorsement({ payload }: common.Envelope): common.Envelope {
    const content = decode(common.Payload, payload, 'Payload');
    const transaction = decode(protos.Transaction, content.data, 'Transaction');
    const [action] = transaction.actions;
    const endorsed = decode(protos.ChaincodeActionPayload, asBuffer(action?.payload), 'ChaincodeActionPayload');
    endorsed.action?.endorsements?.pop();
    const changed = { ...action, payload: encode(protos.ChaincodeActionPayload, endorsed) };
    content.data = encode(protos.Transaction, { actions: [changed] });
    const bytes = encode(common.Payload, content);
    return new common.Envelope({ payload: bytes, signature: channel.signer('AlphaMSP', 'client').sign(bytes) });
}
