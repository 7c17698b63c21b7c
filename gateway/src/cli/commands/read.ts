// SPDX-License-Identifier: Apache-2.0
import {
    assetCode,
    milestoneCountMax,
    parseDay,
    participantId,
    powerCredit,
    programmeId,
    proposalId,
    redemptionId,
    walletId,
} from '@power-currency/domain';
import { type Command } from 'commander';
import { Failure } from '../../application/failure.js';
import { type Printable } from '../output.js';
import { addPageOptions, type PageOptions, printPages } from '../pages.js';
import { supplyText } from '../supplyText.js';
import { type Surface } from '../surface.js';
import { decimalsOf } from '../verbs/assets.js';

const pagedNouns = {
    wallets: 'Wallet:List',
    attestations: 'Attestation:List',
    proposals: 'Governance:List',
    programmes: 'Programme:List',
    'note-issues': 'TreasuryNote:ListIssues',
    redemptions: 'Redemption:List',
    'redemption-queue': 'Redemption:ListQueue',
} as const;
const plainNouns = {
    participants: 'Registry:ListParticipants',
    signers: 'Registry:ListSigners',
    parameters: 'Governance:DescribeParameters',
    'wallet-policies': 'Governance:DescribeWalletPolicies',
    coverage: 'PowerCredit:DescribeCoverage',
    basis: 'Attestation:DescribeBasis',
    whoami: 'Registry:WhoAmI',
} as const;

/** What people see of a row; programs get all of it. */
const tableColumns: Readonly<Record<keyof typeof pagedNouns, readonly string[]>> = {
    wallets: ['walletId', 'type', 'custodian', 'state'],
    attestations: ['day', 'whDcRaw', 'whDcCommit', 'coverageRatio', 'mintSuggested', 'signaturesOk', 'isFrozen'],
    proposals: ['proposalId', 'action', 'proposer', 'deadline', 'executedAt'],
    programmes: ['programmeId', 'opener', 'asset', 'budget', 'released', 'remaining', 'clawedBack'],
    'note-issues': ['proposalId', 'programmeId', 'to', 'amount', 'purpose', 'issuedAt'],
    redemptions: ['redemptionId', 'wallet', 'provider', 'service', 'amount', 'state', 'queuedAt', 'expiresAt'],
    'redemption-queue': ['redemptionId', 'provider', 'amount', 'queuedAt'],
};

/** `power get` and `power describe`. */
export function addReadCommands(program: Command, surface: Surface): void {
    const get = program.command('get').description('list what the ledger holds');
    for (const noun of Object.keys(pagedNouns) as (keyof typeof pagedNouns)[]) {
        addPaged(get, noun, surface);
    }
    for (const noun of Object.keys(plainNouns) as (keyof typeof plainNouns)[]) {
        get.command(noun)
            .description(`show the ledger's ${noun}`)
            .action(async () => {
                surface.print(await surface.query(plainNouns[noun], {}));
            })
            .addHelpText('after', `\nExample:\n  $ power get ${noun} -o json`);
    }
    addSupply(get, surface);
    addTransaction(get, surface);
    const describe = program.command('describe').description('show one thing in full');
    addTransaction(describe, surface);
    addDescriptions(describe, surface);
}

function addSupply(get: Command, surface: Surface): void {
    get.command('supply')
        .argument('[asset]', 'asset code', 'PC')
        .description("show an asset's totals, and where all of it is")
        .action(async (code: string) => {
            const asset = assetCode.decode(code, 'asset');
            await surface.show('Asset:DescribeSupply', { asset }, async (supply) => {
                return supplyText(supply, await decimalsOf(asset, surface));
            });
        })
        .addHelpText('after', '\nExample:\n  $ power get supply TN -o json');
}

function addPaged(get: Command, noun: keyof typeof pagedNouns, surface: Surface): void {
    const command = get.command(noun).description(`list ${noun}, a page at a time`);
    addPageOptions(command);
    command
        .action(async (options: PageOptions) => {
            const listing = { transaction: pagedNouns[noun], request: {}, columns: tableColumns[noun] };
            await printPages(listing, options, surface);
        })
        .addHelpText('after', `\nExamples:\n  $ power get ${noun}\n  $ power get ${noun} --page-size 10 -o json`);
}

function addTransaction(parent: Command, surface: Surface): void {
    parent
        .command('transaction')
        .alias('tx')
        .argument('<txid>', 'transaction id, 64 hexadecimal digits')
        .description('show how a transaction ended, and in which block')
        .action(async (txId: string) => {
            const { chain } = await surface.ledger();
            const { blockNumber, validationCode } = await chain.transactionStatus(txId);
            surface.print({ txId, blockNumber: blockNumber.toString(), validationCode });
        })
        .addHelpText('after', `\nExample:\n  $ power get transaction ${'4f'.repeat(4)}…`);
}

function addDescriptions(describe: Command, surface: Surface): void {
    const one = (noun: string, argument: string, read: (id: string) => Promise<Printable>, example: string): void => {
        describe
            .command(noun)
            .argument(`<${argument}>`)
            .description(`show one ${noun}`)
            .action(async (id: string) => {
                surface.print(await read(id));
            })
            .addHelpText('after', `\nExample:\n  $ power describe ${noun} ${example}`);
    };
    one('wallet', 'id', async (id) => describeWallet(id, surface), 'alice');
    one('attestation', 'day', async (day) => surface.query('Attestation:Describe', { day: dayOf(day) }), '2025-11-19');
    one(
        'proposal',
        'id',
        async (id) => surface.query('Governance:Describe', { proposalId: proposalId.decode(id, 'proposal') }),
        'cover-115',
    );
    one('programme', 'id', async (id) => describeProgramme(id, surface), 'bridge');
    one(
        'redemption',
        'id',
        async (id) => surface.query('Redemption:Describe', { redemptionId: redemptionId.decode(id, 'redemption') }),
        'winter-heat',
    );
    one(
        'participant',
        'id',
        async (id) =>
            surface.query('Registry:DescribeParticipant', { participantId: participantId.decode(id, 'participant') }),
        'cooperative',
    );
}

async function describeWallet(id: string, surface: Surface): Promise<Printable> {
    const request = { walletId: walletId.decode(id, 'wallet') };
    const wallet = (await surface.query('Wallet:Describe', request)) as Readonly<Record<string, Printable>>;
    const balance = (await surface.query('Wallet:BalanceOf', { ...request, asset: powerCredit })) as Readonly<
        Record<string, Printable>
    >;
    return { ...wallet, ...balance };
}

/** One page holds all milestones of a programme. */
async function describeProgramme(id: string, surface: Surface): Promise<Printable> {
    const request = { programmeId: programmeId.decode(id, 'programme') };
    const programme = (await surface.query('Programme:Describe', request)) as Readonly<Record<string, Printable>>;
    const paged = { ...request, pageSize: milestoneCountMax, bookmark: '' };
    const milestones = (await surface.query('Programme:ListMilestones', paged)) as {
        readonly rows: Printable;
    };
    return { ...programme, milestones: milestones.rows };
}

function dayOf(text: string): NonNullable<ReturnType<typeof parseDay>> {
    const day = parseDay(text);
    if (day === undefined) {
        throw new Failure('INPUT_INVALID', {
            field: 'day',
            problem: `"${text}" is no calendar day such as 2025-11-19`,
        });
    }
    return day;
}
