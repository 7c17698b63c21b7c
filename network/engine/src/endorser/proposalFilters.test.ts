// SPDX-License-Identifier: Apache-2.0
import { decode, encode } from '../wire/decode.js';
import { common, protos } from '../wire/protobuf.js';
import { openProposal } from './proposal.js';
import { ProposalError } from './proposalError.js';
import { checkTimeWindow } from './proposalFilters.js';

const now = new Date('2026-01-01T00:00:00Z');
const window = { ms: 900_000, text: '15m0s' };

function check(seconds: number): void {
    const channelHeader = encode(common.ChannelHeader, { timestamp: { seconds } });
    const header = encode(common.Header, { channelHeader, signatureHeader: Buffer.alloc(0) });
    const signed = { proposalBytes: encode(protos.Proposal, { header }) };
    checkTimeWindow(
        openProposal(decode(protos.SignedProposal, encode(protos.SignedProposal, signed), '')),
        window,
        now,
    );
}

test('takes a proposal made within the time window', () => {
    expect(() => {
        check(now.getTime() / 1000 - 60);
    }).not.toThrow();
});

test.each([0, now.getTime() / 1000 + 901, 9e12, -9e12, 2 ** 62])(
    'refuses a proposal made at second %d, also where no Date can hold it',
    (seconds) => {
        expect(() => {
            check(seconds);
        }).toThrow(ProposalError);
    },
);
