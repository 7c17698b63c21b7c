// SPDX-License-Identifier: Apache-2.0
import {
    activateEntity,
    applyEntity,
    approveEntity,
    checkOperating,
    linkEntity,
    refuse,
    reinstateEntity,
    renewEvidence,
    retireFacility,
    revokeEntity,
    revokeSource,
    suspendEntity,
} from '@power-currency/domain';
import { Returns, Transaction } from 'fabric-contract-api';
import { participantOf } from '../ledger/caller.js';
import { holderRef } from '../ledger/compliance.js';
import {
    checkActiveEntity,
    decideEntity,
    entityOf,
    entityRef,
    entityRefs,
    facilityOf,
    facilityRef,
    rosterOf,
    sourceRef,
    standingOf,
    standingRefs,
} from '../ledger/energyRegistry.js';
import { facilityRegistrationRefs, writeFacility } from '../ledger/facilityRegistration.js';
import { evaluate, LedgerContract, submit } from '../ledger/ledgerContract.js';
import { clockRef, LedgerContext } from '../ledger/ledgerContext.js';
import { pageOfValues } from '../ledger/pages.js';
import type { Platform } from '../ledger/platform.js';
import { sourceRegistrationRefs, writeSource } from '../ledger/sourceRegistration.js';
import { rosterRef, tables } from '../ledger/tables.js';

/** Who takes part in energy: entities, what they own, and who reports on it. */
export class EnergyRegistryContract extends LedgerContract {
    constructor(platform: Platform) {
        super('EnergyRegistry', platform);
    }

    @Transaction()
    @Returns('string')
    async ApplyEntity(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'EnergyRegistry:ApplyEntity', request, {
            load: ({ entityId }) => [entityRef(entityId), holderRef(entityId), rosterRef],
            decide: ({ entityId, kind, displayName, country, parentId, evidence }, caller) => {
                const entity = applyEntity({
                    ...{ entityId, kind, displayName, country, parentId, evidence },
                    ...{ sponsor: participantOf(caller).participantId, holder: session.get(holderRef(entityId)) },
                    ...{ existing: session.get(entityRef(entityId)), roster: rosterOf(session), now: context.now },
                });
                session.put(entityRef(entityId), entity);
                // Its documents end on the ledger's own time, which this moment must not fall behind.
                context.advanceClock();
                return { result: entity, events: [{ type: 'EntityApplied', entity }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async ApproveEntity(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'EnergyRegistry:ApproveEntity', request, {
            load: entityRefs,
            decide: decideEntity(context, approveEntity, (_, decided) => ({ type: 'EntityApproved', ...decided })),
        });
    }

    @Transaction()
    @Returns('string')
    async ActivateEntity(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'EnergyRegistry:ActivateEntity', request, {
            load: entityRefs,
            decide: decideEntity(
                context,
                (of, _, credential) => activateEntity(of, credential),
                (_, decided) => ({ type: 'EntityActivated', ...decided }),
            ),
        });
    }

    @Transaction()
    @Returns('string')
    async SuspendEntity(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'EnergyRegistry:SuspendEntity', request, {
            load: entityRefs,
            decide: decideEntity(
                context,
                (of, { reason }) => suspendEntity(of, reason),
                ({ reason }, decided) => ({ type: 'EntitySuspended', ...decided, reason }),
            ),
        });
    }

    @Transaction()
    @Returns('string')
    async ReinstateEntity(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'EnergyRegistry:ReinstateEntity', request, {
            load: entityRefs,
            decide: decideEntity(
                context,
                (of, { reason }, credential) => reinstateEntity(of, reason, credential),
                ({ reason }, decided) => ({ type: 'EntityReinstated', ...decided, reason }),
            ),
        });
    }

    @Transaction()
    @Returns('string')
    async RevokeEntity(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'EnergyRegistry:RevokeEntity', request, {
            load: entityRefs,
            decide: decideEntity(
                context,
                (of, { reason }) => revokeEntity(of, reason),
                ({ reason }, decided) => ({ type: 'EntityRevoked', ...decided, reason }),
            ),
        });
    }

