// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode, encode } from '../../wire/decode.js';
import { printJson } from './configJson.js';
import { messageTypes } from './messageTypes.js';
import type { Json } from './shape.js';

const recordings = join(__dirname, '../../../fixtures/fabric-3.1.5');
const read = (file: string): Buffer => readFileSync(join(recordings, file));

/** Files that Fabric's configtxlator decoded, with what it decoded. */
const updates = readdirSync(join(recordings, 'config'))
    .filter((file) => file.endsWith('.json'))
    .map((file) => [`config/${file}`, `config/${file.replace('.json', '.pb')}`, 'common.ConfigUpdate'] as const);
const blocks = readdirSync(join(recordings, 'blocks/decoded')).map(
    (file) => [`blocks/decoded/${file}`, `blocks/${file.slice(0, 4)}.pb`, 'common.Block'] as const,
);
const ofBft = '../fabric-3.1.5-bft';
const decoded = [
    ['network/genesis.json', 'network/genesis.pb', 'common.Block'] as const,
    [`${ofBft}/genesis.json`, `${ofBft}/0000.pb`, 'common.Block'] as const,
    ...updates,
    ...blocks,
];

const messageType = (name: string): NonNullable<ReturnType<typeof messageTypes.get>> => {
    const found = messageTypes.get(name);
    if (found === undefined) throw new Error(`no type ${name}`);
    return found;
};
const toJson = (name: string, bytes: Buffer): Json => {
    const { type, shape } = messageType(name);
    return shape.toJson(decode(type, bytes, name));
};
const fromJson = (name: string, json: Json): Buffer => {
    const { type, shape } = messageType(name);
    return encode(type, shape.fromJson(json) as never);
};

describe('the JSON of a message', () => {
    it('was recorded for blocks of every kind and for updates', () => {
        expect(decoded.length).toBeGreaterThanOrEqual(12);
    });

    it.each(decoded)('is that of %s', (jsonFile, bytesFile, name) => {
        expect(JSON.parse(printJson(toJson(name, read(bytesFile))))).toEqual(
            JSON.parse(read(jsonFile).toString()) as unknown,
        );
    });

    it.each(decoded)('leads back to the message in %s', (jsonFile, bytesFile, name) => {
        const json = JSON.parse(read(jsonFile).toString()) as Json;
        const encoded = fromJson(name, json);
        expect(encoded.length).toBe(read(bytesFile).length);
        expect(toJson(name, encoded)).toEqual(json);
    });

    it.each([
        [{ sequence: '1', more: 1 }, 'unknown field "more"'],
        [{ channel_group: { groups: [] } }, 'channel_group: groups: expected an object'],
        [
            { channel_group: { values: { BatchSize: { value: { max_message_count: 'many' } } } } },
            'expected a whole number, got "many"',
        ],
        [{ sequence: 1.5 }, 'sequence: expected a whole number, got 1.5'],
        [[], 'expected an object'],
    ] as [Json, string][])('%j is none of a configuration', (json, text) => {
        expect(() => fromJson('common.Config', json)).toThrow(text);
    });

    it('keeps a choice that was made for the first of several, which is number 0', () => {
        const json = { identities: [], rule: { signed_by: 0 }, version: 0 };
        const bytes = fromJson('common.SignaturePolicyEnvelope', json);
        expect(bytes.toString('hex')).toBe('12020800');
        expect(toJson('common.SignaturePolicyEnvelope', bytes)).toEqual(json);
    });
});
