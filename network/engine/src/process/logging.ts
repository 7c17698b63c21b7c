// SPDX-License-Identifier: Apache-2.0
import { writeSync } from 'node:fs';
import { errorText } from '../wire/errorText.js';
import { formatRecord, type LogFields } from './logFormat.js';
import { LoggingSpec, severities, type Severity } from './loggingSpec.js';

/** One module's log. `fields` are appended as `key=value`. */
export interface Logger {
    debug(message: string, fields?: LogFields): void;
    info(message: string, fields?: LogFields): void;
    warning(message: string, fields?: LogFields): void;
    error(message: string, fields?: LogFields): void;
    panic(message: string, fields?: LogFields): void;
    fatal(message: string, fields?: LogFields): void;
    /** Whether a record of this severity would be written: ask before building an expensive text. */
    enabled(severity: Severity): boolean;
}

let spec = readInitialSpec();
let generation = 0;
let sequence = 0;
let sink = (line: string): void => {
    try {
        // Synchronous, so that the last words of a dying process reach the file.
        writeSync(2, line);
    } catch {
        // A pipe that is full or has no reader any more: Node queues the line or drops it.
        process.stderr.write(line);
    }
};

/** The log of a module, named as Fabric names its own (`orderer.common.server`, `endorser`, `gossip.state`, …). */
export function logger(module: string): Logger {
    let known = -1;
    let threshold = 0;
    const enabled = (severity: Severity): boolean => {
        if (known !== generation) {
            known = generation;
            threshold = severities.indexOf(spec.levelOf(module));
        }
        return severities.indexOf(severity) >= threshold;
    };
    const write = (severity: Severity, message: string, fields?: LogFields): void => {
        if (enabled(severity)) {
            sequence += 1;
            sink(formatRecord({ severity, module, message, fields, sequence, caller: callerName() }, process.env));
        }
    };
    return {
        debug: (message, fields) => {
            write('debug', message, fields);
        },
        info: (message, fields) => {
            write('info', message, fields);
        },
        warning: (message, fields) => {
            write('warning', message, fields);
        },
        error: (message, fields) => {
            write('error', message, fields);
        },
        panic: (message, fields) => {
            write('panic', message, fields);
        },
        fatal: (message, fields) => {
            write('fatal', message, fields);
        },
        enabled,
    };
}

/** Replaces the specification in force for every logger. Throws LoggingSpecError and changes nothing if it is bad. */
export function activateSpec(text: string): void {
    spec = LoggingSpec.parse(text);
    generation += 1;
}

/** The specification in force, as GET /logspec shows it. */
export function activeSpec(): string {
    return spec.toString();
}

/** Sends records elsewhere than to stderr; returns a function that undoes it. */
export function redirectLog(write: (line: string) => void): () => void {
    const previous = sink;
    sink = write;
    return () => {
        sink = previous;
    };
}

function readInitialSpec(): LoggingSpec {
    try {
        return LoggingSpec.parse(process.env.FABRIC_LOGGING_SPEC ?? '');
    } catch (error) {
        // Fabric panics here too: a node that logs otherwise than it was told is hard to operate.
        process.stderr.write(`${errorText(error)}\n`);
        process.exit(2);
    }
}

/** Name of the function that logged: Fabric's format shows it. Costs a stack capture, only for records that are written. */
function callerName(): string {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 4;
    const frame = new Error().stack?.split('\n')[4] ?? '';
    Error.stackTraceLimit = limit;
    const name = /at (?:async )?(?:new )?([^\s(]+) \(/.exec(frame)?.[1]?.split('.').at(-1);
    return name === undefined || name.startsWith('<') ? 'func1' : name.replace(/^#/, '');
}
