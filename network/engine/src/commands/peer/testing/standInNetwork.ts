// SPDX-License-Identifier: Apache-2.0
import { createPublicKey } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alternativeNamesOf } from '../../../certificateAuthority/certificates/alternativeNames.js';
import { issueCertificate } from '../../../certificateAuthority/certificates/issueCertificate.js';
import { PublicKey } from '../../../certificateAuthority/certificates/x509.js';
import { openTestAuthority } from '../../../certificateAuthority/testing/testAuthority.js';
import { newRequest } from '../../../certificateAuthority/newRequest.js';
import { enrolled } from '../../../certificateAuthority/testing/testClient.js';
import { type GrpcServer, startGrpcServer } from '../../../process/grpcServer.js';
import type { ServiceTable } from '../../../process/serviceTable.js';
import type { DuplexStream } from '../../../process/grpcStream.js';
import { asBuffer, decode, encode } from '../../../wire/decode.js';
import { common, orderer, protos } from '../../../wire/protobuf.js';

/** A call as a peer sees it. */
interface PeerCall {
    readonly channelId: string;
    readonly chaincode: string;
    readonly args: readonly Buffer[];
    readonly isInit: boolean;
}

/** What the peers and the orderer answer; tests set it before each call. */
export interface Answers {
    propose: (call: PeerCall, peerIndex: number) => protos.ProposalResponse.$Properties;
    /** Validation code of the transactions that are sent. */
    code: number;
    /** Bytes of orderer.DeliverResponse messages for each request. */
    deliver: (request: common.Envelope) => readonly orderer.DeliverResponse.$Properties[];
    /** What the orderer says to a transaction. */
    broadcast: (envelope: common.Envelope) => orderer.BroadcastResponse.$Properties;
}

/** Peers and an orderer that answer as they are told, over TLS, with an identity that may call them. */
export interface StandInNetwork {
    readonly answers: Answers;
    readonly peers: readonly string[];
    readonly orderer: string;
    readonly folder: string;
    readonly tlsRootFile: string;
    readonly mspFolder: string;
    close(): Promise<void>;
}

/** Calls that no test expects. */
export const unexpected: Answers = {
    propose: () => ({ response: { status: 500, message: 'unexpected call' } }),
    code: 0,
    deliver: () => [{ status: 404 }],
    broadcast: () => ({ status: 200 }),
};

export const startStandInNetwork = async (peerCount: number, channelId = 'power'): Promise<StandInNetwork> => {
    const folder = mkdtempSync(join(tmpdir(), 'power-peer-'));
    const files = await writeIdentities(folder);
    const answers: Answers = { ...unexpected };
    const sent = new SentTransactions();
    const tls = { ...files.server, clientRoots: [], clientAuthRequired: false };
    const start = (services: ServiceTable): Promise<GrpcServer> =>
        startGrpcServer({
            address: 'localhost:0',
            tls,
            services,
            maxReceiveBytes: 100 * 1024 * 1024,
            maxSendBytes: 100 * 1024 * 1024,
        });
    const peers = await Promise.all(
        Array.from({ length: peerCount }, (_, index) => start(peerServices(answers, sent, index, channelId))),
    );
    const orderingNode = await start(ordererServices(answers, sent));
    return {
        answers,
        peers: peers.map(({ address }) => address),
        orderer: orderingNode.address,
        folder,
        tlsRootFile: files.tlsRootFile,
        mspFolder: files.mspFolder,
        close: async () => {
            await Promise.all([...peers, orderingNode].map((server) => server.close()));
            rmSync(folder, { recursive: true });
        },
    };
};

class SentTransactions {
    readonly #listeners = new Set<(txId: string) => void>();

    /** Calls the listener for each transaction until the signal is aborted; resolves then. */
    follow(listener: (txId: string) => void, signal: AbortSignal): Promise<void> {
        this.#listeners.add(listener);
        return new Promise((resolve) => {
            signal.addEventListener('abort', () => {
                this.#listeners.delete(listener);
                resolve();
            });
        });
    }

