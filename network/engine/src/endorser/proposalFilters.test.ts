// SPDX-License-Identifier: Apache-2.0
import { serialized } from '../identity/testing/testMsp.js';
import { testCertificate } from '../identity/testing/testCertificate.js';
import { decode, encode } from '../wire/decode.js';
import { common, protos } from '../wire/protobuf.js';
import { openProposal } from './proposal.js';
import { ProposalError } from './proposalError.js';
import { checkExpiration, checkTimeWindow } from './proposalFilters.js';

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

describe('a creator whose certificate', () => {
    const checkCreator = (validity: { notBefore?: Date; notAfter?: Date }) => (): void => {
        const creator = serialized(testCertificate({ name: 'client', ...validity }).pem);
        const header = encode(common.Header, { signatureHeader: encode(common.SignatureHeader, { creator }) });
        const signed = { proposalBytes: encode(protos.Proposal, { header }) };
        checkExpiration(openProposal(decode(protos.SignedProposal, encode(protos.SignedProposal, signed), '')), now);
    };
    const [before, after] = [new Date('2025-12-31T00:00:00Z'), new Date('2026-01-02T00:00:00Z')];

    test('has expired is refused', () => {
        expect(checkCreator({ notAfter: before })).toThrow('proposal client identity expired');
    });

    test('is valid is taken', () => {
        expect(checkCreator({ notBefore: before, notAfter: after })).not.toThrow();
    });

    // core/handlers/auth/filter/expiration.go asks for the end of the certificate, nobody for its beginning.
    test('is not valid yet is taken, as Fabric takes it', () => {
        expect(checkCreator({ notBefore: after })).not.toThrow();
    });
});

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
