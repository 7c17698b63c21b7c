// SPDX-License-Identifier: Apache-2.0
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { executablesOf } from './executables';
import type { TestNetwork } from './testNetwork';

const execute = promisify(execFile);

/** The `peer` command as administrators of the organisations use it; other work goes on meanwhile. */
export class PeerCommands {
    readonly #network: TestNetwork;
    readonly #executables: ReturnType<typeof executablesOf>;
    readonly #environments = new Map<string, NodeJS.ProcessEnv>();

    constructor(network: TestNetwork, engine = network.engine) {
        this.#network = network;
        this.#executables = executablesOf(engine);
    }

    /** What the command prints; rejects with its errors when it fails. */
    async run(organisation: string, ...args: readonly string[]): Promise<string> {
        const env = this.#environmentOf(organisation);
        const { stdout } = await execute(join(this.#executables.binDir, 'peer'), [...args], { env, timeout: 60_000 });
        return stdout;
    }

    /** Flags that lead to the orderer. */
    get ordererFlags(): readonly string[] {
        const cafile = join(this.#network.organisationDir('authority'), 'msp/cacerts/ca.pem');
        return ['-o', `localhost:${String(this.#network.port(7050))}`, '--tls', '--cafile', cafile];
    }

    /** Flags that ask the peers of these organisations to endorse. */
    endorserFlags(...organisations: readonly string[]): readonly string[] {
        return organisations.flatMap((organisation) => {
            const environment = this.#environmentOf(organisation);
            return [
                ...['--peerAddresses', environment.CORE_PEER_ADDRESS ?? ''],
                ...['--tlsRootCertFiles', environment.CORE_PEER_TLS_ROOTCERT_FILE ?? ''],
            ];
        });
    }

    #environmentOf(organisation: string): NodeJS.ProcessEnv {
        const known = this.#environments.get(organisation);
        if (known !== undefined) return known;
        const exports = this.#network.succeed('env', organisation).matchAll(/^export (\w+)='(.*)'$/gm);
        const environment = {
            ...this.#network.environment,
            ...Object.fromEntries(Array.from(exports, ([, key, value]) => [key, value])),
            FABRIC_CFG_PATH: this.#executables.configDir,
            FABRIC_LOGGING_SPEC: 'error',
        };
        this.#environments.set(organisation, environment);
        return environment;
    }
}
