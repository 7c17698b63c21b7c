// SPDX-License-Identifier: Apache-2.0

const severities = ['debug', 'info', 'warning', 'error', 'fatal', 'critical'] as const;
export type Severity = (typeof severities)[number];

/** Writes lines as Fabric CA does, for example `2026/11/21 10:02:37 [INFO] Listening on https://0.0.0.0:7054`. */
export interface CaLog {
    debug(message: string): void;
    info(message: string): void;
    warning(message: string): void;
    error(message: string): void;
}

/** @param least messages below this severity are dropped. */
export const caLog = (least: Severity, write: (line: string) => void): CaLog => {
    const at = (severity: Severity) => (message: string) => {
        if (severities.indexOf(severity) >= severities.indexOf(least)) {
            write(`${timestamp(new Date())} [${severity.toUpperCase()}] ${message}\n`);
        }
    };
    return { debug: at('debug'), info: at('info'), warning: at('warning'), error: at('error') };
};

export const isSeverity = (text: string): text is Severity => (severities as readonly string[]).includes(text);

// Local time, as Go's standard logger prints it.
const timestamp = (time: Date): string => {
    const two = (value: number): string => String(value).padStart(2, '0');
    const day = `${String(time.getFullYear())}/${two(time.getMonth() + 1)}/${two(time.getDate())}`;
    return `${day} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
};
