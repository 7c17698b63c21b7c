// SPDX-License-Identifier: Apache-2.0
import { DomainError } from '../error/domainError.js';
import { type EnergyEntity, entityCountMax, entityRoster } from './energyEntity.js';
import { emptyRoster, withEntity } from './roster.js';

function entity(entityId: string): EnergyEntity {
    return {
        ...{ entityId, kind: 'producer', displayName: entityId, country: 'NL', parentId: null, evidence: [] },
        ...{ state: 'applied', sponsor: 'authority', approvedBy: null, suspendedBy: null, aggregateId: null },
        ...{ reason: '', appliedAt: 0n, changedAt: 0n },
    } as unknown as EnergyEntity;
}

const full = Array.from({ length: entityCountMax }, (_, index) => `e-${String(index).padStart(3, '0')}`).reduce(
    (roster, id) => withEntity(roster, entity(id)),
    emptyRoster,
);

describe('the roster', () => {
    it('is in order of ids, whatever order they came in', () => {
        const ids = ['m', 'z', 'a', 'm-1'];
        const roster = ids.reduce((before, id) => withEntity(before, entity(id)), emptyRoster);
        expect(roster.entries.map(({ entityId }) => entityId)).toEqual(['a', 'm', 'm-1', 'z']);
    });

    it('has room for so many entities, names the limit to the next one, and fits its own record', () => {
        const refused = (() => {
            try {
                return withEntity(full, entity('one-more'));
            } catch (thrown) {
                return thrown;
            }
        })();
        expect(refused).toEqual(new DomainError('ENTITY_COUNT_EXCEEDED', { entityId: 'one-more', entityCountMax }));
        expect(entityRoster.decode(entityRoster.encode(full), '')).toEqual(full);
    });

    it('changes the line of an entity it has, also when it is full', () => {
        const changed = withEntity(full, { ...entity('e-007'), state: 'revoked' });
        expect(changed.entries).toHaveLength(entityCountMax);
        expect(changed.entries[7]).toMatchObject({ entityId: 'e-007', state: 'revoked' });
        expect(changed.changeCount).toBe(full.changeCount + 1);
    });
});
