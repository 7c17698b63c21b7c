// SPDX-License-Identifier: Apache-2.0
import { createInterface } from 'node:readline';
import { type Readable } from 'node:stream';
import { type Command } from 'commander';
import { Failure, isFailure } from '../../application/failure.js';
import { type Broker, followBroker } from '../brokerMessages.js';
import { DEFAULT_ENERGY_DIR } from '../energyFiles.js';
import { ExitCode } from '../exitCodes.js';
import { MeterJournal } from '../meterJournal.js';
import { type Surface } from '../surface.js';

interface FollowOptions extends Partial<Omit<Broker, 'url'>> {
    readonly dir: string;
    readonly broker?: string;
}

/** `power source follow`: a stream of readings to one file per meter, facility and day. */
export function addFollowCommand(source: Command, surface: Surface): void {
    source
        .command('follow')
        .description("take a meter's readings from standard input or an MQTT broker into one CSV file per day")
        .option('--dir <folder>', 'where the files are', DEFAULT_ENERGY_DIR)
        .option('--broker <url>', 'take them from an MQTT broker, mqtt://HOST:1883 or mqtts://HOST:8883')
        .option('--topic <filter>', 'topic to listen to, with + and # as wildcards')
        .option('--client-id <name>', 'name under which the broker keeps what comes while nobody listens')
        .option('--username <name>', 'name at the broker')
        .option('--password-file <file>', 'file with the password')
        .option('--ca-file <file>', "certificate of the broker's CA, PEM")
        .option('--cert-file <file>', 'certificate of this machine, PEM')
        .option('--key-file <file>', 'key of that certificate, PEM')
        .action(async ({ dir, broker: url, ...options }: FollowOptions) => {
            const taking = new Taking(new MeterJournal(dir), surface);
            if (url === undefined) await taking.lines(surface.environment.input());
            else await taking.messages({ ...options, ...named(options), url });
            surface.print(taking.counts);
            if (taking.counts.refused > 0) surface.exitCode = ExitCode.CheckFailed;
        })
        .addHelpText(
            'after',
            `
One JSON object is one reading: a line of standard input, or a message of the broker.
A reading that is there already is taken for the same message delivered again; a different one is refused.
Every reading is on the disk before the next one is read, and before the broker is told that it was received.
What is refused is told, and the rest is taken. SIGTERM or Ctrl-C ends it and prints the counts.
Examples:
  $ power source follow --broker mqtts://meters.example:8883 --topic 'meters/+/readings' --client-id site-7 \\
      --ca-file ca.pem --cert-file site.pem --key-file site.key
  $ nats sub --raw 'meters.*.readings' | power source follow --dir data`,
        );
}

function named({ topic, clientId }: Partial<Broker>): Pick<Broker, 'topic' | 'clientId'> {
    const missing = (field: string): never => {
        throw new Failure('INPUT_INVALID', { field, problem: 'needed with --broker' });
    };
    return { topic: topic ?? missing('--topic'), clientId: clientId ?? missing('--client-id') };
}

interface Counts extends Record<string, number> {
    taken: number;
    repeated: number;
    refused: number;
    daysComplete: number;
}

/** What is done with a stream, wherever it comes from. */
class Taking {
    readonly counts: Counts = { taken: 0, repeated: 0, refused: 0, daysComplete: 0 };
    readonly #journal: MeterJournal;
    readonly #surface: Surface;

    constructor(journal: MeterJournal, surface: Surface) {
        this.#journal = journal;
        this.#surface = surface;
    }

    async lines(input: Readable): Promise<void> {
        let line = 0;
        for await (const message of createInterface({ input, crlfDelay: Infinity })) {
            line++;
            if (message.trim() !== '') this.#take(message, `line ${String(line)}`);
        }
    }

    async messages(broker: Broker): Promise<void> {
        let number = 0;
        await followBroker(broker, {
            take: (message) => {
                this.#take(message, `message ${String(++number)}`);
            },
            note: (what) => {
                this.#surface.note(what);
            },
            stop: this.#surface.environment.stopSignal(),
        });
    }

    #take(message: string, place: string): void {
        try {
            const { isNew, completed } = this.#journal.take(message, place);
            this.counts[isNew ? 'taken' : 'repeated']++;
            if (completed === undefined) return;
            this.counts.daysComplete++;
            this.#surface.note(`complete: ${completed}`);
        } catch (error) {
            if (!isFailure(error, 'SOURCE_FILE_INVALID')) throw error;
            this.counts.refused++;
            this.#surface.note(`refused: ${error.message}`);
        }
    }
}
