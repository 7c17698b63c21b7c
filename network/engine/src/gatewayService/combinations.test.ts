// SPDX-License-Identifier: Apache-2.0
import { parsePolicyText } from '../policy/policyText.js';
import { encode } from '../wire/decode.js';
import { common } from '../wire/protobuf.js';
import {
    combinationsOfAll,
    combinationsOfChannelPolicy,
    combinationsOfSignaturePolicy,
    type Combination,
} from './combinations.js';

const shown = (combinations: readonly Combination[] | undefined): string[] | undefined =>
    combinations
        ?.map((one) =>
            [...one]
                .map(([mspId, count]) => `${mspId}${count > 1 ? `*${String(count)}` : ''}`)
                .sort()
                .join('+'),
        )
        .sort();
const of = (text: string): string[] | undefined => shown(combinationsOfSignaturePolicy(parsePolicyText(text)));

test('two of three are three pairs', () => {
    expect(of("OutOf(2,'A.peer','B.peer','C.peer')")).toEqual(['A+B', 'A+C', 'B+C']);
});

test('nested rules are multiplied out, without those that contain another', () => {
    expect(of("OR(AND('A.peer','B.peer'),'A.peer',AND('C.peer',OR('A.peer','D.peer')))")).toEqual(['A', 'C+D']);
});

test('one organisation named twice needs two peers', () => {
    expect(of("AND('A.peer','A.member')")).toEqual(['A*2']);
});

test('roles that no peer has satisfy nothing', () => {
    expect(of("OR('A.admin','B.client','C.member')")).toEqual(['C']);
    expect(of("AND('A.admin','B.peer')")).toEqual([]);
});

test('one peer counts for several policies', () => {
    const [one, other] = ["AND('A.peer','B.peer')", "OR('B.peer','C.peer')"].map((text) =>
        combinationsOfSignaturePolicy(parsePolicyText(text)),
    );
    expect(shown(combinationsOfAll([one ?? [], other ?? []]))).toEqual(['A+B']);
});

describe('a policy of the channel', () => {
    const child = (mspId: string): common.ConfigGroup.$Properties => ({
        policies: {
            Endorsement: {
                policy: {
                    type: 1,
                    value: encode(common.SignaturePolicyEnvelope, parsePolicyText(`OR('${mspId}.peer')`)),
                },
            },
        },
    });
    const channel = (rule: number): common.ConfigGroup.$Properties => ({
        groups: {
            Application: {
                groups: { a: child('A'), b: child('B'), c: child('C') },
                policies: {
                    Endorsement: {
                        policy: {
                            type: 3,
                            value: encode(common.ImplicitMetaPolicy, { subPolicy: 'Endorsement', rule }),
                        },
                    },
                },
            },
        },
    });

    test.each([
        ['ANY', 0, ['A', 'B', 'C']],
        ['ALL', 1, ['A+B+C']],
        ['MAJORITY', 2, ['A+B', 'A+C', 'B+C']],
    ])('%s', (_name, rule, expected) => {
        expect(shown(combinationsOfChannelPolicy(channel(rule), '/Channel/Application/Endorsement'))).toEqual(expected);
    });

    test('that is not there', () => {
        expect(combinationsOfChannelPolicy(channel(0), '/Channel/Application/Other')).toBeUndefined();
        expect(combinationsOfChannelPolicy(channel(0), '/Other/Endorsement')).toBeUndefined();
    });
});
