// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { Failure } from '../application/failure.js';
import { type BlockReader, type ChainReader, type LedgerTransport } from '../application/ports.js';
import { createBlockReader } from './blockReader.js';
import { createChainReader } from './chainReader.js';
import { openSession, type PeerSession } from './connection.js';
import { loadIdentity } from './identity.js';
import { createLedgerTransport } from './ledgerTransport.js';

/** Where an identity finds its ledger, in files and addresses. */
export interface LedgerAddress {
    readonly mspId: string;
    readonly mspDir: string;
    /** host:port of a peer of the identity's organisation. */
    readonly peerAddress: string;
    readonly tlsCaFile: string;
    readonly serverName?: string;
    readonly channel: string;
    readonly chaincode: string;
    readonly endorsingOrganizations: readonly string[];
}

/** An open way to the ledger: requests, what the peer knows of the chain and its blocks, and the session itself for event streams. */
export interface OpenLedger {
    readonly transport: LedgerTransport;
    readonly chain: ChainReader;
    readonly blocks: BlockReader;
    readonly session: PeerSession;
    close(): void;
}

/**
 * Opens the ledger through the identity's own organisation. Queries are answered by that organisation's peers alone.
 *
 * @throws Failure FILE_NOT_FOUND, IDENTITY_INVALID
 */
export function openLedger(address: LedgerAddress): OpenLedger {
    const { mspId, channel, chaincode, endorsingOrganizations } = address;
    const endpoint = {
        name: address.peerAddress,
        address: address.peerAddress,
        tlsRoots: readTlsRoots(address.tlsCaFile),
        ...(address.serverName === undefined ? {} : { serverName: address.serverName }),
    };
    const session = openSession(endpoint, loadIdentity(address.mspDir, mspId));
    const transport = createLedgerTransport({
        sessions: [session],
        channel,
        chaincode,
        endorsingOrganizations,
        queryOrganizations: [mspId],
    });
    return {
        transport,
        chain: createChainReader(session, channel),
        blocks: createBlockReader(session, channel),
        session,
        close: () => {
            session.close();
        },
    };
}

function readTlsRoots(file: string): Buffer {
    try {
        return readFileSync(file);
    } catch (error) {
        throw new Failure('FILE_NOT_FOUND', { file }, { cause: error });
    }
}
