// SPDX-License-Identifier: Apache-2.0
import '../testing/quiet.js';
import type { BundleId, Ppm, WalletId } from '@power-currency/domain';
import { captured } from '../testing/captured.js';
import { Certifying, hourOf } from '../testing/certifying.js';
import { expectRefusal } from '../testing/refusals.js';

const [anna, sunny] = ['anna', 'sunny'] as WalletId[] as [WalletId, WalletId];
let founded: Certifying;
let certifying: Certifying;

beforeAll(async () => {
    founded = await Certifying.founded(anna);
});
// A plant and a battery for each test.
beforeEach(async () => {
    certifying = await founded.elsewhere();
});
afterAll(() => founded.scenario.close());

describe('the life of an interval', () => {
    it('tells where each watt-hour is, and which transactions made it so', async () => {
        await certifying.verified(10, 1_000n);
        await certifying.issue([10], 900n);
        const [a, b, c] = (await certifying.split(certifying.idOf(10, '0-899'), 100n, 200n, 600n)) as [
            BundleId,
            BundleId,
            BundleId,
        ];
        await certifying.claim([a]);
        await certifying.transfer([b], anna);
        const { energy, states, bundles, changes } = await certifying.life(10);
        expect(energy).toMatchObject({ verifiedWh: 1_000n, allocatedWh: 900n });
        expect(states).toEqual({
            ...{ unallocated: 100n, certificate: 800n, backingCredits: 0n, claimed: 100n, withdrawn: 0n, expired: 0n },
        });
        expect(bundles.map(({ certificateBundleId: id, accountId }) => [id, accountId])).toEqual([
            ...[
                [a, sunny],
                [certifying.idOf(10, '0-899'), sunny],
                [b, anna],
                [c, sunny],
            ],
        ]);
        expect(changes.map(({ certificateBundleId: id, action }) => [id, action])).toEqual([
            ...[
                [a, 'split'],
                [a, 'claim'],
            ],
            ...[
                [certifying.idOf(10, '0-899'), 'issue'],
                [certifying.idOf(10, '0-899'), 'split'],
            ],
            ...[
                [b, 'split'],
                [b, 'transfer'],
                [c, 'split'],
            ],
        ]);
        expect(new Set(changes.map(({ transactionId }) => transactionId)).size).toBe(4);
    });

    it('is not told of an interval that nobody verified', async () => {
        await expectRefusal(certifying.life(10), 'ENERGY_NOT_VERIFIED', { start: hourOf(10) });
    });

    it('pages the bundles of a facility in order of time', async () => {
        for (const hour of [9, 10, 11]) await certifying.bundle(hour, 100n);
        const query = { facilityId: certifying.plant, pageSize: 2, bookmark: '' };
        const reader = certifying.scenario.person('RegulatorMSP');
        const first = await certifying.scenario.ledger.evaluate(reader, 'Certificate:ListOfFacility', query);
        const rest = await certifying.scenario.ledger.evaluate(reader, 'Certificate:ListOfFacility', {
            ...query,
            bookmark: first.bookmark,
        });
        const ids = [...first.rows, ...rest.rows].map(({ certificateBundleId }) => certificateBundleId);
        expect(ids).toEqual([9, 10, 11].map((hour) => certifying.idOf(hour, '0-99')));
    });
});

describe('one block', () => {
    const conflict = 'MVCC_READ_CONFLICT';

    it('lets one transaction have a bundle, whatever else is wanted of it [V21]', async () => {
        const { scenario, battery: facilityId } = certifying;
        await scenario.submit(scenario.person('CooperativeMSP', 'admin'), 'Storage:AttestEfficiency', {
            ...{ facilityId, storageEfficiencyFactor: 900_000n as Ppm, evidence: new Uint8Array(32) },
        });
        const destination = { registry: 'grexel', reference: 'GO-1' as never };
        const until = scenario.later(3_600n);
        const wishes: readonly ((bundleIds: readonly [BundleId]) => Promise<unknown>)[] = [
            (bundleIds) => certifying.claim(bundleIds),
            (bundleIds) => certifying.transfer(bundleIds, anna),
            ([bundleId]) => certifying.split(bundleId, 1n, 1n),
            (bundleIds) => certifying.sign('Certificate:Reserve', sunny, { bundleIds, to: anna, until }),
            (bundleIds) => certifying.sign('Certificate:Lock', sunny, { bundleIds }),
            (bundleIds) => certifying.sign('Certificate:Withdraw', sunny, { bundleIds, destination }),
            (bundleIds) => certifying.sign('Storage:Charge', sunny, { facilityId, chargeId: 'c' as never, bundleIds }),
        ];
        for (const [index, first] of wishes.entries()) {
            const bundleId = await certifying.bundle(10 + index, 2n);
            const others = wishes.filter((wish) => wish !== first);
            const endorsed = [];
            for (const wish of [first, ...others]) {
                endorsed.push((await captured(scenario.ledger, () => wish([bundleId])))!);
            }
            const block = await scenario.ledger.commit(endorsed);
            expect(block.map(({ code }) => code)).toEqual(['VALID', ...others.map(() => conflict)]);
        }
    });

    it('certifies a watt-hour once', async () => {
        await certifying.verified(10, 2n);
        const { ledger } = certifying.scenario;
        const [all, one] = [
            (await captured(ledger, () => certifying.issue([10])))!,
            (await captured(ledger, () => certifying.issue([10], 1n)))!,
        ];
        const block = await ledger.commit([one, all]);
        expect(block.map(({ code }) => code)).toEqual(['VALID', conflict]);
        await expect(certifying.issue()).resolves.toEqual([certifying.idOf(10, '1-1')]);
    });
});
