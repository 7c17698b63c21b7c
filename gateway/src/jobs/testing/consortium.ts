// SPDX-License-Identifier: Apache-2.0
import { type AttesterRole } from '@power-currency/domain';
import { mkdirSync, writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { type LedgerDesk, openLedgerDesk } from '../../cli/testing/ledgerDesk.js';
import { flatDay, marketDocumentXml } from '../../energy/testing/energyDocuments.js';
import { daysBefore } from '../schedule.js';

type Row = Readonly<Record<string, unknown>>;

const zones = { NL: '10YNL----------L', BE: '10YBE----------2' } as const;
type ZoneName = keyof typeof zones;

/** Machines of three members with a folder between them, and what the grid publishes. */
export interface Consortium {
    readonly desk: LedgerDesk;
    /** Sets everybody's clock. */
    setTime(iso: string): void;
    /** Publishes a zone's day at one power. */
    publish(zone: ZoneName, day: string, megawatts: number, process?: 'A16' | 'A01'): void;
    /** Runs what is due on one machine: `[day, step, outcome]` of each run, or all of it. */
    runs(machine: string): Promise<readonly string[]>;
    jobs(machine: string, ...args: readonly string[]): Promise<readonly Row[]>;
    /** Gives a machine other steps. */
    configure(machine: string, steps: readonly string[]): void;
    leave(): void;
}

const machines: Readonly<Record<string, { steps: readonly string[]; role?: AttesterRole; mspId: string }>> = {
    cooperative: { steps: ['load', 'plan', 'sign'], role: 'data', mspId: 'CooperativeMSP' },
    bank: { steps: ['sign'], role: 'risk', mspId: 'CentralBankMSP' },
    authority: { steps: ['verify', 'submit'], mspId: 'AuthorityMSP' },
};

export async function openConsortium(): Promise<Consortium> {
    const desk = await openLedgerDesk();
    mkdirSync(desk.at('grid'));
    const configure = (name: string, steps: readonly string[]): void => {
        const role = machines[name]?.role;
        const signer = role && { id: desk.scenario.attesters.get(role)?.signerId, role, key: 'signer.pem' };
        const settings = { steps, zones: Object.keys(zones), files: desk.at('grid'), outbox: desk.at('outbox') };
        writeFileSync(desk.at(`${name}/jobs.yaml`), stringify({ ...settings, ...(signer && { signer }) }));
    };
    for (const [name, { steps, role }] of Object.entries(machines)) {
        mkdirSync(desk.at(name));
        const key = role && desk.scenario.attesters.get(role)?.privateKey.export({ format: 'pem', type: 'pkcs8' });
        if (key !== undefined) writeFileSync(desk.at(`${name}/signer.pem`), key, { mode: 0o600 });
        configure(name, steps);
    }
    const jobs: Consortium['jobs'] = async (machine, ...args) => {
        desk.actAs(desk.scenario.person(machines[machine]?.mspId ?? ''));
        const [verb = 'run', ...rest] = args;
        const now = new Date(Number(desk.scenario.ledger.time) * 1000);
        const config = ['--config', desk.at(`${machine}/jobs.yaml`)];
        const { out, err } = await desk.power(['jobs', verb, ...config, ...rest, '-o', 'json'], {}, now);
        if (out === '') throw new Error(err);
        return JSON.parse(out) as readonly Row[];
    };
    return {
        ...{ desk, jobs, configure },
        setTime: (iso) => {
            desk.scenario.ledger.time = BigInt(Date.parse(iso) / 1000);
        },
        publish: (zone, day, megawatts, process = 'A16') => {
            const [before = ''] = daysBefore(day, 1);
            const series = flatDay(zones[zone], `${before}T23:00Z`, `${day}T23:00Z`, String(megawatts));
            writeFileSync(desk.at(`grid/${zone}_${day}_A65.xml`), marketDocumentXml('A65', [series], process));
        },
        runs: async (machine) =>
            (await jobs(machine)).map(({ day, step, outcome }) => [day, step, outcome].map(String).join(' ')),
        leave: () => {
            desk.scenario.close();
            desk.leave();
        },
    };
}
