// SPDX-License-Identifier: Apache-2.0

/** Refusals about certificates of energy, and about storing it. Energies are in Wh. */
export interface CertificateErrors {
    CERTIFICATE_NOT_FOUND: { bundleId: string };
    CERTIFICATE_REPEATED: { bundleId: string };
    CERTIFICATE_NOT_YOURS: { bundleId: string; walletId: string };
    CERTIFICATE_STATUS_MISMATCH: { bundleId: string; status: string; expected: readonly string[] };
    CERTIFICATE_EXPIRED: { bundleId: string; expiresAt: string };
    CERTIFICATE_NOT_EXPIRED: { bundleId: string; expiresAt: string };
    CERTIFICATE_SPLIT_INVALID: { bundleId: string; bundleQuantity: string; total: string };
    CERTIFICATE_RESERVATION_INVALID: { bundleId: string; until: string; latest: string };
    CERTIFICATE_RESERVATION_ENDED: { bundleId: string; until: string };
    CERTIFICATE_RESERVATION_OPEN: { bundleId: string; until: string };
    CERTIFICATE_IN_DELIVERY: { bundleId: string };
    CERTIFICATE_REGISTRY_MISMATCH: { bundleId: string; registry: string };
    CANCELLATION_USED: { registry: string; reference: string };
    FACILITY_NOT_YOURS: { facilityId: string; walletId: string };
    FACILITY_TYPE_MISMATCH: { facilityId: string; type: string; expected: string };
    INTERVAL_NOT_OF_DAY: { facilityId: string; day: string; start: string };
    INTERVAL_REPEATED: { facilityId: string; start: string };
    ENERGY_NOT_VERIFIED: { facilityId: string; start: string };
    ENERGY_ALLOCATED: { facilityId: string; start: string; wanted: string; unallocated: string };
    STORAGE_EFFICIENCY_INVALID: { facilityId: string; storageEfficiencyFactor: string; least: string; most: string };
    STORAGE_EFFICIENCY_MISSING: { facilityId: string };
    STORAGE_RECORD_EXISTS: { facilityId: string; recordId: string };
    STORAGE_SOURCES_MIXED: { facilityId: string; sources: readonly string[] };
    STORAGE_CHARGE_NOT_FOUND: { facilityId: string; chargeId: string };
    STORAGE_CHARGE_EXCEEDED: { facilityId: string; chargeId: string; wanted: string; remaining: string };
    STORAGE_DISCHARGE_TOO_EARLY: { facilityId: string; chargeId: string; start: string; producedUntil: string };
    RESERVE_NEEDED: { lockedWh: string; wanted: string; supply: string };
    DELIVERY_ENERGY_MISMATCH: { redemptionId: string; energyWh: string; certifiedWh: string };
}

export const certificateErrors: Readonly<Record<keyof CertificateErrors, string>> = {
    CERTIFICATE_NOT_FOUND: 'No certificates have this id. Look at the list of what the wallet holds.',
    CERTIFICATE_REPEATED: 'The same certificates are named twice. Name each bundle once.',
    CERTIFICATE_NOT_YOURS: 'The certificates are not for the wallet that signed.',
    CERTIFICATE_STATUS_MISMATCH: 'Certificates in this state cannot be used like that. Look at the bundle.',
    CERTIFICATE_EXPIRED: 'The certificates have expired. Use certificates of later production.',
    CERTIFICATE_NOT_EXPIRED: 'The certificates can still be used. Wait until they expire.',
    CERTIFICATE_SPLIT_INVALID: 'The parts are not the whole. Name at least two quantities that add up to the bundle.',
    CERTIFICATE_RESERVATION_INVALID: 'The reservation would end in the past, or too late. Choose an earlier end.',
    CERTIFICATE_RESERVATION_ENDED: 'The reservation has ended. Ask the owner for a new one.',
    CERTIFICATE_RESERVATION_OPEN: 'Another wallet can still take the certificates. Wait until the reservation ends.',
    CERTIFICATE_IN_DELIVERY: 'The certificates are kept for a redemption. Wait until it is settled or returned.',
    CERTIFICATE_REGISTRY_MISMATCH: 'The certificates were withdrawn to another registry than the one named.',
    CANCELLATION_USED: 'Certificates were reissued under this cancellation before. It counts once.',
    FACILITY_NOT_YOURS: "The facility is not that of the wallet's holder.",
    FACILITY_TYPE_MISMATCH: 'Facilities of this type have no such certificates: storage discharges, plants issue.',
    INTERVAL_NOT_OF_DAY: "The interval is none of the facility's metering intervals on this day.",
    INTERVAL_REPEATED: 'The same interval is named twice. Name each once.',
    ENERGY_NOT_VERIFIED: 'No energy of this interval or day is verified and unallocated. Wait for its verification.',
    ENERGY_ALLOCATED: 'Less energy of the interval is unallocated than asked for. Ask for what is left.',
    STORAGE_EFFICIENCY_INVALID: 'The efficiency is out of the bounds that members voted for. Measure it again.',
    STORAGE_EFFICIENCY_MISSING: 'Nobody has attested what the storage gives back. Have its member attest it.',
    STORAGE_RECORD_EXISTS: 'The facility has a charge or discharge of this id already. Choose another id.',
    STORAGE_SOURCES_MIXED: 'The certificates are of several sources of energy. Make a charge for each source.',
    STORAGE_CHARGE_NOT_FOUND: 'The facility has no charge of this id. Look at the list of its charges.',
    STORAGE_CHARGE_EXCEEDED: 'More would come back than was stored, less what storage loses. Name less energy.',
    STORAGE_DISCHARGE_TOO_EARLY: 'The energy would come back before it had been made. Use an earlier charge.',
    RESERVE_NEEDED: 'Power Credits in circulation need this reserve. Lock other certificates first.',
    DELIVERY_ENERGY_MISMATCH: 'The certificates are not of the energy that was promised. Split them to the exact Wh.',
};
