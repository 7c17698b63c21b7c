// SPDX-License-Identifier: Apache-2.0
import type { NetworkOptions } from './network.mts';

export const verbs = [
    ...['prereq', 'up', 'createChannel', 'deployCC', 'deployCCAAS', 'demo', 'status', 'logs', 'env', 'cc'],
    ...['restart', 'stop', 'start', 'down'],
] as const;
export type Verb = (typeof verbs)[number];

export interface Options extends NetworkOptions {
    readonly version: string;
    readonly sequence: number | undefined;
    readonly organisation: string;
    readonly user: string;
    readonly verbose: boolean;
    readonly follow: boolean;
    readonly json: boolean;
    readonly constructorJson: string | undefined;
}

export interface CommandLine {
    readonly verbs: readonly Verb[];
    /** Words after the verb that are no flags: a process name, an organisation, `invoke` or `query`. */
    readonly words: readonly string[];
    readonly options: Options;
    /** `demo` hands what it does not know itself to the demonstration. */
    readonly demoArguments: readonly string[];
}

export class UsageError extends Error {}

export const help = `Usage: ./test-network.sh VERB [FLAGS]

Brings up a Power Currency network on this machine: four organisations, each with a CA, a peer and a
chaincode process of its own, and an ordering node.

  prereq             what is installed, what would run, how to install Hyperledger Fabric
  up                 start CAs, enrol every identity, start orderer and peers  (\`up createChannel\` does both)
  createChannel      make the channel and let every node join                  (starts the network if needed)
  deployCC           install, approve and commit the chaincode, start its processes
  deployCCAAS        the same: the chaincode always runs as a service here
  demo               all of the above, then one whole energy day
                     [--load FILE ...] [--day YYYY-MM-DD] [--report FILE]
  status             every process with pid, ports, memory; every peer with height and block hash
  logs [NAME] [-f]   the end of one log, or of all; -f follows
  env ORG            shell settings to act as ORG:  eval "$(./test-network.sh env regulator)"
  cc invoke|query    call the chaincode as -org:    cc query -org regulator -args '{"Args":["PowerCredit:DescribeSupply","{}"]}'
  stop [NAME]        stop one process, or all; state is kept
  start [NAME]       start it again, or all
  restart NAME       stop, then start
  down               stop everything and remove every trace

Flags
  -engine auto|embedded|fabric   who answers to Fabric's names (auto: Hyperledger Fabric if 3.1.5 or newer is found)
  -orderers 1|3                  Raft orderers (3 needs Hyperledger Fabric)
  -bft                           four SmartBFT orderers (needs Hyperledger Fabric)
  -c NAME                        channel (power)
  -ccn NAME                      chaincode name (power-currency)
  -ccv VERSION                   chaincode version (1.0)
  -ccs N                         sequence of the chaincode definition (the next one)
  -org ORG  -user USER           who acts in \`cc\` (authority, client)
  -args JSON                     what to call in \`cc\`
  -o json                        \`status\` as JSON
  -verbose                       stack traces on failure
  -h                             this text

Every flag may be written with two dashes. State is kept in .network (POWER_NETWORK_DIR); POWER_PORT_OFFSET moves all ports;
POWER_FABRIC_BIN names the folder of Fabric's executables.
`;

interface MutableOptions {
    engine: string;
    orderers: number | undefined;
    bft: boolean;
    channel: string | undefined;
    chaincode: string | undefined;
    version: string;
    sequence: number | undefined;
    organisation: string;
    user: string;
    verbose: boolean;
    follow: boolean;
    json: boolean;
    constructorJson: string | undefined;
}

const settersWithValue: Readonly<Record<string, (options: MutableOptions, value: string) => void>> = {
    engine: (options, value) => (options.engine = oneOf('-engine', value, ['auto', 'embedded', 'fabric'])),
    orderers: (options, value) => (options.orderers = positive('-orderers', value)),
    c: (options, value) => (options.channel = value),
    ccn: (options, value) => (options.chaincode = value),
    ccv: (options, value) => (options.version = value),
    ccs: (options, value) => (options.sequence = positive('-ccs', value)),
    org: (options, value) => (options.organisation = value),
    user: (options, value) => (options.user = value),
    args: (options, value) => (options.constructorJson = value),
    o: (options, value) => (options.json = oneOf('-o', value, ['json', 'table']) === 'json'),
};
const switches: Readonly<Record<string, (options: MutableOptions) => void>> = {
    bft: (options) => (options.bft = true),
    verbose: (options) => (options.verbose = true),
    f: (options) => (options.follow = true),
};
const demoFlags = new Set(['load', 'day', 'report']);

/** @throws UsageError for an unknown verb or flag, or a flag without its value. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
    const options: MutableOptions = {
        ...{ engine: 'auto', orderers: undefined, bft: false, channel: undefined, chaincode: undefined },
        ...{ version: '1.0', sequence: undefined, organisation: 'authority', user: 'client' },
        ...{ verbose: false, follow: false, json: false, constructorJson: undefined },
    };
    const named: Verb[] = [];
    const words: string[] = [];
    const demoArguments: string[] = [];
    const rest = [...argv];
    for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
        if (!word.startsWith('-')) {
            if (isVerb(word) && words.length === 0) named.push(word);
            else words.push(word);
            continue;
        }
        const flag = word.replace(/^--?/, '');
        if (demoFlags.has(flag) && named.includes('demo')) {
            demoArguments.push(`--${flag}`, ...takeDemoValues(rest, word));
        } else if (switches[flag]) {
            switches[flag](options);
        } else if (settersWithValue[flag]) {
            settersWithValue[flag](options, takeValue(rest, word));
        } else {
            throw new UsageError(`Unknown flag: ${word}`);
        }
    }
    if (named.length === 0)
        throw new UsageError(words[0] === undefined ? 'No verb given.' : `Unknown verb: ${words[0]}`);
    return { verbs: named, words, options, demoArguments };
}

function isVerb(word: string): word is Verb {
    return (verbs as readonly string[]).includes(word);
}

function takeValue(rest: string[], flag: string): string {
    const value = rest.shift();
    if (value === undefined || value === '') throw new UsageError(`${flag} needs a value.`);
    return value;
}

/** `--load` takes every file up to the next flag. */
function takeDemoValues(rest: string[], flag: string): string[] {
    const values = [takeValue(rest, flag)];
    while (flag.endsWith('load') && rest[0] !== undefined && !rest[0].startsWith('-')) values.push(rest.shift() ?? '');
    return values;
}

function oneOf(flag: string, value: string, allowed: readonly string[]): string {
    if (!allowed.includes(value)) throw new UsageError(`${flag} takes ${allowed.join(', ')}; not "${value}".`);
    return value;
}

function positive(flag: string, value: string): number {
    if (!/^[1-9]\d{0,8}$/.test(value)) throw new UsageError(`${flag} takes a whole number from 1; not "${value}".`);
    return Number(value);
}
