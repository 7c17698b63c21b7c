// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isConfigBlock } from '../src/channel/configBlock.js';
import { ChannelConfiguration } from '../src/channel/channelConfiguration.js';
import { recordedBlocks, type RecordedBlock } from '../src/ledger/testing/recordings.js';
import { decode } from '../src/wire/decode.js';
import { common } from '../src/wire/protobuf.js';

/** set.json: the names that a set of recordings uses. */
interface SetFile {
    readonly set: string;
    readonly channel: string;
    readonly domain: string;
    /** MSP ids by the short names of organisations; `orderer` is one of them. */
    readonly mspIds: Readonly<Record<string, string>>;
    readonly chaincode: string;
    readonly label: string;
    readonly versions: readonly [string, string];
    readonly secondChaincode: string;
    readonly secondLabel: string;
    readonly wireChaincode: string;
    readonly wireLabel: string;
    readonly expiringCollection: string;
    readonly lead: string;
    readonly second: string;
    readonly third: string;
}

interface PortsFile {
    readonly orderer: number;
    readonly ordererAdmin: number;
    readonly peers: Readonly<Record<string, number>>;
}

/** One line of a JSON-lines file, with its number from 1. */
export interface Line<T> {
    readonly line: number;
    readonly value: T;
}

/** A folder with recordings of a Fabric network. Everything that depends on the set is read from it. */
export class Recordings {
    readonly folder: string;
    readonly set: SetFile;
    readonly ports: PortsFile;

    /** @throws Error when the folder holds no set.json. */
    constructor(folder: string) {
        if (!existsSync(join(folder, 'set.json'))) {
            throw new Error(`${folder} holds no recordings: it has no set.json`);
        }
        this.folder = resolve(folder);
        this.set = this.json<SetFile>('set.json');
        this.ports = this.json<PortsFile>('network/ports.json');
    }

    path(file: string): string {
        return join(this.folder, file);
    }

    has(file: string): boolean {
        return existsSync(this.path(file));
    }

    bytes(file: string): Buffer {
        return readFileSync(this.path(file));
    }

    json<T>(file: string): T {
        return JSON.parse(this.bytes(file).toString('utf8')) as T;
    }

    lines<T>(file: string): Line<T>[] {
        return this.bytes(file)
            .toString('utf8')
            .split('\n')
            .flatMap((text, index) => (text === '' ? [] : [{ line: index + 1, value: JSON.parse(text) as T }]));
    }

    /** `crafted`: blocks that only a stand-in orderer would deliver after the chain's. */
    blocks(part: 'blocks' | 'crafted'): RecordedBlock[] {
        return recordedBlocks(part, this.folder);
    }

    genesis(): common.Block {
        return decode(common.Block, this.bytes('network/genesis.pb'), 'Block');
    }

    /** The channel configuration in force before block `height`. */
    configurationAt(height: number): ChannelConfiguration {
        const configBlocks = this.blocks('blocks')
            .slice(0, height)
            .map(({ ordererBlock }) => ordererBlock)
            .filter(isConfigBlock);
        return ChannelConfiguration.fromConfigBlock(configBlocks.at(-1) ?? this.genesis());
    }

    /** The MSP id of an organisation by its short name. */
    mspId(organisation: string): string {
        const mspId = this.set.mspIds[organisation];
        if (mspId === undefined) throw new Error(`set.json names no organisation ${organisation}`);
        return mspId;
    }

    /** Short names of the channel's members. */
    members(): string[] {
        return Object.keys(this.ports.peers);
    }
}
