// SPDX-License-Identifier: Apache-2.0
import { channelId, testChannel, type TestChannel, type TestPeer } from '../../lifecycle/testing/testChannel.js';
import { endorsedTransaction } from '../../lifecycle/testing/transactions.js';
import { parsePolicyText } from '../../policy/policyText.js';
import { validationCodeName } from '../../wire/codes.js';
import { encode } from '../../wire/decode.js';
import { newSignedProposal } from '../../wire/envelope.js';
import { common } from '../../wire/protobuf.js';
import { ReadWriteSetBuilder } from '../simulation/readWriteSetBuilder.js';
import '../testing/quietLog.js';
import type { DefinitionOf } from './validationDefinition.js';

type Write = (set: ReadWriteSetBuilder) => void;
/** Client and endorsers, as the test channel names its members. */
type Signers = readonly ['client' | 'earlyClient' | 'expiredClient', 'peer' | 'earlyPeer' | 'expiredPeer'];
const both = ['AlphaMSP', 'BetaMSP'];

const put =
    (key: string, namespace = 'basic'): Write =>
    (set) => {
        set.addWrite(namespace, key, Buffer.from('value'));
    };
const remove =
    (key: string): Write =>
    (set) => {
        set.addWrite('basic', key, undefined);
    };
/** Lets one organisation alone decide about a key. */
const guard =
    (key: string, mspId: string): Write =>
    (set) => {
        set.addMetadataWrite('basic', key, new Map([['VALIDATION_PARAMETER', memberPolicy(mspId)]]));
    };
const privately =
    (collection: string, key = 'secret'): Write =>
    (set) => {
        set.addPrivateWrite('basic', collection, key, Buffer.from('value'));
    };
const guardPrivately =
    (collection: string, key: string, mspId: string): Write =>
    (set) => {
        set.addPrivateMetadataWrite('basic', collection, key, new Map([['VALIDATION_PARAMETER', memberPolicy(mspId)]]));
    };

function memberPolicy(mspId: string): Buffer {
    return encode(common.SignaturePolicyEnvelope, parsePolicyText(`OR('${mspId}.member')`));
}

