// SPDX-License-Identifier: Apache-2.0
/** Fabric's protobuf messages. Import them from here only: 64-bit fields are numbers and byte fields are Buffers. */
import './plainNumbers.js';

export {
    common,
    discovery,
    etcdraft,
    gateway,
    google,
    gossip,
    kvrwset,
    ledger,
    lifecycle,
    msp,
    orderer,
    privatedata,
    protos,
    queryresult,
    rwset,
    smartbft,
} from './generated/fabric.js';
