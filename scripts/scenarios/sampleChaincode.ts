// SPDX-License-Identifier: Apache-2.0
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { packageIdOf, writeChaincodePackage } from '@power-currency/engine/lifecycle/chaincodePackage.js';
import type { PeerCommands } from './peerCommands';
import type { TestNetwork } from './testNetwork';

const source = resolve(__dirname, '../../network/engine/fixtures/fabric-3.1.5/common/chaincode.js');

interface Definition {
    readonly name: string;
    readonly sequence: number;
    /** In Fabric's notation. */
    readonly policy: string;
}

/** A chaincode that does whatever its functions are called: one process serves the peers of all organisations. */
export class SampleChaincode {
    readonly packageId: string;
    readonly #process: ChildProcess;
    readonly #archive: string;

    private constructor(packageId: string, archive: string, process: ChildProcess) {
        this.packageId = packageId;
        this.#archive = archive;
        this.#process = process;
    }

    /** `says` is what its function `who` answers. */
    static async start(network: TestNetwork, label: string, port: number, says: string): Promise<SampleChaincode> {
        const address = `localhost:${String(port)}`;
        const connection = { address, dial_timeout: '10s', tls_required: false };
        const bytes = await writeChaincodePackage({ type: 'ccaas', label, path: '' }, [
            { name: 'connection.json', content: Buffer.from(JSON.stringify(connection)) },
        ]);
        const archive = join(network.dir, `${label}.tar.gz`);
        writeFileSync(archive, bytes);
        const packageId = packageIdOf(label, bytes);
        const env = { ...network.environment, ORG: says, CORE_CHAINCODE_LOGGING_LEVEL: 'error' };
        const started = spawn(process.execPath, ['--no-deprecation', source, packageId, address], {
            env,
            stdio: ['ignore', 'pipe', 'inherit'],
        });
        await once(started.stdout, 'data');
        return new SampleChaincode(packageId, archive, started);
    }

    /** Installs the package with every organisation. */
    async install(commands: PeerCommands, organisations: readonly string[]): Promise<void> {
        for (const organisation of organisations) {
            await commands.run(organisation, 'lifecycle', 'chaincode', 'install', this.#archive);
        }
    }

    /** Every organisation approves the definition with this package. */
    async approve(commands: PeerCommands, organisations: readonly string[], definition: Definition): Promise<void> {
        for (const organisation of organisations) {
            const approve = ['lifecycle', 'chaincode', 'approveformyorg', '--package-id', this.packageId];
            await commands.run(organisation, ...approve, ...definitionFlags(commands, definition));
        }
    }

    stop(): void {
        this.#process.kill();
    }
}

/** Commits a definition that the organisations have approved, endorsed by all of them. */
export async function commitDefinition(
    commands: PeerCommands,
    organisations: readonly string[],
    definition: Definition,
): Promise<void> {
    const [first = ''] = organisations;
    const flags = [...definitionFlags(commands, definition), ...commands.endorserFlags(...organisations)];
    await commands.run(first, 'lifecycle', 'chaincode', 'commit', ...flags);
}

function definitionFlags(commands: PeerCommands, { name, sequence, policy }: Definition): string[] {
    return [
        ...['-C', 'power', '-n', name, '-v', String(sequence), '--sequence', String(sequence)],
        ...['--signature-policy', policy],
        ...commands.ordererFlags,
    ];
}
