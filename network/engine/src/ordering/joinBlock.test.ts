// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChannelConfiguration } from '../channel/channelConfiguration.js';
import { common } from '../wire/protobuf.js';
import { assertSoleConsenter, validateJoinBlock } from './joinBlock.js';

const recordings = join(__dirname, '../../fixtures/fabric-3.1.5');
const read = (file: string): Buffer => readFileSync(join(recordings, file));
const genesis = common.Block.decode(read('network/genesis.pb'));
const configuration = ChannelConfiguration.fromConfigBlock(genesis);
const host = 'orderers/orderer0.ord.power.example';
const consenter = read(`network/msp/ordererOrganizations/ord.power.example/${host}/tls/server.crt`);

/** The configuration with another Orderer group. */
const withOrderer = (over: Partial<ChannelConfiguration['orderer']>): ChannelConfiguration =>
    Object.create(configuration, {
        orderer: { value: { ...configuration.orderer, consenters: configuration.orderer.consenters, ...over } },
    }) as ChannelConfiguration;

describe('a join block', () => {
    it('of a real network is accepted by its consenter', () => {
        expect(() => {
            assertSoleConsenter(genesis, validateJoinBlock(genesis), consenter);
        }).not.toThrow();
    });

    it('that is an ordinary block is refused', () => {
        expect(() => validateJoinBlock(common.Block.decode(read('blocks/0003.pb')))).toThrow(
            'invalid join block: block is not a config block',
        );
    });

    it('is refused by a node that is not its consenter', () => {
        const other = read(
            'network/msp/ordererOrganizations/ord.power.example/msp/tlscacerts/tlsca.ord.power.example-cert.pem',
        );
        for (const certificate of [other, undefined]) {
            expect(() => {
                assertSoleConsenter(genesis, configuration, certificate);
            }).toThrow(
                "cannot join: this orderer's TLS certificate is not that of the channel's consenter localhost:23000",
            );
        }
    });

    const [only] = configuration.orderer.consenters;
    it.each([
        [{ consensusType: 'solo' }, 'cannot join: failed to find a consenter for consensus type: solo'],
        [{ consensusType: 'BFT' }, 'the embedded engine does not support consensus type BFT'],
        [{ consensusState: 1 }, 'the embedded engine does not support maintenance mode'],
        [{ consenters: only === undefined ? [] : [only, only] }, 'but the channel has 2 consenters'],
    ])('with %p is refused by name', (over, text) => {
        expect(() => {
            assertSoleConsenter(genesis, withOrderer(over), consenter);
        }).toThrow(text);
    });

    it('above number 0 is refused: there is nobody to pull the earlier blocks from', () => {
        const later = new common.Block({
            data: genesis.data ?? null,
            metadata: genesis.metadata ?? null,
            header: { number: 5 },
        });
        expect(() => {
            assertSoleConsenter(later, configuration, consenter);
        }).toThrow('joins a channel at its genesis block only, not at block 5');
    });
});
