// SPDX-License-Identifier: Apache-2.0
import { formatRecord } from './logFormat.js';
import { activateSpec, activeSpec, logger, redirectLog } from './logging.js';
import { LoggingSpec } from './loggingSpec.js';

describe('a logging specification', () => {
    it.each([
        ['', 'info'],
        ['debug', 'debug'],
        ['info:grpc=error', 'grpc=error:info'],
        ['WARN', 'warn'],
        ['ledger,policies=warning:gossip.=debug:critical', 'gossip.=debug:ledger=warn:policies=warn:error'],
    ])('%p reads as %p', (text, normal) => {
        expect(LoggingSpec.parse(text).toString()).toBe(normal);
    });

    // The first is recorded from Fabric 3.1.5 (services/http.jsonl), the others from common/flogging/loggerlevels.go.
    it.each([
        ['nolevel', "bad segment 'nolevel'"],
        ['Debug', "bad segment 'Debug'"],
        ['info:x=bogus', "bad segment 'x=bogus'"],
        ['a=b=info', "bad segment 'a=b=info'"],
        ['=info', "no logger specified in segment '=info'"],
        ['a..b=info', "bad logger name 'a..b'"],
    ])('refuses %p', (text, reason) => {
        expect(() => LoggingSpec.parse(text)).toThrow(`invalid logging specification '${text}': ${reason}`);
    });

    it('covers the loggers below a name, and with a trailing dot only the name', () => {
        const spec = LoggingSpec.parse('gossip=debug:gossip.state=error:ledger.=debug:warn');
        expect(
            ['gossip.comm', 'gossip.state', 'gossipy', 'ledger', 'ledger.blocks'].map((name) => spec.levelOf(name)),
        ).toEqual(['debug', 'error', 'warning', 'debug', 'warning']);
    });
});

describe('a log line', () => {
    const record = {
        severity: 'info',
        module: 'orderer.common.server',
        caller: 'Main',
        sequence: 26,
        fields: undefined,
    } as const;
    const now = new Date('2026-11-21T10:02:06.307Z');

    it('has the form of Fabric, colours included', () => {
        expect(formatRecord({ ...record, message: 'Beginning to serve requests' }, {}, now)).toBe(
            '\u001b[34m2026-11-21 10:02:06.307 UTC 001a INFO\u001b[0m [orderer.common.server] ' +
                '\u001b[34;1mMain\u001b[0m -> Beginning to serve requests\n',
        );
    });

    it('follows FABRIC_LOGGING_FORMAT and quotes fields with spaces', () => {
        const env = { FABRIC_LOGGING_FORMAT: '%{level:.1s} [%{module}] %{message}' };
        expect(formatRecord({ ...record, message: 'x', fields: { channel: 'power', why: 'a b' } }, env, now)).toBe(
            'I [orderer.common.server] x channel=power why="a b"\n',
        );
    });

    it('is JSON when the format says so', () => {
        const line = formatRecord(
            { ...record, message: 'x', fields: { n: 1 } },
            { FABRIC_LOGGING_FORMAT: 'json' },
            now,
        );
        expect(JSON.parse(line)).toEqual({
            level: 'info',
            ts: now.getTime() / 1000,
            name: record.module,
            caller: 'Main',
            msg: 'x',
            num: 26,
            n: 1,
        });
    });
});

describe('a logger', () => {
    it('obeys a new specification at once and names the calling function', () => {
        const before = activeSpec();
        const lines: string[] = [];
        const undo = redirectLog((line) => lines.push(line));
        const log = logger('orderer.test');
        function sayIt(): void {
            log.debug('hidden or shown');
        }
        try {
            activateSpec('info');
            sayIt();
            activateSpec('orderer.test=debug:info');
            sayIt();
        } finally {
            undo();
            activateSpec(before);
        }
        expect(lines).toHaveLength(1);
        expect(lines[0]).toContain('1msayIt\u001b[0m -> hidden or shown');
    });
});
