// SPDX-License-Identifier: Apache-2.0
import type { Severity } from './loggingSpec.js';

/** Values that are appended to a message. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

interface LogRecord {
    readonly severity: Severity;
    readonly module: string;
    readonly message: string;
    readonly fields: LogFields | undefined;
    /** Number of the record in this process, from 1. */
    readonly sequence: number;
    readonly caller: string;
}

/** Fabric's own default, common/flogging/global.go. */
const defaultFormat =
    '%{color}%{time:2006-01-02 15:04:05.000 MST} %{id:04x} %{level:.4s}%{color:reset} [%{module}] ' +
    '%{color:bold}%{shortfunc}%{color:reset} -> %{message}';

const colours: Readonly<Record<Severity, number>> = {
    debug: 36,
    info: 34,
    warning: 33,
    error: 31,
    dpanic: 35,
    panic: 35,
    fatal: 35,
    disabled: 0,
};

/** One line, newline included: text by FABRIC_LOGGING_FORMAT, or JSON when that is `json`. */
export function formatRecord(record: LogRecord, env: NodeJS.ProcessEnv, now = new Date()): string {
    const format = env.FABRIC_LOGGING_FORMAT;
    if (format === 'json') {
        return jsonLine(record, now);
    }
    const pattern = format === undefined || format === '' ? defaultFormat : format;
    const text = pattern.replaceAll(/%\{([a-z]+)(?::(.*?))?\}/g, (_, verb: string, option: string | undefined) =>
        verbText(verb, option ?? '', record, now),
    );
    return `${text}${fieldsText(record.fields)}\n`;
}

function verbText(verb: string, option: string, record: LogRecord, now: Date): string {
    switch (verb) {
        case 'color':
            return colour(option, record.severity);
        case 'time':
            return timeText(now, option);
        case 'id':
            return option.endsWith('x')
                ? record.sequence.toString(16).padStart(Number(option.slice(0, -1)), '0')
                : String(record.sequence);
        case 'level':
            return levelText(record.severity, option);
        case 'module':
            return record.module;
        case 'shortfunc':
            return record.caller;
        case 'message':
            return record.message;
        default:
            return `%{${verb}}`;
    }
}

function colour(option: string, severity: Severity): string {
    if (option === 'reset') {
        return '\u001b[0m';
    }
    return `\u001b[${String(colours[severity])}${option === 'bold' ? ';1' : ''}m`;
}

function levelText(severity: Severity, option: string): string {
    const name = severity === 'warning' ? 'WARN' : severity.toUpperCase();
    const width = /^\.(\d+)s$/.exec(option)?.[1];
    return width === undefined ? name : name.slice(0, Number(width));
}

/** UTC in Go's reference layout `2006-01-02 15:04:05.000 MST`, or RFC 3339 with milliseconds for any other layout. */
function timeText(now: Date, layout: string): string {
    const iso = now.toISOString();
    return layout === '2006-01-02 15:04:05.000 MST' ? `${iso.slice(0, 10)} ${iso.slice(11, 23)} UTC` : iso;
}

function fieldsText(fields: LogFields | undefined): string {
    if (fields === undefined) {
        return '';
    }
    const parts = Object.entries(fields).flatMap(([key, value]) => {
        if (value === undefined) {
            return [];
        }
        const text = String(value);
        return [`${key}=${/[\s"=]/.test(text) || text === '' ? JSON.stringify(text) : text}`];
    });
    return parts.length === 0 ? '' : ` ${parts.join(' ')}`;
}

function jsonLine(record: LogRecord, now: Date): string {
    const { severity, module, message, fields, sequence, caller } = record;
    const level = severity === 'warning' ? 'warn' : severity;
    return `${JSON.stringify({ level, ts: now.getTime() / 1000, name: module, caller, msg: message, num: sequence, ...fields })}\n`;
}
