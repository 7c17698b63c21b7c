// SPDX-License-Identifier: Apache-2.0
import { freeText, nullable, object } from '../../encoding/codec.js';
import { facilityId, holderId, participantId, sourceId } from '../../encoding/identifier.js';
import { energyEntity, evidenceFacts } from '../../energy/energyEntity.js';
import { energySource } from '../../energy/energySource.js';
import { facility } from '../../energy/facility.js';
import { day } from '../../time/day.js';

const reason = freeText(200, 1);
const decided = { entityId: holderId, by: participantId } as const;

export const energyRegistryEvents = {
    EntityApplied: object({ entity: energyEntity }),
    EntityApproved: object(decided),
    EntityActivated: object(decided),
    EntitySuspended: object({ ...decided, reason }),
    EntityReinstated: object({ ...decided, reason }),
    EntityRevoked: object({ ...decided, reason }),
    EvidenceRenewed: object({ ...decided, ...evidenceFacts }),
    EntityLinked: object({ ...decided, parentId: nullable(holderId) }),
    FacilityRegistered: object({ facility }),
    FacilityRetired: object({ facilityId, by: participantId, retiredOn: day }),
    SourceRegistered: object({ source: energySource }),
    SourceRevoked: object({ sourceId, by: participantId, reason }),
} as const;
