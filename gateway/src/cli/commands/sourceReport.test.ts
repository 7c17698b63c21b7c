// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { activeEntity, facilityOf } from '@power-currency/chaincode/testing';
import { dayOf, independentKinds, type SourceKind, sourceKinds } from '@power-currency/domain';
import { type LedgerDesk, openLedgerDesk } from '../testing/ledgerDesk.js';

let desk: LedgerDesk;
const plant = ['--facility', 'roof-1', '--nameplate', '1000000', '--carrier', 'B19', '--zone', '10YNL----------L'];
const idOf = (kind: SourceKind): string => `roof-1-${kind}`;
const keyOf = (kind: SourceKind): string => desk.at(`${kind}.pem`);
/** A UTC day that was over so many days ago. */
const dayBefore = (days: bigint): string => dayOf(desk.scenario.ledger.time - days * 86_400n);

beforeAll(async () => {
    desk = await openLedgerDesk();
    const entity = await activeEntity(desk.scenario, 'greenfield', 'cooperative');
    await facilityOf(desk.scenario, entity, 'roof-1', { carrier: 'B19' });
    for (const kind of sourceKinds) {
        const mspId = independentKinds.includes(kind) ? 'CentralBankMSP' : 'CooperativeMSP';
        desk.actAs(desk.scenario.person(mspId, 'admin'));
        await desk.ask('keys', 'new', keyOf(kind));
        const bound = kind === 'sensor' ? ['--facility-id', 'roof-1'] : [];
        const name = ['--public-key', keyOf(kind), '--display-name', kind];
        await desk.ask('source', 'register', idOf(kind), kind, ...name, ...bound);
    }
    desk.actAs(desk.scenario.person('CooperativeMSP'));
});

afterAll(() => {
    desk.scenario.close();
    desk.leave();
});

const generate = (kind: SourceKind | 'all', day: string, ...more: readonly string[]): Promise<unknown> =>
    desk.ask(
        'source',
        'generate',
        '--kind',
        kind,
        '--seed',
        '7',
        '--day',
        day,
        ...plant,
        '--dir',
        desk.at('d'),
        ...more,
    );

const reportOf = (kind: SourceKind, day: string, ...more: readonly string[]): readonly string[] => {
    const file = desk.at(`d/${kind}_roof-1_${day}.${kind === 'sensor' ? 'csv' : 'json'}`);
    return ['source', 'report', file, '--source', idOf(kind), '--key', keyOf(kind), '--facility', 'roof-1', ...more];
};
const submit = (
    kind: SourceKind,
    day: string,
    ...more: readonly string[]
): Promise<Readonly<Record<string, unknown>>> =>
    desk.ask(...reportOf(kind, day, '--submit', '--chain', desk.at(`${kind}.jsonl`), ...more));

describe('files of four sources', () => {
    it('become reports that the ledger accepts and reconciles', async () => {
        const day = dayBefore(3n);
        await generate('all', day);
        for (const kind of sourceKinds) {
            expect(await submit(kind, day)).toMatchObject({ sequence: '1', period: day, outcome: 'accepted' });
        }
        const { result } = await desk.ask('measurement', 'reconcile', 'roof-1', day);
        expect(result).toMatchObject({ reconciliation: { status: 'verified', weightPresent: '1.000000' } });
    });

    it('of which one lies are flagged, and the liar is named', async () => {
        const day = dayBefore(2n);
        await generate('all', day);
        await generate('sensor', day, '--inflate', '20%');
        for (const kind of sourceKinds) await submit(kind, day);
        const { result } = await desk.ask('measurement', 'reconcile', 'roof-1', day);
        const { status, findings } = result.reconciliation as { status: string; findings: readonly object[] };
        expect(status).toBe('flagged');
        expect(findings[0]).toMatchObject({ rule: 'outlier', sourceId: 'roof-1-sensor', direction: 'above' });
    });
});

