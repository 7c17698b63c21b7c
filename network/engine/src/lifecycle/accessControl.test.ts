// SPDX-License-Identifier: Apache-2.0
import { newSignedProposal } from '../wire/envelope.js';
import type { protos } from '../wire/protobuf.js';
import { AccessControl, AccessDeniedError } from './accessControl.js';
import { ChannelConfiguration } from '../channel/channelConfiguration.js';
import { channelDefaults, localDefaults } from './accessDefaults.js';
import { channelId, testChannel, type TestChannel } from './testing/testChannel.js';

const mspIds = ['AlphaMSP', 'BetaMSP'] as const;
const roles = ['admin', 'client', 'peer'] as const;

describe('access control of a peer of AlphaMSP', () => {
    let channel: TestChannel;
    let control: AccessControl;

    beforeAll(async () => {
        channel = testChannel({
            'qscc/GetChainInfo': 'Admins',
            'event/Block': '/Channel/Application/BetaMSP/Admins',
            'peer/Propose': 'Nowhere',
        });
        const configuration = ChannelConfiguration.fromConfigBlock(channel.genesis);
        control = new AccessControl({
            channels: { get: (id) => (id === channelId ? { configuration: () => configuration } : undefined) },
            localMsp: channel.member('AlphaMSP', 'peer').msp,
        });
    });

    afterAll(() => {
        channel.remove();
    });

    function proposal(mspId: string, role: 'admin' | 'client' | 'peer'): protos.SignedProposal.$Properties {
        const { signer } = channel.member(mspId, role);
        return newSignedProposal(signer, { channelId, chaincode: 'basic', args: [] }).signedProposal;
    }

    function admitted(resource: string, id = channelId): string[] {
        return mspIds.flatMap((mspId) =>
            roles
                .filter((role) => outcome(resource, proposal(mspId, role), id) === '')
                .map((role) => `${mspId} ${role}`),
        );
    }

    function outcome(resource: string, signed: protos.SignedProposal.$Properties, id = channelId): string {
        try {
            control.checkAcl(resource, id, signed);
            return '';
        } catch (error) {
            expect(error).toBeInstanceOf(AccessDeniedError);
            return (error as Error).message;
        }
    }

    const everyReader = mspIds.flatMap((mspId) => roles.map((role) => `${mspId} ${role}`));
    const everyWriter = everyReader.filter((who) => !who.endsWith('peer'));
    const overridden = ['qscc/GetChainInfo', 'event/Block', 'peer/Propose'];

    it.each([...localDefaults])(
        'opens %s to the %s of its own organisation, on any channel or none',
        (resource, policy) => {
            const expected = policy === 'Admins' ? ['AlphaMSP admin'] : roles.map((role) => `AlphaMSP ${role}`);
            expect(admitted(resource)).toEqual(expected);
            expect(admitted(resource, '')).toEqual(expected);
        },
    );

    it.each([...channelDefaults].filter(([resource]) => !overridden.includes(resource)))(
        'opens %s by %s',
        (resource, policy) => {
            expect(admitted(resource)).toEqual(policy.endsWith('Readers') ? everyReader : everyWriter);
        },
    );

    it('follows the ACLs of the channel, relative and absolute', () => {
        // "MAJORITY Admins" of two organisations is never met by one signature.
        expect(admitted('qscc/GetChainInfo')).toEqual([]);
        expect(outcome('qscc/GetChainInfo', proposal('AlphaMSP', 'admin'))).toBe(
            'failed evaluating policy on signed data during check policy [/Channel/Application/Admins]: [implicit policy evaluation ' +
                "failed - 1 sub-policies were satisfied, but this policy requires 2 of the 'Admins' sub-policies to be satisfied]",
        );
        expect(admitted('event/Block')).toEqual(['BetaMSP admin']);
    });

    it('refuses when the ACLs name a policy that does not exist', () => {
        expect(outcome('peer/Propose', proposal('AlphaMSP', 'admin'))).toBe(
            'policy /Channel/Application/Nowhere not found',
        );
    });

    it('does not know other resources', () => {
        expect(outcome('qscc/Nope', proposal('AlphaMSP', 'admin'))).toBe('Unmapped policy for qscc/Nope');
    });

    it('has nothing to go by on a channel that the peer has not joined', () => {
        expect(outcome('cscc/GetConfigBlock', proposal('AlphaMSP', 'admin'), 'nochan')).toBe(
            'Failed to get policy manager for channel [nochan]',
        );
    });

    it('says who is missing from a channel policy', () => {
        expect(outcome('qscc/GetBlockByNumber', proposal('OrdererMSP', 'peer'))).toBe(
            `Failed evaluating policy on signed data during check policy on channel [${channelId}] with policy [/Channel/Application/Readers]: ` +
                "[implicit policy evaluation failed - 0 sub-policies were satisfied, but this policy requires 1 of the 'Readers' sub-policies to be satisfied]",
        );
    });

    it('refuses a foreign organisation where its own must ask', () => {
        expect(outcome('cscc/GetChannels', proposal('BetaMSP', 'admin'))).toBe(
            'Failed deserializing proposal creator during channelless check policy with policy [Members]: [expected MSP ID AlphaMSP, received BetaMSP]',
        );
    });

    it.each(['cscc/JoinChain', 'qscc/GetBlockByNumber'])(
        'refuses %s with the signature of another proposal',
        (resource) => {
            const forged = {
                ...proposal('AlphaMSP', 'admin'),
                signature: proposal('AlphaMSP', 'admin').signature ?? null,
            };
            expect(outcome(resource, forged)).not.toBe('');
        },
    );

    it('judges signed data other than proposals alike', () => {
        const { signer } = channel.member('BetaMSP', 'client');
        const data = Buffer.from('seek');
        const signed = { data, identity: signer.serialized, signature: signer.sign(data) };
        expect(() => {
            control.checkAcl('event/FilteredBlock', channelId, signed);
        }).not.toThrow();
        expect(() => {
            control.checkAcl('event/FilteredBlock', channelId, { ...signed, data: Buffer.from('other') });
        }).toThrow(AccessDeniedError);
    });
});
