// SPDX-License-Identifier: Apache-2.0
import type { Flag } from '../flags.js';

/** Flags of every command that may talk to an orderer (internal/peer/common/ordererenv.go). */
export const ordererFlags: readonly Flag[] = [
    { name: 'orderer', short: 'o', kind: 'string', help: 'Ordering service endpoint' },
    { name: 'tls', kind: 'boolean', help: 'Use TLS when communicating with the orderer endpoint' },
    { name: 'clientauth', kind: 'boolean', help: 'Use mutual TLS when communicating with the orderer endpoint' },
    {
        name: 'cafile',
        kind: 'string',
        help: 'Path to file containing PEM-encoded trusted certificate(s) for the ordering endpoint',
    },
    {
        name: 'keyfile',
        kind: 'string',
        help: 'Path to file containing PEM-encoded private key to use for mutual TLS communication with the orderer endpoint',
    },
    {
        name: 'certfile',
        kind: 'string',
        help: 'Path to file containing PEM-encoded X509 public key to use for mutual TLS communication with the orderer endpoint',
    },
    {
        name: 'ordererTLSHostnameOverride',
        kind: 'string',
        help: 'The hostname override to use when validating the TLS connection to the orderer',
    },
    { name: 'connTimeout', kind: 'duration', fallback: '3s', help: 'Timeout for client to connect' },
    {
        name: 'tlsHandshakeTimeShift',
        kind: 'duration',
        help: 'The amount of time to shift backwards for certificate expiration checks during TLS handshakes with the orderer endpoint',
    },
];

export const transientFlag: Flag = {
    name: 'transient',
    kind: 'string',
    help: 'Transient map of arguments in JSON encoding',
};

const waitHelp =
    "Time to wait for the event from each peer's deliver filtered service signifying that the 'invoke' transaction has been committed successfully";

/** Flags shared by verbs, by name (internal/peer/lifecycle/chaincode/chaincode.go, internal/peer/channel/channel.go). */
const shared = {
    blockpath: { short: 'b', kind: 'string', help: 'Path to file containing genesis block' },
    channelID: { short: 'C', kind: 'string', help: 'The channel on which this command should be executed' },
    bestEffort: {
        kind: 'boolean',
        help: 'Whether fetch requests should ignore errors and return blocks on a best effort basis',
    },
    name: { short: 'n', kind: 'string', help: 'Name of the chaincode' },
    version: { short: 'v', kind: 'string', help: 'Version of the chaincode' },
    sequence: { kind: 'integer', help: 'The sequence number of the chaincode definition for the channel' },
    label: { kind: 'string', help: 'The package label contains a human-readable description of the package' },
    lang: { short: 'l', kind: 'string', fallback: 'golang', help: 'Language the chaincode is written in' },
    path: { short: 'p', kind: 'string', help: 'Path to the chaincode' },
    'package-id': { kind: 'string', help: 'The identifier of the chaincode install package' },
    'endorsement-plugin': {
        short: 'E',
        kind: 'string',
        help: 'The name of the endorsement plugin to be used for this chaincode',
    },
    'validation-plugin': {
        short: 'V',
        kind: 'string',
        help: 'The name of the validation plugin to be used for this chaincode',
    },
    'signature-policy': {
        kind: 'string',
        help: 'The endorsement policy associated to this chaincode specified as a signature policy',
    },
    'channel-config-policy': {
        kind: 'string',
        help: 'The endorsement policy associated to this chaincode specified as a channel config policy reference',
    },
    'init-required': { kind: 'boolean', help: "Whether the chaincode requires invoking 'init'" },
    'collections-config': {
        kind: 'string',
        help: 'The fully qualified path to the collection JSON file including the file name',
    },
    peerAddresses: { kind: 'array', help: 'The addresses of the peers to connect to' },
    tlsRootCertFiles: {
        kind: 'array',
        help: 'If TLS is enabled, the paths to the TLS root cert files of the peers to connect to. The order and number of certs specified should match the --peerAddresses flag',
    },
    connectionProfile: {
        kind: 'string',
        help: 'The fully qualified path to the connection profile that provides the necessary connection information for the network. Note: currently only supported for providing peer connection information',
    },
    targetPeer: {
        kind: 'string',
        help: 'When using a connection profile, the name of the peer to target for this action',
    },
    waitForEvent: {
        kind: 'boolean',
        fallback: 'true',
        help: "Whether to wait for the event from each peer's deliver filtered service signifying that the transaction has been committed successfully",
    },
    waitForEventTimeout: { kind: 'duration', fallback: '30s', help: waitHelp },
    output: {
        short: 'O',
        kind: 'string',
        help: 'The output format for query results. Default is human-readable plain-text. json is currently the only supported format.',
    },
    inspect: {
        kind: 'boolean',
        help: "If inspect is enabled, output additional information to identify discrepancies when an organization's approval is false",
    },
    'output-directory': {
        kind: 'string',
        help: 'The output directory to use when writing a chaincode install package to disk. Default is the current working directory.',
    },
} as const satisfies Record<string, Omit<Flag, 'name'>>;

/** The shared flags of the given names. */
export function sharedFlags(...names: readonly (keyof typeof shared)[]): readonly Flag[] {
    return names.map((name) => ({ name, ...shared[name] }));
}