describe('a report', () => {
    it('is sent later by any member from the chain of its source, once', async () => {
        const day = dayBefore(4n);
        await generate('audit', day);
        await desk.ask(...reportOf('audit', day, '--chain', desk.at('audit.jsonl')));
        desk.actAs(desk.scenario.person('CentralBankMSP'));
        const send = async (): Promise<unknown> => desk.ask('measurement', 'submit', desk.at('audit.jsonl'));
        expect(await send()).toMatchObject([{ outcome: 'known' }, { outcome: 'known' }, { outcome: 'accepted' }]);
        expect(await send()).toMatchObject([{ outcome: 'known' }, { outcome: 'known' }, { outcome: 'known' }]);
        desk.actAs(desk.scenario.person('CooperativeMSP'));
    });

    it('continues the ledger’s chain where the source kept none', async () => {
        const day = dayBefore(5n);
        await generate('satellite', day);
        const sent = await desk.ask(...reportOf('satellite', day, '--chain-of-ledger', '--submit'));
        expect(sent).toMatchObject({ sequence: '3', outcome: 'accepted' });
    });

    it('that the ledger refuses leaves no gap in the chain', async () => {
        const [day, chain] = [dayBefore(6n), desk.at('sensor.jsonl')];
        await generate('sensor', day);
        const before = readFileSync(chain, 'utf8');
        // Devices have a week.
        const stale = dayBefore(10n);
        await generate('sensor', stale);
        expect(await desk.fail(...reportOf('sensor', stale, '--chain', chain, '--submit'))).toContain('REPORT_STALE');
        expect(readFileSync(chain, 'utf8')).toBe(before);
        expect(await submit('sensor', day)).toMatchObject({ outcome: 'accepted' });
    });

    it('of a source that lost its chain is refused, rather than taken for one the ledger has', async () => {
        const [day, lost] = [dayBefore(5n), desk.at('lost.jsonl')];
        await generate('audit', day);
        expect(await desk.fail(...reportOf('audit', day, '--chain', lost, '--submit'))).toContain('REPORT_REWRITTEN');
        expect(readFileSync(lost, 'utf8')).toBe('');
        desk.actAs(desk.scenario.person('CentralBankMSP'));
        await desk.ask(...reportOf('audit', day, '--chain', lost));
        expect(await desk.fail('measurement', 'submit', lost)).toContain('REPORT_REWRITTEN');
        desk.actAs(desk.scenario.person('CooperativeMSP'));
    });

    it('that was refused elsewhere is dropped by hand', async () => {
        const [day, chain] = [dayBefore(6n), desk.at('financial.jsonl')];
        await generate('financial', day);
        const before = readFileSync(chain, 'utf8');
        await desk.ask(...reportOf('financial', day, '--chain', chain));
        expect(await desk.ask('source', 'chain', chain, '--drop-last')).toMatchObject({ reports: 2 });
        expect(readFileSync(chain, 'utf8')).toBe(before);
        expect(await desk.fail('source', 'chain', desk.at('none.jsonl'), '--drop-last')).toContain('NOT_FOUND');
    });

    it('is not submitted unsigned, and has one chain', async () => {
        const args = reportOf('audit', dayBefore(4n)).filter((word) => word !== '--key' && word !== keyOf('audit'));
        expect(await desk.fail(...args, '--submit')).toContain('only a signed report');
        const both = ['--chain', desk.at('audit.jsonl'), '--chain-of-ledger'];
        expect(await desk.fail(...reportOf('audit', dayBefore(4n)), ...both)).toContain('leave --chain out');
    });

    it('of a facility that is none is not made', async () => {
        const before = readFileSync(desk.at('audit.jsonl'), 'utf8');
        const args = reportOf('audit', dayBefore(4n), '--chain', desk.at('audit.jsonl'));
        const other = args.map((word) => (word === 'roof-1' ? 'roof-2' : word));
        expect(await desk.fail(...other)).toContain('FACILITY_NOT_FOUND');
        expect(readFileSync(desk.at('audit.jsonl'), 'utf8')).toBe(before);
    });
});
