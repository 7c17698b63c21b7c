// SPDX-License-Identifier: Apache-2.0
import { rmSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChannelConfiguration } from '../channel/channelConfiguration.js';
import { buildGenesisBlock } from '../channel/testing/buildGenesisBlock.js';
import { plainConfigtx } from '../channel/plainConfigtx.js';
import { loadLocalMsp } from '../identity/localMsp.js';
import { TestAuthority } from '../identity/testing/testAuthority.js';
import { BlockMetadataIndex } from '../wire/codes.js';
import { encode } from '../wire/decode.js';
import type { Signer } from '../wire/envelope.js';
import { blockHeaderBytes, blockHeaderHash, computeTxId } from '../wire/hashing.js';
import { common, orderer } from '../wire/protobuf.js';
import { verifyBlock } from '../ledger/validation/blockVerifier.js';
import { signedBlock } from './blockWriter.js';
import { admitUpdate } from './configurationUpdate.js';
import { Refusal } from './refusal.js';
import { parseSubmitted } from './submittedMessage.js';
import { envelopeOf, setValue, signedUpdate } from './testing/signedUpdate.js';
import { testOrdering, type TestOrdering } from './testing/testOrdering.js';

// Each test is a case of Fabric 3.1's ordering; docs/internals/engine-cases.md lists those that other files hold.

describe('a block header', () => {
    const genesis = { number: 0, dataHash: hex('5644a18aeae0e132c45a0aa473aeb7be3398baad10b9dca8dc84ee5e186340f6') };
    const genesisHash = '6bbf0d69bf05cd8ef239d2e2733037dc3102095add8e5de0d5ddc40bb91edd46';

    it('of a genesis block has the bytes that Fabric hashes, and its hash', () => {
        expect(blockHeaderBytes(genesis).toString('hex')).toBe(`302702010004000420${genesis.dataHash.toString('hex')}`);
        expect(blockHeaderHash(genesis).toString('hex')).toBe(genesisHash);
    });

    it.each([
        [
            1,
            genesisHash,
            'f99e4b253e3908b161add274d30335a4557059c5c4ec793651adcd02bfe09c6c',
            'c56511fba6a9f97c59cd655fe29138f01c65590fd4248569a5b5c12b72a94399',
        ],
        [
            10,
            '2cfa6aaebaf3b572edea9fb9957ceeb3d3082c2f4abdf2898113d8c6d4530722',
            '99242a4d884e57281acae7dba023d47aec8acb420d87c5f31c5b0b4a4f609407',
            '8ab3f9db25916c83d28c4470c4d65d89584401ba758f2bc7d7a9cae2840be7f7',
        ],
    ])('with number %i has the hash that Fabric gave it', (number, previousHash, dataHash, hash) => {
        const header = { number, previousHash: hex(previousHash), dataHash: hex(dataHash) };
        expect(blockHeaderHash(header).toString('hex')).toBe(hash);
    });

    it('of a genesis block belongs to a transaction whose id follows from its nonce alone', () => {
        expect(computeTxId(hex('25274e0568ef3caebfb872b371a94ba6e39abb54806b68c9'), Buffer.alloc(0))).toBe(
            'b7adffe6c966a24c1e86fda276ef7977794ed2e52e04fb4884c0db93daf146f2',
        );
    });
});

const mspIds = ['OneMSP', 'TwoMSP', 'ThreeMSP', 'FourMSP'] as const;

/** A channel of four organisations, whose blocks and updates the tests make. */
class FourOrganisations {
    readonly #network: TestOrdering = testOrdering();
    readonly genesis: common.Block;
    readonly admins: readonly Signer[];
    readonly orderer: Signer;
    readonly peer: Signer;

    constructor() {
        const { directory, tlsFolder, orderers } = this.#network;
        const authorities = mspIds.map((mspId) => new TestAuthority(directory, mspId));
        const configPath = mkdtempSync(join(directory, 'four-'));
        const members = mspIds.map((mspId) => ({ mspId }));
        writeFileSync(join(configPath, 'configtx.yaml'), plainConfigtx({ directory, ordererTls: tlsFolder, members }));
        this.genesis = buildGenesisBlock({ configPath, profile: 'Test', channelId: 'four' });
        this.admins = authorities.map((authority) => memberOf(authority, 'admin', 'admin'));
        this.peer = memberOf(authorities[0]!, 'peer', 'peer');
        this.orderer = loadLocalMsp(orderers.mspFolder('orderer0'), 'OrdererMSP').signer;
    }

    get configuration(): ChannelConfiguration {
        return ChannelConfiguration.fromConfigBlock(this.genesis);
    }

