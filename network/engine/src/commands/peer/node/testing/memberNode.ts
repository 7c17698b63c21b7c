// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestAuthority } from '../../../../identity/testing/testAuthority.js';
import { loadLocalMsp } from '../../../../identity/localMsp.js';
import { writeChaincodePackage, packageIdOf } from '../../../../lifecycle/chaincodePackage.js';
import { GrpcChannel } from '../../../../process/grpcClient.js';
import { decode, encode, asBuffer } from '../../../../wire/decode.js';
import { newSignedProposal, type Signer } from '../../../../wire/envelope.js';
import { lifecycle, protos } from '../../../../wire/protobuf.js';
import { coreYaml } from './networkConfiguration.js';
import { freePort } from '../../../../process/freePort.js';
import { NodeProcess } from './nodeProcess.js';

const engine = join(__dirname, '../../../../..');
const chaincodeSource = join(engine, 'fixtures/fabric-3.1.5/common/chaincode.js');
const chaincodeStart = `
const { readFileSync } = require('node:fs');
const [, source, ccid, address, tls] = process.argv;
const Chaincode = require(source);
const options = { ccid, address, 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1,
    tlsProps: { key: readFileSync(tls + '/server.key'), cert: readFileSync(tls + '/server.crt'), clientCACerts: readFileSync(tls + '/root.pem') } };
require('fabric-shim').server(new Chaincode(), options).start().then(() => console.log('serving'));
`;

/** One organisation of a test network: its identities, its peer and its chaincode process. */
export class MemberNode {
    readonly mspId: string;
    readonly authority: TestAuthority;
    readonly port: number;
    readonly peer: NodeProcess;
    readonly chaincode: NodeProcess;
    readonly packageId: string;
    readonly admin: Signer;
    readonly #packageBytes: Buffer;
    #channel: GrpcChannel | undefined;
    #installed: Promise<string> | undefined;

    private constructor(fields: {
        authority: TestAuthority;
        port: number;
        peer: NodeProcess;
        chaincode: NodeProcess;
        packageBytes: Buffer;
    }) {
        this.authority = fields.authority;
        this.mspId = fields.authority.mspId;
        this.port = fields.port;
        this.peer = fields.peer;
        this.chaincode = fields.chaincode;
        this.#packageBytes = fields.packageBytes;
        this.packageId = packageIdOf('vector_1', fields.packageBytes);
        this.admin = loadLocalMsp(fields.authority.mspFolder('admin'), this.mspId).signer;
    }

    /** Makes identities, configuration and the chaincode package; starts nothing. */
    static async create(directory: string, mspId: string, peerBundle: string): Promise<MemberNode> {
        const authority = new TestAuthority(directory, mspId);
        authority.member('peer0', 'peer');
        authority.member('admin', 'admin');
        authority.member('user', 'client');
        const [port, chaincodePort] = [await freePort(), await freePort()];
        const tls = authority.tlsFolder('peer0');
        const chaincodeTls = authority.tlsFolder('chaincode');
        const root = readFileSync(authority.tlsRootFile);
        writeFileSync(join(chaincodeTls, 'root.pem'), root);
        const folder = join(directory, mspId);
        mkdirSync(join(folder, 'config'));
        writeFileSync(join(folder, 'config', 'core.yaml'), coreYaml(folder, mspId, port, tls));
        const packageBytes = await chaincodePackage(`localhost:${String(chaincodePort)}`, tls, root.toString());
        const peer = new NodeProcess({
            args: [peerBundle, 'node', 'start'],
            env: {
                FABRIC_CFG_PATH: join(folder, 'config'),
                FABRIC_LOGGING_SPEC: 'nodeCmd=info:error',
            },
            ready: /Started peer with ID/,
        });
        const chaincode = new NodeProcess({
            args: [
                '-e',
                chaincodeStart,
                '--',
                chaincodeSource,
                packageIdOf('vector_1', packageBytes),
                `localhost:${String(chaincodePort)}`,
                chaincodeTls,
            ],
            env: { ORG: mspId, CORE_CHAINCODE_LOGGING_LEVEL: 'error' },
            ready: /serving/,
        });
        return new MemberNode({ authority, port, peer, chaincode, packageBytes });
    }

    /** gRPC to the peer. */
    get connection(): GrpcChannel {
        this.#channel ??= new GrpcChannel({
            address: `localhost:${String(this.port)}`,
            tls: { roots: [readFileSync(this.authority.tlsRootFile)] },
        });
        return this.#channel;
    }

    /** Runs a proposal on this peer alone; throws unless its status is 200. */
    async propose(channelId: string, chaincode: string, args: readonly Buffer[], signer = this.admin): Promise<Buffer> {
        const { signedProposal } = newSignedProposal(signer, { channelId, chaincode, args });
        const path = '/protos.Endorser/ProcessProposal';
        const bytes = await this.connection.unary(path, encode(protos.SignedProposal, signedProposal));
        const { response } = decode(protos.ProposalResponse, bytes, 'ProposalResponse');
        if (response?.status !== 200) throw new Error(`${String(response?.status)} ${response?.message ?? ''}`);
        return asBuffer(response.payload);
    }

    join(genesis: Buffer): Promise<Buffer> {
        return this.propose('', 'cscc', [Buffer.from('JoinChain'), genesis]);
    }

    /** Installs the package unless this did so before; the package's id. */
    installOnce(): Promise<string> {
        this.#installed ??= this.install();
        return this.#installed;
    }

    async install(): Promise<string> {
        const args = encode(lifecycle.InstallChaincodeArgs, { chaincodeInstallPackage: this.#packageBytes });
        const result = await this.propose('', '_lifecycle', [Buffer.from('InstallChaincode'), args]);
        return decode(lifecycle.InstallChaincodeResult, result, 'InstallChaincodeResult').packageId;
    }

    async close(): Promise<void> {
        this.#channel?.close();
        await Promise.all([this.peer.end(), this.chaincode.end()]);
    }
}

function chaincodePackage(address: string, tls: string, root: string): Promise<Buffer> {
    const connection = {
        address,
        dial_timeout: '5s',
        tls_required: true,
        client_auth_required: true,
        root_cert: root,
        client_key: readFileSync(join(tls, 'server.key'), 'utf8'),
        client_cert: readFileSync(join(tls, 'server.crt'), 'utf8'),
    };
    const content = Buffer.from(JSON.stringify(connection));
    return writeChaincodePackage({ type: 'ccaas', label: 'vector_1', path: '' }, [
        { name: 'connection.json', content },
    ]);
}
