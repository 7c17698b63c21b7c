// SPDX-License-Identifier: Apache-2.0
import {
    grantCredential,
    hex,
    refuse,
    registerParticipant,
    registerSigner,
    revokeCredential,
    revokeSigner,
} from '@power-currency/domain';
import { Returns, Transaction } from 'fabric-contract-api';
import { callerIdentity } from '../ledger/callerIdentity.js';
import { callerOf, callerRefs, participantOf, participantRef, participantRefs } from '../ledger/caller.js';
import { checkCredentialOf, credentialRef } from '../ledger/credentials.js';
import { evaluate, LedgerContract, submit } from '../ledger/ledgerContract.js';
import { clockRef, LedgerContext } from '../ledger/ledgerContext.js';
import { allRows, pageOfValues } from '../ledger/pages.js';
import type { Platform } from '../ledger/platform.js';
import { isPresent } from '../ledger/present.js';
import { refTo } from '../ledger/stateTable.js';
import { tables } from '../ledger/tables.js';

/** Who takes part, and whose keys sign for what. */
export class RegistryContract extends LedgerContract {
    constructor(platform: Platform) {
        super('Registry', platform);
    }

    @Transaction()
    @Returns('string')
    async RegisterParticipant(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Registry:RegisterParticipant', request, {
            load: () => [],
            decide: ({ participantId, displayName }, { mspId, founder, participant: existing }) => {
                if (founder === undefined) throw new Error('a registrar is of a founding member');
                const facts = { mspId, participantId, displayName, founder, existing, now: context.now };
                const participant = registerParticipant(facts);
                session.put(refTo(tables.participant, mspId), participant);
                return { result: participant, events: [{ type: 'ParticipantRegistered', participantId, mspId }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async RegisterSigner(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Registry:RegisterSigner', request, {
            load: ({ signerId, publicKey }) => [
                refTo(tables.signer, signerId),
                refTo(tables.signerKey, hex(publicKey)),
                refTo(tables.sourceKey, hex(publicKey)),
            ],
            decide: ({ signerId, role, publicKey }, caller) => {
                const ref = refTo(tables.signer, signerId);
                const keyRef = refTo(tables.signerKey, hex(publicKey));
                const participant = participantOf(caller);
                const signer = registerSigner({
                    participant,
                    signerId,
                    role,
                    publicKey,
                    existing: session.get(ref),
                    isKeyUsed:
                        session.get(keyRef) !== undefined ||
                        session.get(refTo(tables.sourceKey, hex(publicKey))) !== undefined,
                    now: context.now,
                });
                session.put(ref, signer);
                session.put(keyRef, { signerId });
                const { participantId } = participant;
                return { result: signer, events: [{ type: 'SignerRegistered', signerId, participantId, role }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async RevokeSigner(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Registry:RevokeSigner', request, {
            load: ({ signerId }) => [refTo(tables.signer, signerId)],
            decide: ({ signerId }, caller) => {
                const ref = refTo(tables.signer, signerId);
                const { participantId } = participantOf(caller);
                const signer = revokeSigner(signerId, session.get(ref), participantId, context.now);
                session.put(ref, signer);
                return { result: signer, events: [{ type: 'SignerRevoked', signerId, participantId }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async GrantCredential(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Registry:GrantCredential', request, {
            load: ({ holderId, kind }) => [refTo(tables.credential, holderId, kind)],
            decide: ({ holderId, kind, evidence, expiresAt }, caller) => {
                const ref = refTo(tables.credential, holderId, kind);
                const { participantId } = participantOf(caller);
                const credential = grantCredential({
                    ...{ holderId, kind, grantedBy: participantId, evidence, expiresAt },
                    ...{ existing: session.get(ref), now: context.now },
                });
                session.put(ref, credential);
                return {
                    result: credential,
                    events: [{ type: 'CredentialGranted', holderId, kind, participantId, expiresAt }],
                };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async RevokeCredential(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Registry:RevokeCredential', request, {
            load: ({ holderId, kind }) => [refTo(tables.credential, holderId, kind)],
            decide: ({ holderId, kind, reason }, caller) => {
                const ref = refTo(tables.credential, holderId, kind);
                const { participantId } = participantOf(caller);
                const facts = { holderId, kind, revokedBy: participantId, reason, now: context.now };
                const credential = revokeCredential({ ...facts, existing: session.get(ref) });
                session.put(ref, credential);
                return {
                    result: credential,
                    events: [{ type: 'CredentialRevoked', holderId, kind, participantId, reason }],
                };
            },
        });
    }

    @Transaction(false)
    @Returns('string')
    async DescribeCredential(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Registry:DescribeCredential', request, async ({ holderId, kind }) => {
            const found = await context.session.read(refTo(tables.credential, holderId, kind));
            return found ?? refuse('CREDENTIAL_MISSING', { holderId, kind });
        });
    }

    @Transaction(false)
    @Returns('string')
    async CheckCredential(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Registry:CheckCredential', request, async ({ walletId, kind }) => {
            await context.session.load([credentialRef(kind, walletId), clockRef]);
            return checkCredentialOf(context, kind, walletId);
        });
    }

    @Transaction(false)
    @Returns('string')
    async ListCredentials(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Registry:ListCredentials', request, (paging) =>
            pageOfValues(context.session, tables.credential, [], paging),
        );
    }

    @Transaction(false)
    @Returns('string')
    async DescribeParticipant(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Registry:DescribeParticipant', request, async ({ participantId }) => {
            const ref = participantRef(participantId);
            const found = ref && (await context.session.read(ref));
            return found ?? refuse('PARTICIPANT_NOT_FOUND', { participantId });
        });
    }

    @Transaction(false)
    @Returns('string')
    async ListParticipants(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Registry:ListParticipants', request, async () => {
            await context.session.load(participantRefs);
            return participantRefs.map((ref) => context.session.get(ref)).filter(isPresent);
        });
    }

    @Transaction(false)
    @Returns('string')
    async ListSigners(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Registry:ListSigners', request, async () => {
            const rows = await allRows(context.session, tables.signer, [], 1000);
            return rows.map(({ value }) => value);
        });
    }

    @Transaction(false)
    @Returns('string')
    async WhoAmI(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Registry:WhoAmI', request, async () => {
            const identity = callerIdentity(context.clientIdentity);
            await context.session.load(callerRefs(identity));
            const { mspId, enrolmentId, roles, participant } = callerOf(context.session, identity);
            return { mspId, enrolmentId, participantId: participant?.participantId ?? null, roles };
        });
    }
}
