// SPDX-License-Identifier: Apache-2.0
import {
    type AttestationRecord,
    availableToMint,
    coverageOf,
    type Day,
    type DayIssuance,
    type EnergyWh,
    formatCoverage,
    gateOf,
    type LedgerDayIssuance,
    mint,
    type MintFacts,
    outstandingSupply,
    powerCredit,
    zeroMoney,
} from '@power-currency/domain';
import { Returns, Transaction } from 'fabric-contract-api';
import { approvalRefs, approved } from '../ledger/approvals.js';
import { basisRefs, contractedWhOf, parametersOf } from '../ledger/basis.js';
import { checkCreditable, creditWallet, payeeRefs } from '../ledger/crediting.js';
import { evaluate, LedgerContract, submit } from '../ledger/ledgerContract.js';
import { clockRef, LedgerContext } from '../ledger/ledgerContext.js';
import type { Platform } from '../ledger/platform.js';
import { refTo, type StateRef } from '../ledger/stateTable.js';
import { issue, supplyOf } from '../ledger/supplies.js';
import { explainSupply } from '../ledger/supplyExplanations.js';
import { headRef, tables } from '../ledger/tables.js';

const asset = powerCredit;
const ledgerDayRef: StateRef<LedgerDayIssuance> = refTo(tables.ledgerDayIssuance, asset);
const noIssuance: DayIssuance = { issued: zeroMoney };
const noEnergy = 0n as EnergyWh;
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
                ...[...basisRefs, ledgerDayRef, attestationRef(command.day), issuanceRef(command.day)],
                ...payeeRefs(asset, command.to),
                ...approvalRefs(context, 'PowerCredit:Mint', command),
            ],
            decide: (command) => {
                const { day, amount, to } = command;
                const { dayIssuance, ledgerDay, available } = mint({ day, amount, ...factsOf(context, day) });
                checkCreditable(context, { asset, from: null, to });
                const events = approved(context, 'PowerCredit:Mint', command, amount);
                const { issued } = issue(context, asset, amount, { kind: 'attestation', day });
                session.put(issuanceRef(day), dayIssuance);
                session.put(ledgerDayRef, ledgerDay);
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
    async ExplainSupply(context: LedgerContext, request: string): Promise<string> {
        return evaluate('PowerCredit:ExplainSupply', request, ({ day }) => explainSupply(context.session, asset, day));
    }

    @Transaction(false)
    @Returns('string')
    async DescribeCoverage(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return evaluate('PowerCredit:DescribeCoverage', request, async () => {
            await session.load([...basisRefs, ledgerDayRef, clockRef]);
            const supply = outstandingSupply(supplyOf(session, asset));
            const parameters = parametersOf(session);
            const head = session.get(headRef);
            if (head !== undefined) await session.load([attestationRef(head.day), issuanceRef(head.day)]);
            const facts = head && factsOf(context, head.day);
            const whReserve = facts?.attestation?.whReserve ?? noEnergy;
            const whContracted = contractedWhOf(session);
            const ratioOf = (wh: EnergyWh): string => formatCoverage(coverageOf(wh, supply, parameters));
            return {
                ...{ day: head?.day ?? null, supply, gate: gateOf(parameters) },
                ...{ whReserve, coverageRatio: ratioOf(whReserve) },
                ...{ whContracted, coverageRatioContracted: ratioOf(whContracted) },
                isFrozen: head?.isFrozen ?? false,
                available: facts === undefined ? zeroMoney : availableToMint(facts),
            };
        });
    }
}

/** What issuance against a day depends on. */
function factsOf(context: LedgerContext, day: Day): MintFacts {
    const { session, now } = context;
    return {
        attestation: session.get(attestationRef(day)),
        head: session.get(headRef),
        dayIssuance: session.get(issuanceRef(day)) ?? noIssuance,
        ledgerDay: session.get(ledgerDayRef),
        supply: supplyOf(session, asset),
        contractedWh: contractedWhOf(session),
        parameters: parametersOf(session),
        now,
    };
}
