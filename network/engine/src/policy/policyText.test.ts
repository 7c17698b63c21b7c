// SPDX-License-Identifier: Apache-2.0
import { encode } from '../wire/decode.js';
import { common } from '../wire/protobuf.js';
import { PolicyError } from './policy.js';
import { parsePolicyText } from './policyText.js';

function bytesOf(text: string): string {
    return encode(common.SignaturePolicyEnvelope, parsePolicyText(text)).toString('hex');
}

/** Recorded from Fabric 3.1.5. */
const recorded = [
    ["OR('A.member')", '120812060801120208001a0512030a0141'],
    ["AND('A.peer','B.peer')", '120c120a080212020800120208011a0712050a014110031a0712050a01421003'],
    ["OutOf(2,'A.peer','B.peer')", '120c120a080212020800120208011a0712050a014110031a0712050a01421003'],
    [
        "OutOf(2,'A.peer','B.peer','C.peer')",
        '1210120e08021202080012020801120208021a0712050a014110031a0712050a014210031a0712050a01431003',
    ],
    [
        "Or('A.client',And('B.orderer','A.client'))",
        '12161214080112020802120c120a080212020800120208011a0712050a014210041a0712050a014110021a0712050a01411002',
    ],
    [
        "OutOf(1, OR('A.peer'), 'B.peer')",
        '12121210080112081206080112020800120208011a0712050a014110031a0712050a01421003',
    ],
    ["OutOf(0,'A.peer')", '12061204120208001a0712050a01411003'],
] as const;

test.each(recorded)('%s has the bytes that Fabric gives it', (text, hex) => {
    expect(bytesOf(text)).toBe(hex);
});

test.each([
    '  OR ( "A.member" , )  // everybody\n',
    'Or(`A.member`)',
    "OutOf('1', 'A.member')",
    "outof(1.5, 'A.member')",
    "OUTOF(1,'A.member')",
])('%j says the same as OR(member)', (text) => {
    expect(bytesOf(text)).toBe(recorded[0][1]);
});

test('the last role counts: an MSP id may have dots and dashes', () => {
    const { identities } = parsePolicyText("OR('A.peer.peer','org-1.net.admin')");
    const ids = identities!.map(({ principal }) => common.MSPRole.decode(Buffer.from(principal!)).mspIdentifier);
    expect(ids).toEqual(['A.peer', 'org-1.net']);
});

test('one more than there are may be asked for, though nobody can satisfy it', () => {
    expect(parsePolicyText("OutOf(2,'A.peer')").rule?.nOutOf?.n).toBe(2);
});

test.each([
    "and('A.peer','B.peer')",
    "or('A.peer')",
    "oR('A.peer')",
    "'A.peer'",
    'OR(A.peer)',
    "OR('A.Member')",
    "OR('A_B.peer')",
    "OR('Ä.peer')",
    'OR()',
    'OutOf(1)',
    "OutOf(3,'A.peer')",
    "OutOf(-1,'A.peer')",
    "OutOf('A.peer')",
    "OR('A.peer'",
    "OR('A.peer') OR('B.peer')",
    "OR('A.peer' 'B.peer')",
    "OR('A.peer'; 'B.peer')",
    '',
    `${'OR('.repeat(200)}'A.peer'${')'.repeat(200)}`,
])('%j is refused', (text) => {
    expect(() => parsePolicyText(text)).toThrow(PolicyError);
});
