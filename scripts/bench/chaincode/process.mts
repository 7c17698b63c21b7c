// SPDX-License-Identifier: Apache-2.0
import { SimulatedMember, simulatedIdentity, simulatedPackageId } from '@power-currency/chaincode/testing';
import { freePort } from '@power-currency/engine/process/freePort.js';
import { GrpcChannel } from '@power-currency/engine/process/grpcClient.js';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectDir } from '../../network/consortium.mts';
import { cpuMs } from '../counters.mts';

/** A chaincode process as a member runs it, and the peer it works for. */
export interface MeasuredChaincode {
    readonly member: SimulatedMember;
    /** CPU the process has used so far, with all its threads, in milliseconds. */
    cpuMs(): number;
    stop(): Promise<void>;
}

const connectPath = '/protos.Chaincode/Connect';

/** Starts the built chaincode with mutual TLS and connects to it; `nodeFlags` come before those it always runs with. */
export async function startChaincode(nodeFlags: readonly string[]): Promise<MeasuredChaincode> {
    const dir = mkdtempSync(join(tmpdir(), 'power-bench-chaincode-'));
    const [chaincode, peer] = ['chaincode', 'peer'].map((enrolmentId) =>
        simulatedIdentity({ mspId: 'AuthorityMSP', enrolmentId, units: [] }),
    );
    if (chaincode === undefined || peer === undefined) throw new Error('no identities');
    const keyOf = ({ privateKey }: typeof peer): string =>
        privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    writeFileSync(join(dir, 'key.pem'), keyOf(chaincode), { mode: 0o600 });
    writeFileSync(join(dir, 'cert.pem'), chaincode.certificatePem);
    writeFileSync(join(dir, 'peer.pem'), peer.certificatePem);
    const address = `127.0.0.1:${String(await freePort())}`;
    const child = spawn(
        process.execPath,
        [...nodeFlags, '--enable-source-maps', '--max-semi-space-size=8', join(projectDir, 'chaincode/dist/main.js')],
        {
            stdio: ['ignore', 'ignore', 'inherit'],
            env: {
                PATH: process.env.PATH,
                CHAINCODE_SERVER_ADDRESS: address,
                CORE_CHAINCODE_ID_NAME: simulatedPackageId,
                // A line for each call of the baseline would be most of its price.
                CORE_CHAINCODE_LOGGING_LEVEL: 'critical',
                CHAINCODE_TLS_KEY_FILE: join(dir, 'key.pem'),
                CHAINCODE_TLS_CERT_FILE: join(dir, 'cert.pem'),
                CHAINCODE_TLS_CLIENT_CACERT_FILE: join(dir, 'peer.pem'),
            },
        },
    );
    process.once('exit', () => child.kill('SIGKILL'));
    const tls = {
        roots: [Buffer.from(chaincode.certificatePem)],
        key: Buffer.from(keyOf(peer)),
        certificate: Buffer.from(peer.certificatePem),
        serverName: 'chaincode',
    };
    const channel = new GrpcChannel({ address, tls });
    const member = await connect(channel).catch(async (error: unknown) => {
        await ended(child);
        throw error;
    });
    const pid = child.pid ?? 0;
    return {
        member,
        cpuMs: () => cpuMs(pid),
        stop: async () => {
            member.close();
            channel.close();
            await ended(child);
            rmSync(dir, { recursive: true });
        },
    };
}

async function connect(channel: GrpcChannel): Promise<SimulatedMember> {
    await channel.waitForReady(10_000);
    return SimulatedMember.connect('AuthorityMSP', channel.duplex(connectPath));
}

async function ended(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null) return;
    const exit = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await exit;
}
