// SPDX-License-Identifier: Apache-2.0

interface EnvironmentVariable {
    readonly name: string;
    readonly read: string;
    readonly meaning: string;
}

/** Every variable of our own that a user may set; a repository rule compares this list with the code. */
export const environmentVariables: readonly EnvironmentVariable[] = [
    {
        name: 'POWER_FABRIC_BIN',
        read: 'test-network.sh',
        meaning: 'Folder of Hyperledger Fabric’s executables, looked at before `./fabric/bin` and PATH.',
    },
    {
        name: 'POWER_NETWORK_DIR',
        read: 'test-network.sh, power',
        meaning: 'Where the network keeps its state; `.network` in the project by default.',
    },
    {
        name: 'POWER_PORT_OFFSET',
        read: 'test-network.sh',
        meaning: 'Added to every port, so that a second network can run beside the first.',
    },
    {
        name: 'POWER_FAULTS_TOKEN',
        read: 'peer, orderer, fabric-ca-server',
        meaning: 'Enables fault switches, on loopback only; who shows the token switches. For tests.',
    },
    {
        name: 'POWER_FAULTS_AT',
        read: 'peer, orderer, fabric-ca-server',
        meaning: 'Faults at named steps, `POINT=kill:N` or `POINT=full:N`; needs `POWER_FAULTS_TOKEN`. For tests.',
    },
    {
        name: 'POWER_LAW_OPERATIONS',
        read: 'npm test',
        meaning: 'How many random operations test the laws of money; 2000 by default. `npm run laws` sets it.',
    },
    {
        name: 'POWER_LAW_SEED',
        read: 'npm test',
        meaning: 'What those operations are drawn from; always the same by default.',
    },
    {
        name: 'POWER_LAW_YEARS',
        read: 'npm test',
        meaning: 'How many years of attested days test the laws of coverage; 200 by default. `npm run laws` sets it.',
    },
    {
        name: 'POWER_ENTSOE_SAMPLES',
        read: 'npm test',
        meaning: 'Folder of documents as ENTSO-E published them; each of them must load. Skipped where there is none.',
    },
    {
        name: 'POWER_CONFIG',
        read: 'power',
        meaning: 'File of contexts; `power.yaml` in the network’s folder by default.',
    },
    {
        name: 'POWER_CONTEXT',
        read: 'power',
        meaning: 'Context to use: an identity and a peer of its organisation.',
    },
];
