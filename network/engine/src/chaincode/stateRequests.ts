// SPDX-License-Identifier: Apache-2.0
import type { Simulation } from '../ledger/simulation/simulation.js';
import { asBuffer, encode } from '../wire/decode.js';
import { protos } from '../wire/protobuf.js';
import { MessageType } from './messageType.js';
import type { OpenQueries } from './openQueries.js';
import { decodeRequest } from './requestPayload.js';
import type { ShimCalls } from './shimCalls.js';

/** What a request of a chaincode works on. */
export interface RequestContext {
    /** The chaincode's name, which is its namespace in the state. */
    readonly chaincode: string;
    readonly simulation: Simulation;
    readonly queries: OpenQueries;
    /** Notes the requests where somebody wants to know them. */
    readonly calls?: ShimCalls;
    /** True while the chaincode's Init runs, where private data is out of reach. */
    readonly isInit: boolean;
    readonly call: CallChaincode;
}

/** Runs another chaincode for the one that asks and gives its final message; `target` is `name[:version][/channel]`. */
export type CallChaincode = (
    target: string,
    input: protos.ChaincodeInput.$Properties,
) => Promise<protos.ChaincodeMessage.$Properties>;

/** Answers with the payload of a RESPONSE; a thrown error becomes an ERROR message and the transaction goes on. */
export type RequestHandler = (context: RequestContext, payload: Buffer) => Buffer | Promise<Buffer>;

const nothing = Buffer.alloc(0);

/** What a chaincode may ask of its peer during a transaction (core/chaincode/handler.go), by message type. */
export const requestHandlers: ReadonlyMap<number, RequestHandler> = new Map<number, RequestHandler>([
    [MessageType.GET_STATE, getState],
    [MessageType.GET_STATE_MULTIPLE, getStateMultiple],
    [MessageType.PUT_STATE, putState],
    [MessageType.DEL_STATE, deleteState],
    [MessageType.WRITE_BATCH_STATE, writeBatch],
    [MessageType.GET_STATE_BY_RANGE, getStateByRange],
    [MessageType.GET_QUERY_RESULT, getQueryResult],
    [MessageType.QUERY_STATE_NEXT, queryStateNext],
    [MessageType.QUERY_STATE_CLOSE, queryStateClose],
    [MessageType.GET_HISTORY_FOR_KEY, getHistoryForKey],
    [MessageType.GET_STATE_METADATA, getStateMetadata],
    [MessageType.PUT_STATE_METADATA, putStateMetadata],
    [MessageType.GET_PRIVATE_DATA_HASH, getPrivateDataHash],
    [MessageType.PURGE_PRIVATE_DATA, purgePrivateData],
    [MessageType.INVOKE_CHAINCODE, invokeChaincode],
]);

function getState(context: RequestContext, payload: Buffer): Buffer {
    const { key, collection } = decodeRequest(protos.GetState, payload);
    return read(context, collection, key);
}

function getStateMultiple(context: RequestContext, payload: Buffer): Buffer {
    const { keys, collection } = decodeRequest(protos.GetStateMultiple, payload);
    return encode(protos.GetStateMultipleResult, { values: keys.map((key) => read(context, collection, key)) });
}

function read({ simulation, chaincode, isInit }: RequestContext, collection: string, key: string): Buffer {
    if (collection === '') return simulation.getState(chaincode, key) ?? nothing;
    refuseInInit(isInit);
    return simulation.getPrivateData(chaincode, collection, key) ?? nothing;
}

function putState(context: RequestContext, payload: Buffer): Buffer {
    const { key, value, collection } = decodeRequest(protos.PutState, payload);
    return write(context, collection, key, asBuffer(value));
}

function write(
    { simulation, chaincode, isInit }: RequestContext,
    collection: string,
    key: string,
    value: Buffer,
): Buffer {
    if (collection === '') {
        simulation.setState(chaincode, key, value);
    } else {
        refuseInInit(isInit);
        simulation.setPrivateData(chaincode, collection, key, value);
    }
    return nothing;
}

function deleteState(context: RequestContext, payload: Buffer): Buffer {
    const { key, collection } = decodeRequest(protos.DelState, payload);
    return remove(context, collection, key);
}

function remove({ simulation, chaincode, isInit }: RequestContext, collection: string, key: string): Buffer {
    if (collection === '') {
        simulation.deleteState(chaincode, key);
    } else {
        refuseInInit(isInit);
        simulation.deletePrivateData(chaincode, collection, key);
    }
    return nothing;
}

/** A bad record ends the batch; the records before it stay written, as in Fabric. */
function writeBatch(context: RequestContext, payload: Buffer): Buffer {
    for (const record of decodeRequest(protos.WriteBatchState, payload).rec) {
        const apply = recordWriters.get(record.type ?? MessageType.UNDEFINED);
        if (apply === undefined) throw new Error('unknown operation type');
        apply(context, record.collection ?? '', record.key ?? '', record);
    }
    return nothing;
}

type WriteRecord = (
    context: RequestContext,
    collection: string,
    key: string,
    record: protos.WriteRecord.$Properties,
) => Buffer;