    add(txId: string): void {
        for (const listener of this.#listeners) listener(txId);
    }
}

const peerServices = (answers: Answers, sent: SentTransactions, index: number, channelId: string): ServiceTable => ({
    '/protos.Endorser/ProcessProposal': {
        kind: 'unary',
        handle: (request) =>
            Promise.resolve(encode(protos.ProposalResponse, answers.propose(readCall(request), index))),
    },
    '/protos.Deliver/DeliverFiltered': {
        kind: 'duplex',
        handle: async (stream, { signal }) => {
            // The newest block at the time of the request does not hold the transaction yet.
            await stream.send(filteredBlock(channelId, []));
            await sent.follow((txid) => {
                const code = answers.code === 0 ? {} : { txValidationCode: answers.code };
                void stream.send(filteredBlock(channelId, [{ txid, ...code }]));
            }, signal);
        },
    },
    '/protos.Deliver/Deliver': { kind: 'duplex', handle: (stream) => deliver(answers, stream) },
});

const ordererServices = (answers: Answers, sent: SentTransactions): ServiceTable => ({
    '/orderer.AtomicBroadcast/Broadcast': {
        kind: 'duplex',
        handle: async (stream) => {
            for await (const bytes of stream) {
                const envelope = decode(common.Envelope, bytes, 'Envelope');
                const { header } = decode(common.Payload, asBuffer(envelope.payload), 'Payload');
                const { txId } = decode(common.ChannelHeader, asBuffer(header?.channelHeader), 'ChannelHeader');
                await stream.send(encode(orderer.BroadcastResponse, answers.broadcast(envelope)));
                setTimeout(() => {
                    sent.add(txId);
                }, 20);
            }
        },
    },
    '/orderer.AtomicBroadcast/Deliver': { kind: 'duplex', handle: (stream) => deliver(answers, stream) },
});

const deliver = async (answers: Answers, stream: DuplexStream): Promise<void> => {
    for await (const bytes of stream) {
        for (const response of answers.deliver(decode(common.Envelope, bytes, 'Envelope'))) {
            await stream.send(encode(orderer.DeliverResponse, response));
        }
    }
};

const filteredBlock = (channelId: string, filteredTransactions: protos.FilteredTransaction.$Properties[]): Buffer =>
    encode(protos.DeliverResponse, { filteredBlock: { channelId, number: 1, filteredTransactions } });

const readCall = (request: Buffer): PeerCall => {
    const { proposalBytes } = decode(protos.SignedProposal, request, 'SignedProposal');
    const proposal = decode(protos.Proposal, asBuffer(proposalBytes), 'Proposal');
    const header = decode(common.Header, asBuffer(proposal.header), 'Header');
    const { channelId } = decode(common.ChannelHeader, asBuffer(header.channelHeader), 'ChannelHeader');
    const payload = decode(protos.ChaincodeProposalPayload, asBuffer(proposal.payload), 'ChaincodeProposalPayload');
    const { chaincodeSpec } = decode(
        protos.ChaincodeInvocationSpec,
        asBuffer(payload.input),
        'ChaincodeInvocationSpec',
    );
    return {
        channelId,
        chaincode: chaincodeSpec?.chaincodeId?.name ?? '',
        args: (chaincodeSpec?.input?.args ?? []).map(asBuffer),
        isInit: chaincodeSpec?.input?.isInit ?? false,
    };
};

/** One CA makes the servers' TLS certificate and the caller's identity. */
const writeIdentities = async (
    folder: string,
): Promise<{ server: { certificate: Buffer; key: Buffer }; tlsRootFile: string; mspFolder: string }> => {
    const authority = await openTestAuthority();
    const user = await enrolled(authority.url, 'admin', 'adminpw');
    const { key } = await newRequest('localhost');
    const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
    const profile = authority.ca.settings.profiles.get('tls') ?? authority.ca.settings.defaultProfile;
    const { pem } = await issueCertificate(
        authority.ca.authority,
        {
            subject: { commonName: ['localhost'] },
            publicKey: new PublicKey(new Uint8Array(publicKey)),
            profile,
            alternativeNames: alternativeNamesOf(['localhost', 'orderer0.ord.power.example']),
        },
        new Date(),
    );
    const mspFolder = join(folder, 'msp');
    const write = (path: string, content: string | Buffer): string => {
        mkdirSync(join(folder, path, '..'), { recursive: true });
        writeFileSync(join(folder, path), content);
        return join(folder, path);
    };
    write('msp/signcerts/cert.pem', user.certificate);
    write('msp/keystore/key_sk', user.key.export({ type: 'pkcs8', format: 'pem' }));
    write('msp/cacerts/ca.pem', authority.ca.chainPem);
    const units = ['Client', 'Peer', 'Admin', 'Orderer'].map(
        (unit) => `  ${unit}OUIdentifier: { OrganizationalUnitIdentifier: ${unit.toLowerCase()} }`,
    );
    write('msp/config.yaml', ['NodeOUs:', '  Enable: true', ...units, ''].join('\n'));
    const tlsRootFile = write('tls/ca.crt', authority.ca.chainPem);
    await authority.close();
    const keyPem = Buffer.from(key.export({ type: 'pkcs8', format: 'pem' }));
    return { server: { certificate: Buffer.from(pem), key: keyPem }, tlsRootFile, mspFolder };
};
