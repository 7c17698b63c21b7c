// SPDX-License-Identifier: Apache-2.0

/** Refusals about energy entities, their facilities and the sources that report on them. */
export interface EnergyRegistryErrors {
    ENTITY_EXISTS: { entityId: string };
    ENTITY_NOT_FOUND: { entityId: string };
    ENTITY_COUNT_EXCEEDED: { entityId: string; entityCountMax: number };
    ENTITY_NOT_OWNED: { entityId: string; sponsor: string };
    ENTITY_NOT_IN_STATE: { entityId: string; state: string; needed: string[] };
    ENTITY_NOT_ACTIVE: { entityId: string; obstacle: string; reason: string };
    EVIDENCE_MISSING: { entityId: string; evidence: string };
    EVIDENCE_NOT_NEEDED: { entityId: string; evidence: string };
    EVIDENCE_EXPIRED: { entityId: string; evidence: string; expiresAt: string };
    PARENT_NOT_ALLOWED: { entityId: string; parentId: string };
    PARENT_MISSING: { entityId: string; nationId: string };
    PARENT_INVALID: { entityId: string; parentId: string; country: string };
    NATION_EXISTS: { country: string; nationId: string };
    NATION_UNLINKED: { nationId: string; country: string; entityId: string };
    FACILITY_EXISTS: { facilityId: string };
    FACILITY_NOT_FOUND: { facilityId: string };
    FACILITY_NOT_OWNED: { facilityId: string; participantId: string };
    FACILITY_TYPE_NOT_ALLOWED: { facilityId: string; type: string; kind: string; needed: string[] };
    FACILITY_CARRIER_NOT_ALLOWED: { facilityId: string; type: string; carrier: string };
    FACILITY_COUNTRY_MISMATCH: { facilityId: string; country: string; entityId: string };
    FACILITY_LOCATION_INVALID: { facilityId: string; type: string };
    FACILITY_RETIRED: { facilityId: string; retiredOn: string };
    FACILITY_NOT_OPERATING: { facilityId: string; day: string; commissionedOn: string; retiredOn: string | null };
    AGGREGATE_EXISTS: { entityId: string; facilityId: string };
    RETIREMENT_INVALID: { facilityId: string; retiredOn: string; earliest: string };
    SOURCE_EXISTS: { sourceId: string };
    SOURCE_NOT_FOUND: { sourceId: string };
    SOURCE_NOT_OWNED: { sourceId: string; participantId: string };
    SOURCE_FACILITY_INVALID: { sourceId: string; kind: string };
    SOURCE_REVOKED: { sourceId: string };
}

export const energyRegistryErrors: Readonly<Record<keyof EnergyRegistryErrors, string>> = {
    ENTITY_EXISTS: 'An energy entity has this id already, or had it. Choose another holder.',
    ENTITY_NOT_FOUND: 'No energy entity has this id. A member has to bring its application in.',
    ENTITY_COUNT_EXCEEDED: 'The ledger has approved as many energy entities as it can. None can be added.',
    ENTITY_NOT_OWNED: "Only the entity's sponsor does this. Ask that member.",
    ENTITY_NOT_IN_STATE: 'The entity is not in a state this can be done in. Look at its state.',
    ENTITY_NOT_ACTIVE: 'The entity does not count now. Remove the obstacle named, then try again.',
    EVIDENCE_MISSING: 'An entity of this kind has to prove more. Add the evidence named.',
    EVIDENCE_NOT_NEEDED: 'An entity of this kind does not prove this, or not twice. Leave the evidence named out.',
    EVIDENCE_EXPIRED: 'The evidence named is good no longer. Have another member renew it.',
    PARENT_NOT_ALLOWED: 'A nation lies inside no other entity. Leave the parent out.',
    PARENT_MISSING: "The entity's country has a nation, whose production contains the entity's. Name it as the parent.",
    PARENT_INVALID:
        "A parent is the nation of the entity's own country that was approved and not revoked. Name that one, or none.",
    NATION_EXISTS: 'The country has a nation already. A country has one.',
    NATION_UNLINKED:
        "An entity of the nation's country does not name it yet and would count twice. Have its sponsor link it.",
    FACILITY_EXISTS: 'A facility has this id already. Choose another id.',
    FACILITY_NOT_FOUND: 'No facility has this id. Register it first.',
    FACILITY_NOT_OWNED: 'Only the member that registered a facility does this. Ask that member.',
    FACILITY_TYPE_NOT_ALLOWED:
        'A nation has an aggregate, other entities have generation and storage. Change the type.',
    FACILITY_CARRIER_NOT_ALLOWED:
        'Storage is B10 or B25, an aggregate is B20, and generation is neither storage. Change the carrier.',
    FACILITY_COUNTRY_MISMATCH:
        "A facility stands in its entity's country. Register it for an entity of its own country.",
    FACILITY_LOCATION_INVALID: 'A plant or storage says where it stands, an aggregate does not. Correct the location.',
    FACILITY_RETIRED: 'The facility has a last day already. Register another facility if it works on.',
    FACILITY_NOT_OPERATING: 'The facility was not at work on this day. Choose a day within its operating time.',
    AGGREGATE_EXISTS: 'The nation has an aggregate for these days. Retire it first, and begin after its last day.',
    RETIREMENT_INVALID: "A facility's last day is neither before its first nor in the past. Choose a later one.",
    SOURCE_EXISTS: 'A source has this id already. Choose another id.',
    SOURCE_NOT_FOUND: 'No source has this id. Register it first.',
    SOURCE_NOT_OWNED: 'Only the member that registered a source revokes it. Ask that member.',
    SOURCE_FACILITY_INVALID: 'A sensor belongs to one facility, other sources to none. Correct the facility.',
    SOURCE_REVOKED: 'The source was revoked, for good. Register a new one with a new key.',
};
