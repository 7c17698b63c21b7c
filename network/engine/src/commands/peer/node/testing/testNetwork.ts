// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildGenesisBlock } from '../../../../channel/testing/buildGenesisBlock.js';
import { plainConfigtx } from '../../../../channel/plainConfigtx.js';
import { callParticipation, type HttpReply } from '../../../osnadmin/participationClient.js';
import { TestAuthority } from '../../../../identity/testing/testAuthority.js';
import { encode } from '../../../../wire/decode.js';
import { common } from '../../../../wire/protobuf.js';
import { MemberNode } from './memberNode.js';
import { ordererYaml } from './networkConfiguration.js';
import { freePort } from '../../../../process/freePort.js';
import { bundleExecutable, NodeProcess } from './nodeProcess.js';

export const channelId = 'testchannel';

interface TestNetworkOptions {
    readonly mspIds: readonly string[];
    readonly batchTimeout?: string;
    readonly maxMessageCount?: number;
}

/** A network of separate processes in a temporary folder: one orderer, and a peer and a chaincode per organisation. */
export interface TestNetwork {
    /** Holds everything; a folder for each member by its MSP id. */
    readonly directory: string;
    readonly orderer: NodeProcess;
    readonly genesis: Buffer;
    /** A genesis block of the same configuration, made now. */
    otherGenesis(): Buffer;
    readonly members: readonly MemberNode[];
    /** Milliseconds from start to readiness, by process. */
    readonly startMs: ReadonlyMap<string, number>;
    /** Asks the orderer at its admin listener. */
    participation(method: 'POST' | 'DELETE' | 'GET', path: string, block?: Buffer): Promise<HttpReply>;
    close(): Promise<void>;
}

/** Starts everything and joins orderer and peers to the channel; chaincode runs but is not installed. */
export async function startTestNetwork(options: TestNetworkOptions): Promise<TestNetwork> {
    const directory = mkdtempSync(join(tmpdir(), 'peers-'));
    const orderers = new TestAuthority(directory, 'OrdererMSP');
    orderers.member('orderer0', 'orderer');
    const ordererTls = orderers.tlsFolder('orderer0');
    const peerBundle = bundleExecutable('peer', directory);
    const members: MemberNode[] = [];
    for (const mspId of options.mspIds) members.push(await MemberNode.create(directory, mspId, peerBundle));
    const ordererPort = await freePort();
    const configtx = plainConfigtx({
        directory,
        ordererTls,
        ordererPort,
        members: members.map(({ mspId, port }) => ({ mspId, anchorPort: port })),
        batch: {
            batchTimeout: options.batchTimeout ?? '100ms',
            maxMessageCount: options.maxMessageCount ?? 500,
            absoluteMaxBytes: '10 MB',
            preferredMaxBytes: '4 MB',
        },
    });
    mkdirSync(join(directory, 'config'));
    writeFileSync(join(directory, 'config', 'configtx.yaml'), configtx);
    writeFileSync(
        join(directory, 'orderer.yaml'),
        ordererYaml(directory, ordererPort, ordererTls, orderers.tlsRootFile),
    );
    const otherGenesis = (): Buffer =>
        encode(common.Block, buildGenesisBlock({ configPath: join(directory, 'config'), profile: 'Test', channelId }));
    const genesis = otherGenesis();
    const orderer = new NodeProcess({
        args: [bundleExecutable('orderer', directory), 'start'],
        env: {
            FABRIC_CFG_PATH: directory,
            FABRIC_LOGGING_FORMAT: '%{message}',
            FABRIC_LOGGING_SPEC: 'orderer.common.server=info:error',
        },
        ready: /Beginning to serve requests on \S+ admin=(\S+)/,
    });
    const participation: TestNetwork['participation'] = (method, path, block) =>
        callOrderer(orderer, { authority: orderers, tls: ordererTls }, { method, path, block });
    const close = async (): Promise<void> => {
        await Promise.all([orderer.end(), ...members.map((member) => member.close())]);
        rmSync(directory, { recursive: true });
    };
    try {
        const startMs = new Map([['orderer', await orderer.start()]]);
        const joined = await participation('POST', '/participation/v1/channels', genesis);
        if (joined.status !== 201) throw new Error(`the orderer did not join: ${joined.body.toString()}`);
        for (const member of members) {
            startMs.set(member.mspId, await member.peer.start());
            await member.chaincode.start();
            await member.join(genesis);
        }
        return { directory, orderer, genesis, otherGenesis, members, startMs, participation, close };
    } catch (error) {
        await close();
        throw error;
    }
}

function callOrderer(
    orderer: NodeProcess,
    { authority, tls }: { readonly authority: TestAuthority; readonly tls: string },
    {
        method,
        path,
        block,
    }: { readonly method: 'POST' | 'DELETE' | 'GET'; readonly path: string; readonly block: Buffer | undefined },
): Promise<HttpReply> {
    return callParticipation({
        method,
        orderer: /admin=(\S+)/.exec(orderer.output)?.[1] ?? '',
        path,
        tls: {
            roots: [readFileSync(authority.tlsRootFile)],
            certificate: readFileSync(join(tls, 'server.crt')),
            key: readFileSync(join(tls, 'server.key')),
        },
        ...(block !== undefined && { file: { part: 'config-block', name: 'config.block', content: block } }),
    });
}
