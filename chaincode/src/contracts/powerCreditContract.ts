// SPDX-License-Identifier: Apache-2.0
import {
    type AttestationRecord,
    availableToMint,
    coverageOf,
    type Day,
    type DayIssuance,
    formatCoverage,
    mint,
    type MintCase,
    outstandingSupply,
    powerCredit,
    zeroMoney,
} from '@power-currency/domain';
import { Returns, Transaction } from 'fabric-contract-api';
import { approvalRefs, approved } from '../ledger/approvals.js';
import { basisRefs, parametersOf } from '../ledger/basis.js';
import { checkCreditable, creditWallet, payeeRefs } from '../ledger/crediting.js';
import { evaluate, LedgerContract, submit } from '../ledger/ledgerContract.js';
import { LedgerContext } from '../ledger/ledgerContext.js';
import type { LedgerSession } from '../ledger/ledgerSession.js';
import type { Platform } from '../ledger/platform.js';
import { refTo, type StateRef } from '../ledger/stateTable.js';
import { issue, supplyOf } from '../ledger/supplies.js';
import { headRef, tables } from '../ledger/tables.js';

const asset = powerCredit;
const noIssuance: DayIssuance = { issued: zeroMoney };
const attestationRef = (day: Day): StateRef<AttestationRecord> => refTo(tables.attestation, day);
const issuanceRef = (day: Day): StateRef<DayIssuance> => refTo(tables.dayIssuance, asset, day);

/** Power Credits: issued against attested energy, and accounted for. */
export class PowerCreditContract extends LedgerContract {
    constructor(platform: Platform) {
        super('PowerCredit', platform);
    }

    @Transaction()
    @Returns('string')
    async Mint(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'PowerCredit:Mint', request, {
            load: (command) => [
                ...[...basisRefs, attestationRef(command.day), issuanceRef(command.day)],
                ...payeeRefs(asset, command.to),
                ...approvalRefs(context, 'PowerCredit:Mint', command),
            ],
            decide: (command) => {
                const { day, amount, to } = command;
                const { dayIssuance, available } = mint({ day, amount, ...factsOf(session, day) });
                checkCreditable(context, { asset, from: null, to });
                const events = approved(context, 'PowerCredit:Mint', command, amount);
                const { issued } = issue(context, asset, amount, { kind: 'attestation', day });
                session.put(issuanceRef(day), dayIssuance);
                const creditId = creditWallet(context, asset, to, { amount, origin: 'issuance', from: null });
                return {
                    result: { day, to, asset, amount, creditId, available },
                    events: [...events, { type: 'CreditsIssued', asset, day, to, amount, creditId, issued }],
                };
            },
        });
    }

    @Transaction(false)
    @Returns('string')
    async DescribeCoverage(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return evaluate('PowerCredit:DescribeCoverage', request, async () => {
            await session.load(basisRefs);
            const supply = outstandingSupply(supplyOf(session, asset));
            const head = session.get(headRef);
            if (head === undefined) {
                const none = { day: null, isFrozen: false, available: zeroMoney };
                return { ...none, supply, coverageRatio: supply === 0n ? 'infinite' : '0.000000' };
            }
            await session.load([attestationRef(head.day), issuanceRef(head.day)]);
            const facts = factsOf(session, head.day);
            const coverage = facts.attestation && coverageOf(facts.attestation.whDcCommit, supply, facts.parameters);
            return {
                day: head.day,
                supply,
                coverageRatio: formatCoverage(coverage),
                isFrozen: head.isFrozen,
                available: availableToMint(facts),
            };
        });
    }
}

/** What issuance against a day depends on. */
function factsOf(session: LedgerSession, day: Day): Omit<MintCase, 'day' | 'amount'> {
    return {
        attestation: session.get(attestationRef(day)),
        head: session.get(headRef),
        dayIssuance: session.get(issuanceRef(day)) ?? noIssuance,
        supply: supplyOf(session, asset),
        parameters: parametersOf(session),
    };
}