const recordWriters: ReadonlyMap<number, WriteRecord> = new Map<number, WriteRecord>([
    [MessageType.PUT_STATE, (context, collection, key, { value }) => write(context, collection, key, asBuffer(value))],
    [MessageType.DEL_STATE, remove],
    [
        MessageType.PUT_STATE_METADATA,
        (context, collection, key, { metadata }) => writeMetadata(context, collection, key, metadata ?? undefined),
    ],
    [MessageType.PURGE_PRIVATE_DATA, purge],
]);

function getStateByRange(context: RequestContext, payload: Buffer): Promise<Buffer> {
    const { startKey, endKey, collection, metadata } = decodeRequest(protos.GetStateByRange, payload);
    const page = decodeRequest(protos.QueryMetadata, asBuffer(metadata));
    const { simulation, chaincode, queries, isInit } = context;
    if (collection !== '') {
        refuseInInit(isInit);
        return queries.openRange(simulation.privateRange(chaincode, collection, startKey, endKey));
    }
    return queries.openRange(
        simulation.range(chaincode, startKey, endKey, { pageSize: page.pageSize, bookmark: page.bookmark }),
    );
}

/** Rich queries need CouchDB; LevelDB answers with one of these two texts. */
function getQueryResult(_context: RequestContext, payload: Buffer): never {
    const { collection, metadata } = decodeRequest(protos.GetQueryResult, payload);
    const { pageSize, bookmark } = decodeRequest(protos.QueryMetadata, asBuffer(metadata));
    const paginated = collection === '' && (pageSize !== 0 || bookmark !== '');
    throw new Error(`${paginated ? 'ExecuteQueryWithMetadata' : 'ExecuteQuery'} not supported for leveldb`);
}

function queryStateNext({ queries }: RequestContext, payload: Buffer): Promise<Buffer> {
    return queries.next(decodeRequest(protos.QueryStateNext, payload).id);
}

function queryStateClose({ queries }: RequestContext, payload: Buffer): Promise<Buffer> {
    return queries.close(decodeRequest(protos.QueryStateClose, payload).id);
}

function getHistoryForKey(context: RequestContext, payload: Buffer): Promise<Buffer> {
    const { key } = decodeRequest(protos.GetHistoryForKey, payload);
    const { simulation, chaincode, queries } = context;
    return queries.openHistory(simulation.historyForKey(chaincode, key));
}

function getStateMetadata({ simulation, chaincode, isInit }: RequestContext, payload: Buffer): Buffer {
    const { key, collection } = decodeRequest(protos.GetStateMetadata, payload);
    if (collection !== '') refuseInInit(isInit);
    const metadata =
        collection === ''
            ? simulation.getStateMetadata(chaincode, key)
            : simulation.getPrivateMetadata(chaincode, collection, key);
    return encode(protos.StateMetadataResult, {
        entries: [...metadata].map(([metakey, value]) => ({ metakey, value })),
    });
}

function putStateMetadata(context: RequestContext, payload: Buffer): Buffer {
    const { key, collection, metadata } = decodeRequest(protos.PutStateMetadata, payload);
    return writeMetadata(context, collection, key, metadata ?? undefined);
}

/** The one pair sent replaces everything stored with the key. */
function writeMetadata(
    { simulation, chaincode, isInit }: RequestContext,
    collection: string,
    key: string,
    metadata: protos.StateMetadata.$Properties | undefined,
): Buffer {
    const entries = new Map([[metadata?.metakey ?? '', asBuffer(metadata?.value)]]);
    if (collection === '') {
        simulation.setStateMetadata(chaincode, key, entries);
    } else {
        refuseInInit(isInit);
        simulation.setPrivateMetadata(chaincode, collection, key, entries);
    }
    return nothing;
}

function getPrivateDataHash({ simulation, chaincode, isInit }: RequestContext, payload: Buffer): Buffer {
    const { key, collection } = decodeRequest(protos.GetState, payload);
    refuseInInit(isInit);
    return simulation.getPrivateDataHash(chaincode, collection, key) ?? nothing;
}

function purgePrivateData(context: RequestContext, payload: Buffer): Buffer {
    const { key, collection } = decodeRequest(protos.PurgePrivateState, payload);
    return purge(context, collection, key);
}

function purge({ simulation, chaincode, isInit }: RequestContext, collection: string, key: string): Buffer {
    if (collection === '') throw new Error('only applicable for private data');
    refuseInInit(isInit);
    simulation.purgePrivateData(chaincode, collection, key);
    return nothing;
}

/** The caller gets the whole final message of the called chaincode, whatever its status. */
async function invokeChaincode({ call }: RequestContext, payload: Buffer): Promise<Buffer> {
    const { chaincodeId, input } = decodeRequest(protos.ChaincodeSpec, payload);
    return encode(protos.ChaincodeMessage, await call(chaincodeId?.name ?? '', input ?? {}));
}

function refuseInInit(isInit: boolean): void {
    if (isInit) throw new Error('private data APIs are not allowed in chaincode Init()');
}
