// SPDX-License-Identifier: Apache-2.0
import { sha256 } from '../wire/hashing.js';
import {
    definitionRecord,
    localPackageRecord,
    metadataBytes,
    parametersRecord,
    type ChaincodeDefinition,
} from './chaincodeRecords.js';

const definition: ChaincodeDefinition = {
    sequence: 1,
    version: '1.0',
    endorsementPlugin: 'escc',
    validationPlugin: 'vscc',
    validationParameter: Buffer.concat([Buffer.from('1220', 'hex'), Buffer.from('/Channel/Application/Endorsement')]),
    initRequired: false,
    collections: {},
};
const fieldsOf = (changes: Partial<ChaincodeDefinition> = {}) =>
    new Map(definitionRecord({ ...definition, ...changes }).fields);

// Bytes and hashes that a network of Fabric 3.1.5 wrote for these values.
describe('the state of the lifecycle', () => {
    it.each([
        ['Sequence', {}, '0801'],
        ['Sequence', { sequence: 2 }, '0802'],
        ['EndorsementInfo', {}, '120b0a03312e301a0465736363'],
        ['EndorsementInfo', { initRequired: true }, '120d0a03312e3010011a0465736363'],
        [
            'ValidationInfo',
            {},
            '122a0a0476736363122212202f4368616e6e656c2f4170706c69636174696f6e2f456e646f7273656d656e74',
        ],
        ['Collections', {}, '1200'],
    ] as const)('has the bytes of field %s with %j', (field, changes, hex) => {
        expect(fieldsOf(changes).get(field)?.toString('hex')).toBe(hex);
    });

    it('has the recorded hashes of fields and types', () => {
        const hash = (bytes: Buffer | undefined): string => sha256(bytes ?? Buffer.alloc(0)).toString('hex');
        expect(hash(fieldsOf().get('EndorsementInfo'))).toBe(
            '2d718b88473f63f937847f91113afcfe1aa708cad412ea39eca39b68d95640bb',
        );
        expect(hash(fieldsOf().get('ValidationInfo'))).toBe(
            '18a308f4889f4e6d5cb478488d8a11dfd1fbc98cc790a5e591f274c45075b752',
        );
        expect(hash(fieldsOf().get('Collections'))).toBe(
            '08da7c45cb204377e7e42249cda5713fa865116ddbb4cb5a1949b2e5b438a6ab',
        );
        expect(hash(metadataBytes(definitionRecord(definition)))).toMatch(/^ab1aea9a2bb8dc91/);
        expect(hash(metadataBytes(parametersRecord(definition)))).toBe(
            '991432db73fede13edbd2a61b0e0e92bb12f3c484be0b660caf8b0c31ef14706',
        );
        expect(hash(metadataBytes(localPackageRecord('x')))).toBe(
            '6952ede022cbae959e1b4aa0dad47e85bc9e1e4e9d8dfcf088507934880bbe75',
        );
    });

    it('states an empty package id explicitly', () => {
        expect(localPackageRecord('').fields[0]?.[1].toString('hex')).toBe('1a00');
    });
});
