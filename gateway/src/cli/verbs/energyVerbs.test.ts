// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { type LedgerDesk, openLedgerDesk } from '../testing/ledgerDesk.js';

let desk: LedgerDesk;

beforeAll(async () => {
    desk = await openLedgerDesk();
    await desk.ask('keys', 'new', desk.at('meter.pem'));
    await desk.scenario.openWallet('greenfield');
    actAs('CooperativeMSP');
});
afterAll(() => {
    desk.scenario.close();
    desk.leave();
});

function actAs(mspId: string): void {
    desk.actAs(desk.scenario.person(mspId, 'admin'));
}

it('an entity is brought in with documents as files, let in by another member, and registers what it has', async () => {
    const document = desk.at('statutes.pdf');
    writeFileSync(document, 'statutes');
    const evidence = desk.at('evidence.csv');
    const given = '4f'.repeat(32);
    writeFileSync(
        evidence,
        `kind,digest,issuer,expiresAt\nlegal-registration,${document},Chamber,2036-12-31\nauthority-approval,${given},Authority,2036-12-31\n`,
    );
    const names = ['--display-name', 'Greenfield eG', '--country', 'US'];
    const applied = await desk.ask('entity', 'apply', 'greenfield', 'cooperative', evidence, ...names);
    expect(applied.result).toMatchObject({
        state: 'applied',
        parentId: null,
        evidence: [{ digest: createHash('sha256').update('statutes').digest('hex') }, { digest: given }],
    });
    expect(await desk.fail('entity', 'approve', 'greenfield')).toContain('SECOND_ORGANISATION_NEEDED');

    actAs('AuthorityMSP');
    await desk.ask('entity', 'approve', 'greenfield');
    const good = ['--evidence', document, '--expires-at', '2036-12-31'];
    await desk.ask('credential', 'grant', 'greenfield', 'issuance', ...good);
    expect((await desk.ask('entity', 'activate', 'greenfield')).result).toMatchObject({ state: 'active' });
    const renewal = ['authority-approval', document, '--issuer', 'Authority', '--expires-at', '2037-12-31'];
    await desk.ask('entity', 'renew-evidence', 'greenfield', ...renewal);

    actAs('CooperativeMSP');
    const place = ['--latitude-milli', '40713', '--longitude-milli', '-74006', '--zone', '10YNL----------L'];
    const plant = ['--display-name', 'Roof', '--country', 'US', '--interval-minutes', '15', '--commissioned-on'];
    const registered = await desk.ask(
        ...['facility', 'register', 'roof-1', 'greenfield', 'generation', 'B16', '250000'],
        ...[...plant, '2024-03-01', ...place],
    );
    expect(registered.result).toMatchObject({ location: { latitudeMilli: 40_713, longitudeMilli: -74_006 } });
    const meter = ['--public-key', desk.at('meter.pem'), '--display-name', 'Meter', '--facility-id', 'roof-1'];
    await desk.ask('source', 'register', 'roof-1-meter', 'sensor', ...meter);
    expect(await desk.ask('entity', 'check', 'greenfield')).toMatchObject({ standing: { counts: true } });
    expect(await desk.ask('facility', 'of', 'greenfield', '--all')).toMatchObject({
        rows: [{ facilityId: 'roof-1', retiredOn: null }],
    });
});
