// SPDX-License-Identifier: Apache-2.0

/** Severities in rising order; `disabled` stands above them all. */
export const severities = ['debug', 'info', 'warning', 'error', 'dpanic', 'panic', 'fatal', 'disabled'] as const;
export type Severity = (typeof severities)[number];

const severityByName: ReadonlyMap<string, Severity> = new Map([
    ['debug', 'debug'],
    ['info', 'info'],
    ['notice', 'info'],
    ['warn', 'warning'],
    ['warning', 'warning'],
    ['error', 'error'],
    ['critical', 'error'],
    ['dpanic', 'dpanic'],
    ['panic', 'panic'],
    ['fatal', 'fatal'],
]);
/** How zap prints a level in a specification: `warning` becomes `warn`. */
const nameOf = (severity: Severity): string => (severity === 'warning' ? 'warn' : severity);
const loggerName = /^[A-Za-z0-9_#:-]+(\.[A-Za-z0-9_#:-]+)*$/;

/** A logging specification that cannot be read; the text is Fabric's. */
class LoggingSpecError extends Error {
    override readonly name = 'LoggingSpecError';
}

/**
 * Which severity each logger writes: `info`, `gossip=debug:warn`, `ledger,policies=error:info`. A name covers the
 * loggers below it; with a trailing dot only itself (common/flogging/loggerlevels.go).
 */
export class LoggingSpec {
    readonly #default: Severity;
    readonly #byLogger: ReadonlyMap<string, Severity>;

    private constructor(byDefault: Severity, byLogger: ReadonlyMap<string, Severity>) {
        this.#default = byDefault;
        this.#byLogger = byLogger;
    }

    /** Throws LoggingSpecError with Fabric's text. An empty specification means `info`. */
    static parse(spec: string): LoggingSpec {
        let byDefault: Severity = 'info';
        const byLogger = new Map<string, Severity>();
        for (const segment of spec.split(':')) {
            const [names, level, ...rest] = segment.split('=');
            const severity = readSeverity(level ?? names ?? '');
            if (rest.length > 0 || (severity === undefined && names !== '')) {
                throw new LoggingSpecError(`invalid logging specification '${spec}': bad segment '${segment}'`);
            }
            if (level === undefined) {
                byDefault = severity ?? 'info';
                continue;
            }
            for (const logger of readLoggers(spec, segment, names ?? '')) {
                byLogger.set(logger, severity ?? 'info');
            }
        }
        return new LoggingSpec(byDefault, byLogger);
    }

    /** The lowest severity the logger writes. */
    levelOf(logger: string): Severity {
        let candidate = `${logger}.`;
        for (;;) {
            const level = this.#byLogger.get(candidate);
            if (level !== undefined) {
                return level;
            }
            const end = candidate.lastIndexOf('.');
            if (end <= 0) {
                return this.#default;
            }
            candidate = candidate.slice(0, end);
        }
    }

    /** The specification in Fabric's normal form: loggers in order, then the default. */
    toString(): string {
        const loggers = [...this.#byLogger].map(([name, severity]) => `${name}=${nameOf(severity)}`).sort();
        return [...loggers, nameOf(this.#default)].join(':');
    }
}

function readSeverity(name: string): Severity | undefined {
    return name === name.toLowerCase() || name === name.toUpperCase()
        ? severityByName.get(name.toLowerCase())
        : undefined;
}

function readLoggers(spec: string, segment: string, names: string): readonly string[] {
    if (names === '') {
        throw new LoggingSpecError(
            `invalid logging specification '${spec}': no logger specified in segment '${segment}'`,
        );
    }
    const loggers = names.split(',');
    const bad = loggers.find((name) => !loggerName.test(name.replace(/\.$/, '')));
    if (bad !== undefined) {
        throw new LoggingSpecError(`invalid logging specification '${spec}': bad logger name '${bad}'`);
    }
    return loggers;
}
