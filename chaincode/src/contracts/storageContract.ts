// SPDX-License-Identifier: Apache-2.0
import {
    attestEfficiency,
    chargeStorage,
    chargeStorageIntent,
    dischargeStorage,
    dischargeStorageIntent,
    type FacilityId,
    refuse,
    type StorageCharge,
    type StorageDischarge,
    type StorageEfficiency,
    type StorageRecordId,
} from '@power-currency/domain';
import { Returns, Transaction } from 'fabric-contract-api';
import { parametersOf } from '../ledger/basis.js';
import { participantOf } from '../ledger/caller.js';
import { bundleRefs, changeBundles, factsOf, namedBundles, writeIssued } from '../ledger/certificates.js';
import { energyOf, intervalRefs, signedFacility, signedFacilityRefs } from '../ledger/certificateSigners.js';
import { facilityOf, facilityRef } from '../ledger/energyRegistry.js';
import { requestOfIntent } from '../ledger/intents.js';
import { evaluate, LedgerContract, submit } from '../ledger/ledgerContract.js';
import { LedgerContext } from '../ledger/ledgerContext.js';
import { pageOfValues } from '../ledger/pages.js';
import type { Platform } from '../ledger/platform.js';
import { refTo, type StateRef } from '../ledger/stateTable.js';
import { parametersRef, tables } from '../ledger/tables.js';

/** Energy that is stored: certificates go in, and fewer come back. */
export class StorageContract extends LedgerContract {
    constructor(platform: Platform) {
        super('Storage', platform);
    }

    @Transaction()
    @Returns('string')
    async AttestEfficiency(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Storage:AttestEfficiency', request, {
            load: ({ facilityId }) => [facilityRef(facilityId), efficiencyRef(facilityId), parametersRef],
            decide: ({ facilityId, storageEfficiencyFactor, evidence }, caller) => {
                const facility = facilityOf(session, facilityId);
                const attestedBy = participantOf(caller).participantId;
                const facts = { storageEfficiencyFactor, evidence, attestedBy };
                const parameters = parametersOf(session);
                const efficiency = attestEfficiency({ ...facts, facility, parameters, now: context.now });
                session.put(efficiencyRef(facilityId), efficiency);
                const told = { facilityId, storageEfficiencyFactor, evidence, by: attestedBy };
                return { result: efficiency, events: [{ type: 'StorageEfficiencyAttested', ...told }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Charge(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Storage:Charge', request, {
            requestOf: requestOfIntent(chargeStorageIntent),
            load: ({ intent: { wallet, facilityId, chargeId, bundleIds } }) => [
                ...[...signedFacilityRefs(wallet, facilityId), ...bundleRefs(bundleIds)],
                ...[efficiencyRef(facilityId), chargeRef(facilityId, chargeId)],
            ],
            decide: (command) => {
                const { facilityId, chargeId, bundleIds } = command.intent;
                const { by, now, facility } = signedFacility(context, chargeStorageIntent, command);
                const { charge, claimed } = chargeStorage({
                    ...{ chargeId, facility, by, now, bundles: namedBundles(session, bundleIds) },
                    efficiency: session.get(efficiencyRef(facilityId)),
                    existing: session.get(chargeRef(facilityId, chargeId)),
                    parameters: parametersOf(session),
                });
                session.put(chargeRef(facilityId, chargeId), charge);
                changeBundles(context, 'charge', claimed);
                const { energySource, chargedWh, dischargeableWh } = charge;
                const use = { walletId: by, beneficiary: facilityId, purpose: `storage charge ${chargeId}` };
                const told = { facilityId, chargeId, energySource, chargedWh, dischargeableWh };
                return {
                    result: charge,
                    events: [
                        { type: 'CertificatesClaimed', ...use, ...factsOf(claimed) },
                        { type: 'StorageCharged', ...told },
                    ],
                };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Discharge(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Storage:Discharge', request, {
            requestOf: requestOfIntent(dischargeStorageIntent),
            load: ({ intent }) => [
                ...[...signedFacilityRefs(intent.wallet, intent.facilityId), ...intervalRefs(intent)],
                chargeRef(intent.facilityId, intent.chargeId),
                dischargeRef(intent.facilityId, intent.dischargeId),
            ],
            decide: (command) => {
                const { facilityId, chargeId, dischargeId } = command.intent;
                const { by, now, facility } = signedFacility(context, dischargeStorageIntent, command);
                const given = dischargeStorage({
                    ...{ dischargeId, chargeId, facility, wish: command.intent, accountId: by, now },
                    charge: session.get(chargeRef(facilityId, chargeId)),
                    existing: session.get(dischargeRef(facilityId, dischargeId)),
                    ...{ energyOf: energyOf(context, facilityId), parameters: parametersOf(session) },
                });
                const { charge, discharge } = given;
                session.put(chargeRef(facilityId, chargeId), charge);
                session.put(dischargeRef(facilityId, dischargeId), discharge);
                writeIssued(context, 'discharge', given);
                const issued = { facilityId, walletId: by, dischargeId, ...factsOf(given.bundles) };
                const told = { facilityId, dischargeId, chargeId, dischargedWh: discharge.dischargedWh };
                return {
                    result: discharge,
                    events: [
                        { type: 'CertificatesIssued', ...issued },
                        { type: 'StorageDischarged', ...told },
                    ],
                };
            },
        });
    }

    @Transaction(false)
    @Returns('string')
    async DescribeCharge(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Storage:DescribeCharge', request, async ({ facilityId, chargeId }) => {
            const charge = await context.session.read(chargeRef(facilityId, chargeId));
            return charge ?? refuse('STORAGE_CHARGE_NOT_FOUND', { facilityId, chargeId });
        });
    }

    @Transaction(false)
    @Returns('string')
    async ListCharges(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Storage:ListCharges', request, ({ facilityId, ...paging }) =>
            pageOfValues(context.session, tables.storageCharge, [facilityId], paging),
        );
    }

    @Transaction(false)
    @Returns('string')
    async ListDischarges(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Storage:ListDischarges', request, ({ facilityId, ...paging }) =>
            pageOfValues(context.session, tables.storageDischarge, [facilityId], paging),
        );
    }
}

const efficiencyRef = (facilityId: FacilityId): StateRef<StorageEfficiency> =>
    refTo(tables.storageEfficiency, facilityId);
const chargeRef = (facilityId: FacilityId, chargeId: StorageRecordId): StateRef<StorageCharge> =>
    refTo(tables.storageCharge, facilityId, chargeId);
const dischargeRef = (facilityId: FacilityId, dischargeId: StorageRecordId): StateRef<StorageDischarge> =>
    refTo(tables.storageDischarge, facilityId, dischargeId);
