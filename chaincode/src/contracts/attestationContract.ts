// SPDX-License-Identifier: Apache-2.0
import {
    acceptAttestation,
    type AttestationRecord,
    type Day,
    parseAttestationFile,
    refuse,
} from '@power-currency/domain';
import { Returns, Transaction } from 'fabric-contract-api';
import { attestationBasisOf, basisRefs } from '../ledger/basis.js';
import { correctionRef, correctionRefs, fileRefOf, heldZones, zonesOf } from '../ledger/corrections.js';
import { evaluate, LedgerContract, submit } from '../ledger/ledgerContract.js';
import { clockRef, LedgerContext } from '../ledger/ledgerContext.js';
import { pageOfValues } from '../ledger/pages.js';
import type { Platform } from '../ledger/platform.js';
import { isPresent } from '../ledger/present.js';
import { refTo } from '../ledger/stateTable.js';
import { headRef, tables } from '../ledger/tables.js';

/** Signed energy days, each linked to the one before. */
export class AttestationContract extends LedgerContract {
    constructor(platform: Platform) {
        super('Attestation', platform);
    }

    @Transaction()
    @Returns('string')
    async Submit(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Attestation:Submit', request, {
            load: () => basisRefs,
            decide: async ({ file: fileText }) => {
                const file = parseAttestationFile(fileText);
                const ref = refTo(tables.attestation, file.day);
                const fileRef = fileRefOf(file.day);
                const signerRefs = file.meta.signatures.map((entry) => refTo(tables.signer, entry.signer_id));
                await session.load([ref, fileRef, ...signerRefs, ...correctionRefs(file.corrections)]);
                const { record, head, events } = acceptAttestation({
                    file,
                    basis: attestationBasisOf(context),
                    head: session.get(headRef),
                    existing: session.get(ref),
                    held: heldZones(session, file.corrections),
                    signers: signerRefs.map((signerRef) => session.get(signerRef)).filter(isPresent),
                    now: context.now,
                    transactionId: context.stub.getTxID(),
                    primitives: context.platform.primitives,
                });
                session.put(ref, record);
                session.put(fileRef, { file: fileText });
                session.put(headRef, head);
                for (const one of file.corrections) {
                    session.put(correctionRef(one), { wh: one.wh_after, correctedBy: file.day });
                }
                context.advanceClock();
                return { result: record, events };
            },
        });
    }

    @Transaction(false)
    @Returns('string')
    async Describe(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Attestation:Describe', request, ({ day }) => existingDay(context, day));
    }

    @Transaction(false)
    @Returns('string')
    async DescribeLatest(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Attestation:DescribeLatest', request, async () => {
            const head = await context.session.read(headRef);
            return head === undefined ? null : existingDay(context, head.day);
        });
    }

    @Transaction(false)
    @Returns('string')
    async DescribeBasis(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Attestation:DescribeBasis', request, async () => {
            await context.session.load([...basisRefs, clockRef]);
            return attestationBasisOf(context);
        });
    }

    @Transaction(false)
    @Returns('string')
    async DescribeZones(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return evaluate('Attestation:DescribeZones', request, async ({ day }) => {
            return (await zonesOf(session, day)) ?? refuse('ATTESTATION_NOT_FOUND', { day });
        });
    }

    @Transaction(false)
    @Returns('string')
    async ReadFile(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Attestation:ReadFile', request, async ({ day }) => {
            const found = await context.session.read(fileRefOf(day));
            return found ?? refuse('ATTESTATION_NOT_FOUND', { day });
        });
    }

    @Transaction(false)
    @Returns('string')
    async List(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Attestation:List', request, (paging) =>
            pageOfValues(context.session, tables.attestation, [], paging),
        );
    }
}

async function existingDay(context: LedgerContext, day: Day): Promise<AttestationRecord> {
    const found = await context.session.read(refTo(tables.attestation, day));
    return found ?? refuse('ATTESTATION_NOT_FOUND', { day });
}
