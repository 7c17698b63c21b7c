// SPDX-License-Identifier: Apache-2.0
import type { HolderId } from '@power-currency/domain';
import { Scenario } from '../testing/index.js';
import { activeEntity } from '../testing/energySteps.js';
import { entitySteps } from '../testing/entitySteps.js';
import { expectRefusal } from '../testing/refusals.js';

let scenario: Scenario;
beforeEach(async () => {
    scenario = await Scenario.founded();
});
afterEach(() => {
    scenario.close();
});

const coop = 'coop' as HolderId;
const { apply, approve, grant, activate, suspend, revoke, link, roster } = entitySteps(() => scenario);

describe('nations and what they contain', () => {
    const nation = 'nation' as HolderId;

    it('an entity of a country with a nation names it, and nothing else [V44]', async () => {
        await activeEntity(scenario, nation, 'nation');
        const dutch = async (parentId: string | null) =>
            apply('coop', 'cooperative', { country: 'NL', parentId: parentId as HolderId | null });
        await expectRefusal(dutch(null), 'PARENT_MISSING', { nationId: nation });
        await expectRefusal(dutch('atlantis'), 'PARENT_INVALID', { parentId: 'atlantis' });
        await expectRefusal(apply('coop', 'cooperative', { country: 'DE', parentId: nation }), 'PARENT_INVALID');
        await expect(dutch(nation)).resolves.toMatchObject({ parentId: nation });
        await approve();
        expect(await roster()).toEqual(['coop approved nation', 'nation active -']);
    });

    it('no entity lies inside a cooperative, and a nation in nothing', async () => {
        await activeEntity(scenario, 'coop', 'cooperative');
        await expectRefusal(apply('other', 'producer', { country: 'DE', parentId: coop }), 'PARENT_INVALID');
        await expectRefusal(apply('land', 'nation', { parentId: coop }), 'PARENT_NOT_ALLOWED');
    });

    const end = async (entityId: HolderId) => {
        await suspend('Authority', entityId);
        await revoke('CentralBank', entityId);
    };

    it('a country has one nation that was approved, until that is revoked: an application alone keeps nobody out', async () => {
        await apply(nation, 'nation');
        await apply('rival', 'nation');
        await approve('Authority', nation);
        await expectRefusal(approve('Authority', 'rival' as HolderId), 'NATION_EXISTS', { nationId: nation });
        await expectRefusal(apply('third', 'nation'), 'NATION_EXISTS', { nationId: nation });
        await end(nation);
        await expect(approve('Authority', 'rival' as HolderId)).resolves.toMatchObject({ state: 'approved' });
    });

    it('a nation that comes later waits until the entities of its country are linked', async () => {
        await activeEntity(scenario, 'coop', 'cooperative', { country: 'NL' });
        await apply(nation, 'nation');
        await grant(nation);
        await expectRefusal(link(nation), 'PARENT_INVALID');
        await approve('Authority', nation);
        await expectRefusal(activate(nation), 'NATION_UNLINKED', { entityId: 'coop' });
        await expectRefusal(link(nation, 'Authority'), 'ENTITY_NOT_OWNED');
        await expectRefusal(link('coop'), 'PARENT_INVALID');
        await link(nation);
        await expect(activate(nation)).resolves.toMatchObject({ state: 'active' });
        expect(await roster()).toEqual(['coop active nation', 'nation active -']);
    });

    it('an application that an approved nation overtook is linked before it is approved', async () => {
        await apply('coop', 'cooperative', { country: 'NL' });
        await activeEntity(scenario, nation, 'nation');
        await expectRefusal(approve(), 'PARENT_MISSING', { nationId: nation });
        await link(nation);
        await expectRefusal(link(null), 'PARENT_MISSING');
        await expect(approve()).resolves.toMatchObject({ parentId: nation });
    });

    it('an entity whose nation was revoked is in none, or in the next one', async () => {
        await activeEntity(scenario, nation, 'nation');
        await apply('coop', 'cooperative', { country: 'NL', parentId: nation });
        await end(nation);
        await expectRefusal(approve(), 'PARENT_INVALID');
        await link(null);
        await approve();
        await apply('successor', 'nation');
        await approve('Authority', 'successor' as HolderId);
        await expect(link('successor')).resolves.toMatchObject({ parentId: 'successor', state: 'approved' });
    });
});