describe('endorsements', () => {
    let channel: TestChannel;
    let peer: TestPeer;

    // "basic" needs a majority of the organisations, "open" either of them; the collection "shared" has a policy of its own.
    const definitions: DefinitionOf = (_reader, name) => {
        if (name === 'garbled') throw new Error('definition does not parse');
        const reference = { channelConfigPolicyReference: '/Channel/Application/Endorsement' };
        const either = { signaturePolicy: parsePolicyText("OR('AlphaMSP.peer','BetaMSP.peer')") };
        const policies = new Map<string, common.ApplicationPolicy.$Properties>([
            ['basic', reference],
            ['open', either],
            ['plugged', either],
            ['lost', { channelConfigPolicyReference: '/Channel/Application/Nowhere' }],
        ]);
        const policy = policies.get(name);
        return (
            policy && {
                validationPlugin: name === 'plugged' ? 'own' : 'vscc',
                validationParameter: encode(common.ApplicationPolicy, policy),
                collections: {
                    config: [
                        { staticCollectionConfig: { name: 'plain' } },
                        { staticCollectionConfig: { name: 'shared', endorsementPolicy: either } },
                    ],
                },
            }
        );
    };

    beforeAll(async () => {
        channel = testChannel();
    });

    beforeEach(async () => {
        peer = await channel.openPeer('AlphaMSP', definitions);
    });

    afterEach(() => peer.ledger.close());

    afterAll(() => {
        channel.remove();
    });

    function transaction(
        endorsers: readonly string[],
        writes: readonly Write[],
        chaincode = 'basic',
        [client, endorser]: Signers = ['client', 'peer'],
    ): common.Envelope {
        const { signer } = channel.member('AlphaMSP', client);
        const set = new ReadWriteSetBuilder();
        for (const write of writes) write(set);
        return endorsedTransaction(signer, newSignedProposal(signer, { channelId, chaincode, args: [] }), {
            chaincode,
            results: set.build().results,
            endorsers: endorsers.map((mspId) => channel.member(mspId, endorser).signer),
        });
    }

    async function commit(...transactions: common.Envelope[]): Promise<string[]> {
        const { codes } = await peer.commit(...transactions);
        return Array.from(codes, validationCodeName);
    }

    const failed = 'ENDORSEMENT_POLICY_FAILURE';

    it.each([
        ['a write of the chaincode', ['AlphaMSP'], [put('a')], failed],
        ['a write of the chaincode', both, [put('a')], 'VALID'],
        ['nothing at all, which still needs the chaincode policy', ['AlphaMSP'], [], failed],
        ['nothing at all', both, [], 'VALID'],
        [
            'a write into the own collection of the endorser',
            ['AlphaMSP'],
            [privately('_implicit_org_AlphaMSP')],
            'VALID',
        ],
        ['a write into the own collection of the other', ['AlphaMSP'], [privately('_implicit_org_BetaMSP')], failed],
        ['a write into the collection of nobody', both, [privately('_implicit_org_NobodyMSP')], failed],
        [
            'a public write beside the own collection',
            ['AlphaMSP'],
            [privately('_implicit_org_AlphaMSP'), put('a')],
            failed,
        ],
        ['a collection without a policy', ['AlphaMSP'], [privately('plain')], failed],
        ['a collection without a policy', both, [privately('plain')], 'VALID'],
        ['a collection with a policy', ['BetaMSP'], [privately('shared')], 'VALID'],
        ['a collection that is not defined', both, [privately('other')], failed],
        ['a write into another chaincode', both, [put('a', 'open')], 'VALID'],
        ['a write into a chaincode that does not exist', both, [put('a', 'none')], 'INVALID_CHAINCODE'],
        ['a write into a chaincode whose definition cannot be read', both, [put('a', 'garbled')], 'INVALID_CHAINCODE'],
        ['a write into a chaincode with another validation plugin', both, [put('a', 'plugged')], 'INVALID_CHAINCODE'],
        ['a chaincode whose policy is gone', both, [put('a', 'lost')], failed],
        ['a definition, written by ordinary chaincode', both, [put('a', '_lifecycle')], 'VALID'],
    ] as const)('of %s by %j are enough or not', async (_what, endorsers, writes, code) => {
        expect(await commit(transaction(endorsers, writes))).toEqual([code]);
    });

    // Every peer must find the same code whenever it validates, so no clock is asked (msp/mspimplvalidate.go).
    it.each([
        ['an expired client', ['expiredClient', 'peer']],
        ['expired endorsers', ['client', 'expiredPeer']],
        ['a client that is not valid yet', ['earlyClient', 'peer']],
        ['endorsers that are not valid yet', ['client', 'earlyPeer']],
    ] as const)('of a transaction with %s count: the time is no reason of validation', async (_who, signers) => {
        expect(await commit(transaction(both, [put('a')], 'basic', signers))).toEqual(['VALID']);
    });

    it('of a chaincode with a weaker policy do not reach into one with a stronger', async () => {
        expect(await commit(transaction(['BetaMSP'], [put('a', 'open')], 'open'))).toEqual(['VALID']);
        expect(await commit(transaction(['BetaMSP'], [put('a', 'basic')], 'open'))).toEqual([failed]);
    });

    describe('of a key with a policy of its own', () => {
        beforeEach(async () => {
            await commit(transaction(both, [put('k'), guard('k', 'AlphaMSP')]));
        });

        it('are those that its policy asks for, and no others', async () => {
            expect(await commit(transaction(['AlphaMSP'], [put('k')]))).toEqual(['VALID']);
            expect(await commit(transaction(['BetaMSP'], [put('k')]))).toEqual([failed]);
            expect(await commit(transaction(['AlphaMSP'], [put('k'), put('other')]))).toEqual([failed]);
        });

        it('decide about a change of that policy', async () => {
            expect(await commit(transaction(['BetaMSP'], [guard('k', 'BetaMSP')]))).toEqual([failed]);
            expect(await commit(transaction(['AlphaMSP'], [guard('k', 'BetaMSP')]))).toEqual(['VALID']);
            expect(await commit(transaction(['BetaMSP'], [put('k')]))).toEqual(['VALID']);
        });

        it('fail for a policy changed earlier in the block, whoever signed', async () => {
            const change = transaction(['AlphaMSP'], [guard('k', 'BetaMSP')]);
            expect(await commit(change, transaction(both, [put('k')]))).toEqual(['VALID', failed]);
        });

        it('count again when the earlier change was not endorsed', async () => {
            const change = transaction(['BetaMSP'], [guard('k', 'BetaMSP')]);
            expect(await commit(change, transaction(['AlphaMSP'], [put('k')]))).toEqual([failed, 'VALID']);
        });

        it('are the chaincode policy again once the key was deleted', async () => {
            expect(await commit(transaction(['AlphaMSP'], [remove('k')]))).toEqual(['VALID']);
            expect(await commit(transaction(['AlphaMSP'], [put('k')]))).toEqual([failed]);
            expect(await commit(transaction(both, [put('k')]))).toEqual(['VALID']);
        });
    });

    it('of a private key follow its own policy, too', async () => {
        expect(
            await commit(transaction(both, [privately('plain', 'k'), guardPrivately('plain', 'k', 'BetaMSP')])),
        ).toEqual(['VALID']);
        expect(await commit(transaction(['AlphaMSP'], [privately('plain', 'k')]))).toEqual([failed]);
        expect(await commit(transaction(['BetaMSP'], [privately('plain', 'k')]))).toEqual(['VALID']);
        const change = transaction(['BetaMSP'], [guardPrivately('plain', 'k', 'AlphaMSP')]);
        expect(await commit(change, transaction(both, [privately('plain', 'k')]))).toEqual(['VALID', failed]);
    });

    it('fail for a key whose policy cannot be read', async () => {
        const garbage: Write = (set) => {
            set.addMetadataWrite('basic', 'k', new Map([['VALIDATION_PARAMETER', Buffer.from([0xff])]]));
        };
        expect(await commit(transaction(both, [put('k'), garbage]))).toEqual(['VALID']);
        expect(await commit(transaction(both, [put('k')]))).toEqual([failed]);
    });
});
