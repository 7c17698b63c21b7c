// SPDX-License-Identifier: Apache-2.0
import './server/logLevel.js';
import { contractClasses } from './contractClasses.js';
import { chaincodeOf, chaincodeVersion } from './server/chaincode.js';
import { startServer } from './server/chaincodeServer.js';
import { nodePlatform } from './platform/nodePlatform.js';
import { quietShim } from './server/quietShim.js';
import { rememberShimCertificates } from './server/shimCertificates.js';
import { serverSettings } from './server/serverSettings.js';

/** Serves the chaincode to its organisation's peer until it is told to stop. */
async function main(): Promise<void> {
    // fabric-shim 2.5.8 still calls a function of grpc-js that no longer does anything.
    process.noDeprecation = true;
    quietShim();
    rememberShimCertificates();
    const settings = serverSettings(process.env);
    const server = await startServer(chaincodeOf(contractClasses(nodePlatform)), settings);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void server.stop());
    console.error(`power-currency ${chaincodeVersion()} listens on ${settings.address} as ${settings.chaincodeId}`);
}

main().catch((thrown: unknown) => {
    console.error(`the chaincode cannot start: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    process.exitCode = 1;
});
