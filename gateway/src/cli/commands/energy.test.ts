// SPDX-License-Identifier: Apache-2.0
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
    attestationBasis,
    canonicalJson,
    initialParameters,
    noPreviousDigest,
    parameters,
} from '@power-currency/domain';
import { acknowledgementXml, flatDay, marketDocumentXml } from '../../energy/testing/energyDocuments.js';
import { ExitCode } from '../exitCodes.js';
import { type Desk, openDesk } from '../testing/desk.js';

let desk: Desk;

beforeEach(() => {
    desk = openDesk();
});

afterEach(() => {
    desk.leave();
});

function document(name: string, bytes: Uint8Array): string {
    writeFileSync(desk.at(name), bytes);
    return desk.at(name);
}

const flat = (): string =>
    document(
        'nl.xml',
        marketDocumentXml('A65', [flatDay('10YNL----------L', '2025-11-18T23:00Z', '2025-11-19T23:00Z', '1000')]),
    );

const basis = canonicalJson({
    network: 'power-test',
    channel: 'power',
    sequence: '1',
    previousDigest: noPreviousDigest,
    lastDay: null,
    supply: '0',
    contractedWh: '0',
    earlierWh: [],
    parameters: parameters.encode(initialParameters),
    versions: [{ fromDay: '2000-01-01', parameters: parameters.encode(initialParameters) }],
});

const fixture = (name: string): string => join(__dirname, '../../../fixtures/entsoe', `${name}.xml`);

describe('power energy', () => {
    it('shows the prices of a day, weighed by time', async () => {
        const args = ['energy', 'prices', '--day', '2025-11-19', '--file', fixture('price-quarters'), '-o', 'json'];
        const { out } = await desk.power(args);
        // 18 hours at 80.50 and 6 at -1.25.
        expect(JSON.parse(out)).toEqual([
            {
                ...{ zone: 'FR', day: '2025-11-19', hours: '24.00', prices: 96 },
                ...{ lowestEurPerMwh: '-1.250000', meanEurPerMwh: '60.062500', highestEurPerMwh: '80.500000' },
            },
        ]);
    });

    it('tells when the values of a day are forecasts', async () => {
        const file = ['--file', fixture('process-a01-day-ahead'), '--dir', desk.at('.')];
        const { exitCode, err } = await desk.power(['energy', 'load', '--day', '2025-11-19', ...file]);
        expect(exitCode).toBe(ExitCode.Ok);
        expect(err).toContain('forecasts of the day before');
    });

    it('goes from a document to a signed file without a network', async () => {
        writeFileSync(desk.at('basis.json'), basis);
        const loaded = await desk.power([
            'energy',
            'load',
            '--day',
            '2025-11-19',
            '--file',
            flat(),
            '--dir',
            desk.at('.'),
            '-o',
            'json',
        ]);
        expect(JSON.parse(loaded.out)).toMatchObject({ zonesOk: 1, whRaw: '24000000000', whCommit: '4320000000' });
        expect(readFileSync(desk.at('grid_load.csv'), 'utf8')).toBe(
            'date,grid_wh_dc,grid_wh_dc_commit\n2025-11-19,24000000000,4320000000\n',
        );
        const planned = await desk.power([
            'energy',
            'plan',
            '--day',
            '2025-11-19',
            '--dir',
            desk.at('.'),
            '--basis',
            desk.at('basis.json'),
            '-o',
            'json',
        ]);
        expect(JSON.parse(planned.out)).toMatchObject({
            wh_dc_raw: '24000000000',
            CR: 'infinite',
            mint_suggested: '235636363636',
        });
        const file = desk.at('attestation_2025-11-19.json');
        expect((await desk.power(['energy', 'verify', file])).exitCode).toBe(ExitCode.CheckFailed);
        for (const role of ['data', 'risk']) {
            await desk.power(['keys', 'new', desk.at(`${role}.pem`)]);
            await desk.power([
                'energy',
                'sign',
                file,
                '--key',
                desk.at(`${role}.pem`),
                '--role',
                role,
                '--signer',
                `member-${role}`,
            ]);
        }
        const verified = await desk.power(['energy', 'verify', file]);
        expect(verified).toMatchObject({ exitCode: ExitCode.Ok, err: 'signatures_ok = 2, required = 2\n' });
        await desk.addContext();
        await desk.power(['energy', 'submit', file], { 'Attestation:Submit': '{}' });
        const [, , request = ''] = desk.calls[0] ?? [];
        expect(JSON.parse(request)).toEqual({ requestId: 'attest-2025-11-19', file: readFileSync(file, 'utf8') });
    });

    it('plans from the ledger when no basis is given', async () => {
        await desk.addContext();
        await desk.power(['energy', 'load', '--day', '2025-11-19', '--file', flat(), '--dir', desk.at('.')]);
        const { exitCode } = await desk.power(['energy', 'plan', '--day', '2025-11-19', '--dir', desk.at('.')], {
            'Attestation:DescribeBasis': basis,
        });
        expect(exitCode).toBe(ExitCode.Ok);
        expect(attestationBasis.decode(JSON.parse(basis), '').channel).toBe('power');
    });

    it.each<[string, () => string[], number, string]>([
        [
            'a day without data',
            () => ['--file', document('a.xml', acknowledgementXml('999', 'No matching data found'))],
            ExitCode.NotFound,
            'No matching data found',
        ],
        [
            'hostile XML',
            () => ['--file', document('b.xml', Buffer.from('<!DOCTYPE r><r/>'))],
            ExitCode.Usage,
            'XML_FORBIDDEN (construct: DOCTYPE)',
        ],
        ['a file that is not there', () => ['--file', desk.at('none.xml')], ExitCode.NotFound, 'FILE_NOT_FOUND'],
        ['no token for the platform', () => ['--zone', 'NL'], ExitCode.Usage, 'ENTSOE_TOKEN_MISSING'],
        ['a zone nobody knows', () => ['--zone', 'Atlantis'], ExitCode.NotFound, 'ENERGY_ZONE_UNKNOWN'],
    ])('tells %s', async (_, args, code, text) => {
        const { exitCode, err } = await desk.power([
            'energy',
            'load',
            '--day',
            '2025-11-19',
            '--dir',
            desk.at('.'),
            ...args(),
        ]);
        expect([exitCode, err]).toEqual([code, expect.stringContaining(text)]);
    });
});
