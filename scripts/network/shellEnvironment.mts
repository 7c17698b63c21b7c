// SPDX-License-Identifier: Apache-2.0
import { peerEnvironment } from './commands.mts';
import { caCertificate, organisationNamed } from './consortium.mts';
import type { Network } from './network.mts';
import { say } from './progress.mts';

/** Prints what a shell needs to act as an organisation: `eval "$(./test-network.sh env regulator)"`. */
export function printShellEnvironment(network: Network, name: string): void {
    const organisation = organisationNamed(network.consortium, name);
    const [ordering] = network.orderingOrganisations;
    const settings: Record<string, string> = {
        ...peerEnvironment(organisation),
        FABRIC_CFG_PATH: network.engine.configDir,
        ...(ordering === undefined
            ? {}
            : {
                  ORDERER_CA: caCertificate(ordering),
                  ORDERER_ADDRESS: `localhost:${String(ordering.ports.orderer)}`,
              }),
        FABRIC_LOGGING_SPEC: 'warning:grpc=error',
    };
    say(`export PATH=${quoted(network.engine.binDir)}:"$PATH"`);
    for (const [key, value] of Object.entries(settings)) say(`export ${key}=${quoted(value)}`);
}

/** POSIX single quotes: nothing inside is expanded by the shell that evaluates the line. */
function quoted(text: string): string {
    return `'${text.replaceAll("'", `'\\''`)}'`;
}
