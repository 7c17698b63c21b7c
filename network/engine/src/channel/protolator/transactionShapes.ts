// SPDX-License-Identifier: Apache-2.0
import { common, kvrwset, protos, rwset } from '../../wire/protobuf.js';
import { chaincodeId, signatureHeader } from './headerShapes.js';
import {
    bytes,
    enumeration,
    flag,
    list,
    map,
    message,
    number,
    oneOf,
    opaque,
    text,
    uint64,
    type Shape,
} from './shape.js';

const version = message({ block_num: uint64, tx_num: uint64 });
const read = message({ key: text, version });
const readWriteSet = message({
    metadata_writes: list(message({ entries: list(message({ name: text, value: bytes })), key: text })),
    range_queries_info: list(
        message({
            end_key: text,
            itr_exhausted: flag,
            raw_reads: oneOf(message({ kv_reads: list(read) })),
            reads_merkle_hashes: oneOf(
                message({ max_degree: number, max_level: number, max_level_hashes: list(bytes) }),
            ),
            start_key: text,
        }),
    ),
    reads: list(read),
    writes: list(message({ is_delete: flag, key: text, value: bytes })),
});
const results = message({
    data_model: enumeration({ KV: 0 }),
    ns_rwset: list(
        message({
            collection_hashed_rwset: list(
                message({ collection_name: text, hashed_rwset: bytes, pvt_rwset_hash: bytes }),
            ),
            namespace: text,
            rwset: opaque(kvrwset.KVRWSet, readWriteSet),
        }),
    ),
});
const event = message({ chaincode_id: text, event_name: text, payload: bytes, tx_id: text });
const chaincodeAction = message({
    chaincode_id: chaincodeId,
    events: opaque(protos.ChaincodeEvent, event),
    response: message({ message: text, payload: bytes, status: number }),
    results: opaque(rwset.TxReadWriteSet, results),
});
const chaincodeSpec = message({
    chaincode_id: chaincodeId,
    input: message({ args: list(bytes), decorations: map(bytes), is_init: flag }),
    timeout: number,
    type: enumeration({ UNDEFINED: 0, GOLANG: 1, NODE: 2, CAR: 3, JAVA: 4 }),
});
const proposalPayload = message({
    TransientMap: map(bytes),
    input: opaque(protos.ChaincodeInvocationSpec, message({ chaincode_spec: chaincodeSpec })),
});
const responsePayload = message({ extension: opaque(protos.ChaincodeAction, chaincodeAction), proposal_hash: bytes });
const endorsedAction = message({
    endorsements: list(message({ endorser: bytes, signature: bytes })),
    proposal_response_payload: opaque(protos.ProposalResponsePayload, responsePayload),
});
const actionPayload = message({
    action: endorsedAction,
    chaincode_proposal_payload: opaque(protos.ChaincodeProposalPayload, proposalPayload),
});

/** A transaction of a chaincode, as it stands in a block. */
export const transaction: Shape = message({
    actions: list(
        message({
            header: opaque(common.SignatureHeader, signatureHeader),
            payload: opaque(protos.ChaincodeActionPayload, actionPayload),
        }),
    ),
});
