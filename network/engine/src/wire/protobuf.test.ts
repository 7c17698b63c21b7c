// SPDX-License-Identifier: Apache-2.0
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import protobuf from 'protobufjs';
import * as generated from './protobuf.js';

// The oracle: Fabric's own definitions as published on npm. Never used outside tests, for it is slow to load.
const oracleModules: Readonly<Record<string, readonly string[]>> = {
    common: [
        'common/common',
        'common/configtx',
        'common/configuration',
        'common/ledger',
        'common/policies',
        'msp/msp_principal',
        'peer/policy',
    ],
    discovery: ['discovery/protocol'],
    etcdraft: ['orderer/etcdraft/configuration', 'orderer/etcdraft/metadata'],
    gateway: ['gateway/gateway'],
    gossip: ['gossip/message'],
    'google.rpc': ['google/rpc/status'],
    kvrwset: ['ledger/rwset/kvrwset/kv_rwset'],
    lifecycle: ['peer/lifecycle/chaincode_definition', 'peer/lifecycle/db', 'peer/lifecycle/lifecycle'],
    msp: ['msp/identities', 'msp/msp_config'],
    orderer: ['orderer/ab', 'orderer/configuration'],
    protos: [
        'peer/chaincode',
        'peer/chaincode_event',
        'peer/chaincode_shim',
        'peer/collection',
        'peer/configuration',
        'peer/events',
        'peer/peer',
        'peer/proposal',
        'peer/proposal_response',
        'peer/query',
        'peer/resources',
        'peer/snapshot',
        'peer/transaction',
        'transientstore/transientstore',
    ],
    queryresult: ['ledger/queryresult/kv_query_result'],
    rwset: ['ledger/rwset/rwset'],
    smartbft: ['orderer/smartbft/configuration'],
};
/** Timestamp, Any and Empty belong to Google; "ledger" is private to Fabric's own sources, "privatedata" is ours. */
const withoutOracle = ['google.protobuf.', 'ledger.', 'privatedata.'];

interface OracleMessage {
    serializeBinary(): Uint8Array;
}
type OracleType = (new () => OracleMessage) & { deserializeBinary(bytes: Uint8Array): OracleMessage };
interface OurType {
    encode(message: object): { finish(): Uint8Array };
    decode(bytes: Uint8Array): object;
}

const requireOracle = createRequire(__filename);
const protoDir = join(__dirname, '../../proto');
const root = new protobuf.Root();
root.resolvePath = (_, target) => join(protoDir, target);
root.loadSync(readdirSync(protoDir).filter((name) => name.endsWith('.proto')));

function allTypes(namespace: protobuf.NamespaceBase): protobuf.Type[] {
    return namespace.nestedArray.flatMap((nested) => [
        ...(nested instanceof protobuf.Type ? [nested] : []),
        ...(nested instanceof protobuf.Namespace ? allTypes(nested) : []),
    ]);
}

function nameOf(type: protobuf.Type): string {
    return type.fullName.slice(1);
}

function lookUp(start: object, path: readonly string[]): unknown {
    return path.reduce<unknown>((found, name) => (found as Record<string, unknown> | undefined)?.[name], start);
}

function oracleOf(type: protobuf.Type): OracleType {
    const [name, paths] = Object.entries(oracleModules).find(([pack]) => nameOf(type).startsWith(`${pack}.`)) ?? [
        '',
        [],
    ];
    const inPackage = nameOf(type)
        .slice(name.length + 1)
        .split('.');
    const modules = paths.map((path) => requireOracle(`@hyperledger/fabric-protos/lib/${path}_pb.js`) as object);
    const found = modules.map((module) => lookUp(module, inPackage)).find((candidate) => candidate !== undefined);
    return found as OracleType;
}

function sampleOf(field: protobuf.Field): unknown {
    const { resolvedType } = field.resolve();
    if (resolvedType instanceof protobuf.Type) {
        const [inner] = resolvedType.fieldsArray;
        return inner?.resolve().resolvedType === null ? { [inner.name]: valueOf(inner) } : {};
    }
    return field.type === 'string' ? 'x' : field.type === 'bytes' ? Buffer.of(1, 2) : field.type === 'bool' ? true : 7;
}

function valueOf(field: protobuf.Field): unknown {
    const sample = sampleOf(field);
    if (field instanceof protobuf.MapField) {
        return { [field.keyType === 'string' ? 'key' : '5']: sample };
    }
    return field.repeated ? [sample] : sample;
}

/** The oracle's getter of a field: its names differ from ours in case, underscores and a suffix for lists and maps. */
function oracleValue(message: OracleMessage, field: protobuf.Field): unknown {
    const suffix = field instanceof protobuf.MapField ? 'map' : field.repeated ? 'list' : '';
    const wanted = `get${field.name.replaceAll('_', '').toLowerCase()}${suffix}`;
    const prototype = Object.getPrototypeOf(message) as Record<string, () => unknown>;
    const getter = Object.keys(prototype).find((name) => name.toLowerCase().replace('$', '') === wanted);
    return prototype[getter ?? '']?.call(message);
}

const compared = allTypes(root).filter((type) => !withoutOracle.some((prefix) => nameOf(type).startsWith(prefix)));
const fields = compared.flatMap((type) =>
    type.fieldsArray.map((field) => ({ name: `${nameOf(type)}.${field.name}`, type, field })),
);

describe('our messages against those of @hyperledger/fabric-protos', () => {
    test('are more than a handful', () => {
        expect(compared.length).toBeGreaterThan(100);
        expect(fields.length).toBeGreaterThan(300);
    });

    test.each(compared.map((type) => ({ name: nameOf(type), type })))('$name exists', ({ type }) => {
        expect(oracleOf(type)).toBeInstanceOf(Function);
    });

    test.each(fields)('$name has the same number, type and name, both ways', ({ type, field }) => {
        const ours = lookUp(generated, nameOf(type).split('.')) as OurType;
        const message = { [field.name]: valueOf(field) };
        const bytes = Buffer.from(ours.encode(message).finish());
        const read = oracleOf(type).deserializeBinary(bytes);
        expect(Buffer.from(read.serializeBinary()).equals(bytes)).toBe(true);
        expect(oracleValue(read, field)).toBeTruthy();
        expect(ours.decode(Buffer.from(read.serializeBinary()))).toMatchObject(message);
    });
});

test('64-bit fields are numbers although the package "long" is installed', () => {
    expect(requireOracle.resolve('long')).toBeTruthy();
    const bytes = Buffer.from(generated.common.BlockHeader.encode({ number: 2 ** 40 }).finish());
    expect(generated.common.BlockHeader.decode(bytes).number).toBe(2 ** 40);
    expect(new generated.common.BlockHeader().number).toBe(0);
});