    @Transaction()
    @Returns('string')
    async RenewEvidence(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'EnergyRegistry:RenewEvidence', request, {
            load: entityRefs,
            decide: decideEntity(
                context,
                (of, { kind, digest, issuer, expiresAt }) => {
                    const renewed = renewEvidence(of, { kind, digest, issuer, expiresAt });
                    context.advanceClock();
                    return renewed;
                },
                (command, { by }) => ({ type: 'EvidenceRenewed', ...command, by }),
            ),
        });
    }

    @Transaction()
    @Returns('string')
    async LinkEntity(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'EnergyRegistry:LinkEntity', request, {
            load: entityRefs,
            decide: decideEntity(
                context,
                (of, { parentId }) => linkEntity(of, parentId),
                ({ parentId }, decided) => ({ type: 'EntityLinked', ...decided, parentId }),
            ),
        });
    }

    @Transaction()
    @Returns('string')
    async RegisterFacility(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'EnergyRegistry:RegisterFacility', request, {
            load: facilityRegistrationRefs,
            decide: async (command, caller) => {
                const facility = await writeFacility(context, command, caller);
                return { result: facility, events: [{ type: 'FacilityRegistered', facility }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async RetireFacility(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'EnergyRegistry:RetireFacility', request, {
            load: ({ facilityId }) => [facilityRef(facilityId)],
            decide: ({ facilityId, retiredOn }, caller) => {
                const existing = session.get(facilityRef(facilityId));
                const by = participantOf(caller).participantId;
                const facility = retireFacility({ facilityId, existing, by, retiredOn, now: context.now });
                session.put(facilityRef(facilityId), facility);
                return { result: facility, events: [{ type: 'FacilityRetired', facilityId, by, retiredOn }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async RegisterSource(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'EnergyRegistry:RegisterSource', request, {
            load: sourceRegistrationRefs,
            decide: (command, caller) => {
                const source = writeSource(context, command, caller);
                return { result: source, events: [{ type: 'SourceRegistered', source }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async RevokeSource(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'EnergyRegistry:RevokeSource', request, {
            load: ({ sourceId }) => [sourceRef(sourceId)],
            decide: ({ sourceId, reason }, caller) => {
                const existing = session.get(sourceRef(sourceId));
                const by = participantOf(caller).participantId;
                const source = revokeSource({ sourceId, existing, by, reason, now: context.now });
                session.put(sourceRef(sourceId), source);
                return { result: source, events: [{ type: 'SourceRevoked', sourceId, by, reason }] };
            },
        });
    }

    @Transaction(false)
    @Returns('string')
    async DescribeEntity(context: LedgerContext, request: string): Promise<string> {
        return evaluate('EnergyRegistry:DescribeEntity', request, async ({ entityId }) => {
            await context.session.load([entityRef(entityId)]);
            return entityOf(context.session, entityId);
        });
    }

    @Transaction(false)
    @Returns('string')
    async CheckEntity(context: LedgerContext, request: string): Promise<string> {
        return evaluate('EnergyRegistry:CheckEntity', request, async ({ entityId }) => {
            await context.session.load([...standingRefs(entityId), clockRef]);
            return { entity: entityOf(context.session, entityId), standing: standingOf(context, entityId) };
        });
    }

    @Transaction(false)
    @Returns('string')
    async ListEntities(context: LedgerContext, request: string): Promise<string> {
        return evaluate('EnergyRegistry:ListEntities', request, (paging) =>
            pageOfValues(context.session, tables.energyEntity, [], paging),
        );
    }

    @Transaction(false)
    @Returns('string')
    async DescribeFacility(context: LedgerContext, request: string): Promise<string> {
        return evaluate('EnergyRegistry:DescribeFacility', request, async ({ facilityId }) => {
            await context.session.load([facilityRef(facilityId)]);
            return facilityOf(context.session, facilityId);
        });
    }

    @Transaction(false)
    @Returns('string')
    async ListFacilities(context: LedgerContext, request: string): Promise<string> {
        return evaluate('EnergyRegistry:ListFacilities', request, (paging) =>
            pageOfValues(context.session, tables.facility, [], paging),
        );
    }

    @Transaction(false)
    @Returns('string')
    async ListFacilitiesOf(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return evaluate('EnergyRegistry:ListFacilitiesOf', request, async ({ entityId, ...paging }) => {
            const { rows, bookmark } = await pageOfValues(session, tables.entityFacility, [entityId], paging);
            await session.load(rows.map(({ facilityId }) => facilityRef(facilityId)));
            return { rows: rows.map(({ facilityId }) => facilityOf(session, facilityId)), bookmark };
        });
    }

    @Transaction(false)
    @Returns('string')
    async CheckFacility(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return evaluate('EnergyRegistry:CheckFacility', request, async ({ facilityId, day }) => {
            await session.load([facilityRef(facilityId), clockRef]);
            const facility = facilityOf(session, facilityId);
            checkOperating(facility, day);
            await session.load(standingRefs(facility.entityId));
            checkActiveEntity(context, facility.entityId);
            return facility;
        });
    }

    @Transaction(false)
    @Returns('string')
    async DescribeSource(context: LedgerContext, request: string): Promise<string> {
        return evaluate('EnergyRegistry:DescribeSource', request, async ({ sourceId }) => {
            const found = await context.session.read(sourceRef(sourceId));
            return found ?? refuse('SOURCE_NOT_FOUND', { sourceId });
        });
    }

    @Transaction(false)
    @Returns('string')
    async ListSources(context: LedgerContext, request: string): Promise<string> {
        return evaluate('EnergyRegistry:ListSources', request, (paging) =>
            pageOfValues(context.session, tables.energySource, [], paging),
        );
    }
}
