// SPDX-License-Identifier: Apache-2.0
import { parseArgs } from 'node:util';

export interface BenchOptions {
    readonly engines: readonly ('embedded' | 'fabric')[];
    readonly seconds: number;
    readonly inFlight: number;
    readonly rounds: number;
    readonly warmUpSeconds: number;
    readonly json: string | undefined;
}

export const usage = `Measures the engine on this machine, on networks of its own that are removed afterwards: time, CPU and memory of
./test-network.sh up deployCC; committed no-ops and puts over 1, 10 and 100000 keys of state; lone puts; evaluations; CPU by
process, memory of the whole network, bytes on disk per transaction; how fast an emptied peer catches up.

  npm run bench:engine [-- FLAGS]

  --engine embedded|fabric|both   what to measure (embedded). "both" alternates rounds and gives ratios; Hyperledger
                                  Fabric is found as test-network.sh finds it (POWER_FABRIC_BIN, ./fabric/bin, PATH)
  --seconds N                     measured seconds of each load in each round (10), after 3 of warm-up
  --inflight N                    transactions under way at the same time (100)
  --rounds N                      rounds of each engine (1; 3 with both); the table shows medians
  --quick                         one round, 3 seconds a load, 1 of warm-up: whether it works, not how fast it is
  --json FILE                     write every figure there as well
  --restart                       measure restarts of peer and orderer instead; --restart --help lists its flags
  --help`;

/** Throws an Error that names the flag when the words cannot be understood; undefined when help is asked for. */
export function parseOptions(words: readonly string[]): BenchOptions | undefined {
    const { values } = parseArgs({
        args: [...words],
        options: {
            engine: { type: 'string', default: 'embedded' },
            seconds: { type: 'string' },
            inflight: { type: 'string', default: '100' },
            rounds: { type: 'string' },
            quick: { type: 'boolean', default: false },
            json: { type: 'string' },
            help: { type: 'boolean', short: 'h', default: false },
        },
    });
    if (values.help) return undefined;
    const engines = { embedded: ['embedded'], fabric: ['fabric'], both: ['embedded', 'fabric'] } as const;
    if (!Object.hasOwn(engines, values.engine)) throw new Error(`--engine ${values.engine}: embedded, fabric or both`);
    const chosen = engines[values.engine as keyof typeof engines];
    return {
        engines: chosen,
        seconds: positive('seconds', values.seconds ?? (values.quick ? '3' : '10')),
        warmUpSeconds: values.quick ? 1 : 3,
        inFlight: positive('inflight', values.inflight),
        rounds: positive('rounds', values.rounds ?? (chosen.length > 1 && !values.quick ? '3' : '1')),
        json: values.json,
    };
}

function positive(name: string, text: string): number {
    const value = Number(text);
    if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} ${text}: a whole number above 0 is needed`);
    return value;
}