    get ordererAdmin(): Signer {
        return loadLocalMsp(this.#network.orderers.mspFolder('admin'), 'OrdererMSP').signer;
    }

    remove(): void {
        rmSync(this.#network.directory, { recursive: true });
    }
}

function memberOf(authority: TestAuthority, name: string, role: 'admin' | 'peer'): Signer {
    return loadLocalMsp(authority.member(name, role), authority.mspId).signer;
}

let four: FourOrganisations;
beforeAll(() => {
    four = new FourOrganisations();
});
afterAll(() => {
    four.remove();
});

describe('a peer', () => {
    const block = (signer: Signer): common.Block => {
        const previousHash = blockHeaderHash(four.genesis.header ?? {});
        const envelope = encode(common.Envelope, { payload: Buffer.from('x'), signature: Buffer.from('x') });
        return new common.Block(signedBlock([envelope], { nextNumber: 1, previousHash, lastConfig: 0 }, signer));
    };
    const verify = (one: common.Block): void => {
        verifyBlock(one, 1, blockHeaderHash(four.genesis.header ?? {}), four.configuration);
    };

    it('takes a block of the orderer', () => {
        expect(() => {
            verify(block(four.orderer));
        }).not.toThrow();
    });

    it('refuses a block with four metadata entries', () => {
        const short = block(four.orderer);
        short.metadata?.metadata?.pop();
        expect(() => {
            verify(short);
        }).toThrow('block with id [1] on channel [four] does not have metadata or contains too few entries');
    });

    it('refuses a block signed by a peer of an organisation', () => {
        expect(() => {
            verify(block(four.peer));
        }).toThrow(
            'implicit policy evaluation failed - 0 sub-policies were satisfied, but this policy requires 1 of the ' +
                "'Writers' sub-policies to be satisfied",
        );
    });

    it('ignores what an orderer says in the metadata that peers fill', () => {
        const filled = block(four.orderer);
        filled.metadata!.metadata![BlockMetadataIndex.TRANSACTIONS_FILTER] = Buffer.of(0);
        filled.metadata!.metadata![BlockMetadataIndex.ORDERER] = Buffer.from('anything');
        expect(() => {
            verify(filled);
        }).not.toThrow();
    });
});

describe('an update of a channel of four organisations', () => {
    type Group = common.ConfigGroup;
    const applying = "error applying config update to existing channel 'four': ";

    function admit(update: common.Envelope, current = four.configuration): ChannelConfiguration {
        const options = { ignoreExpiry: false, now: () => new Date() };
        return admitUpdate(parseSubmitted(update), current, four.orderer, options).configuration;
    }

    function refusal(update: common.Envelope, current?: ChannelConfiguration): string {
        try {
            admit(update, current);
        } catch (error) {
            if (error instanceof Refusal && error.status === 400) return error.message;
            throw error;
        }
        throw new Error('the update was admitted');
    }

    const signedBy = (count: number): [Signer, ...Signer[]] => four.admins.slice(0, count) as [Signer, ...Signer[]];
    const addFive = ({ groups }: Group): void => {
        const members = groups.Application?.groups ?? {};
        const { values, ...four } = members.FourMSP ?? {};
        members.FiveMSP = { ...four, values: { ...values } };
    };

    it('of the batch size changes the version of that value, and no group’s', () => {
        const change = ({ groups }: Group): void => {
            const limits = { absoluteMaxBytes: 2_000_000, preferredMaxBytes: 500_000 };
            setValue(groups.Orderer, 'BatchSize', encode(orderer.BatchSize, { maxMessageCount: 5, ...limits }));
        };
        expect(refusal(signedUpdate(four.configuration, change, signedBy(1)))).toMatch(
            /policy for \[Value\] {2}\/Channel\/Orderer\/BatchSize not satisfied: .* requires 1 of the 'Admins'/,
        );
        const { sequence, config } = admit(signedUpdate(four.configuration, change, [four.ordererAdmin]));
        const { version = 0, values } = config.channelGroup?.groups?.Orderer ?? {};
        expect([sequence, config.channelGroup?.version ?? 0, version, values?.BatchSize?.version]).toEqual([
            1, 0, 0, 1,
        ]);
    });

    it('that adds a fifth needs three of their administrators, and is taken once', () => {
        expect(refusal(signedUpdate(four.configuration, addFive, signedBy(2)))).toMatch(
            /2 sub-policies were satisfied, but this policy requires 3 of the 'Admins'/,
        );
        const update = signedUpdate(four.configuration, addFive, signedBy(3));
        const updated = admit(update);
        expect(updated.config.channelGroup?.groups?.Application?.version).toBe(1);
        expect(updated.config.channelGroup?.groups?.Application?.groups?.FiveMSP?.version ?? 0).toBe(0);
        expect(refusal(update, updated)).toBe(
            `${applying}error authorizing update: error validating ReadSet: proposed update requires that key ` +
                '[Group]  /Channel/Application be at version 0, but it is currently at version 1',
        );
    });

    it('that writes a value nobody knows is refused', () => {
        const unknown = ({ groups }: Group): void => {
            setValue(groups.Orderer, 'Foo', Buffer.from('x'));
        };
        expect(refusal(signedUpdate(four.configuration, unknown, [four.ordererAdmin]))).toContain(
            'failed to deserialize values: Unexpected key Foo',
        );
    });

    it('that takes an orderer organisation its endpoints is refused', () => {
        const without = ({ groups }: Group): void => {
            setValue(groups.Orderer?.groups?.OrdererMSP, 'Endpoints', encode(common.OrdererAddresses, {}));
        };
        expect(refusal(signedUpdate(four.configuration, without, [four.ordererAdmin]))).toContain(
            'some orderer organizations endpoints are empty: [OrdererMSP]',
        );
    });

    it('is for the channel that its envelope names', () => {
        const update = envelopeOf('four', { channelId: 'other' }, [four.ordererAdmin]);
        expect(refusal(update)).toBe(
            `${applying}error authorizing update: ConfigUpdate for channel 'other' but envelope for channel 'four'`,
        );
    });
});

function hex(text: string): Buffer {
    return Buffer.from(text, 'hex');
}
