// SPDX-License-Identifier: Apache-2.0
import {
    addMoney,
    type AttestationRecord,
    availableToMint,
    coverageOf,
    type CreditId,
    type Day,
    type DayIssuance,
    formatCoverage,
    mint,
    type MintCase,
    outstandingSupply,
    refuse,
    zeroMoney,
} from '@power-currency/domain';
import { Returns, Transaction } from 'fabric-contract-api';
import { basisRefs, parametersOf, supplyOf } from '../ledger/basis.js';
import { evaluate, LedgerContract, submit } from '../ledger/ledgerContract.js';
import { LedgerContext } from '../ledger/ledgerContext.js';
import type { LedgerSession } from '../ledger/ledgerSession.js';
import { allRows } from '../ledger/pages.js';
import type { Platform } from '../ledger/platform.js';
import { refTo, type StateRef } from '../ledger/stateTable.js';
import { asset, headRef, supplyRef, tables } from '../ledger/tables.js';

/** Most wallets, and most pending credits, the supply query counts. */
const countedRowsMax = 100_000;

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
            load: ({ day, to }) => [...basisRefs, attestationRef(day), issuanceRef(day), refTo(tables.wallet, to)],
            decide: ({ day, amount, to }) => {
                const { supply, dayIssuance, available } = mint({ day, amount, ...factsOf(session, day) });
                if (session.get(refTo(tables.wallet, to)) === undefined) refuse('WALLET_NOT_FOUND', { walletId: to });
                const creditId = context.stub.getTxID() as CreditId;
                session.put(supplyRef, supply);
                session.put(issuanceRef(day), dayIssuance);
                const credit = { amount, origin: 'issuance', from: null } as const;
                session.insertBlind(refTo(tables.pending, asset, to, creditId), credit);
                return {
                    result: { day, to, asset, amount, creditId, available },
                    events: [{ type: 'CreditsIssued', asset, day, to, amount, creditId, issued: supply.issued }],
                };
            },
        });
    }

    @Transaction(false)
    @Returns('string')
    async DescribeSupply(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return evaluate('PowerCredit:DescribeSupply', request, async () => {
            const { issued, redeemed } = (await session.read(supplyRef)) ?? { issued: zeroMoney, redeemed: zeroMoney };
            const pockets = await allRows(session, tables.pocket, [asset], countedRowsMax);
            const credits = await allRows(session, tables.pending, [asset], countedRowsMax);
            return {
                asset,
                issued,
                redeemed,
                inWallets: addMoney(...pockets.map(({ value }) => value.balance)),
                pending: addMoney(...credits.map(({ value }) => value.amount)),
                walletCount: pockets.length,
                pendingCount: credits.length,
            };
        });
    }

    @Transaction(false)
    @Returns('string')
    async DescribeCoverage(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return evaluate('PowerCredit:DescribeCoverage', request, async () => {
            await session.load(basisRefs);
            const supply = outstandingSupply(supplyOf(session));
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
        supply: supplyOf(session),
        parameters: parametersOf(session),
    };
}
