// SPDX-License-Identifier: Apache-2.0
export { createLedger, type Ledger } from './application/ledger.js';
export { Failure, failureAdvice, type FailureCode, type FailureDetails, isFailure } from './application/failure.js';
export type {
    ChainInfo,
    ChainReader,
    Committed,
    LedgerTransport,
    Receipt,
    TransactionStatus,
} from './application/ports.js';
export { loadNetworkFile, type NetworkFile, type NetworkOrganisation } from './config/networkFile.js';
export { createLedgerTransport, type LedgerTransportOptions } from './fabric/ledgerTransport.js';
export { type LedgerAddress, openLedger, type OpenLedger } from './fabric/openLedger.js';
export { type EventStreamOptions, followEvents, type LedgerEvent } from './fabric/eventStream.js';
export { fileCheckpoint, memoryCheckpoint } from './fabric/eventCheckpoints.js';
