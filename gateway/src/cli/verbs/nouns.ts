// SPDX-License-Identifier: Apache-2.0
import { certificateNouns } from './certificateNouns.js';
import { energyNouns } from './energyNouns.js';
import { issuance } from './issuanceNoun.js';
import { measurementNoun } from './measurementNoun.js';
import { memberNouns } from './memberNouns.js';
import { type Noun, row } from './noun.js';

const wallet: Noun = {
    noun: 'wallet',
    description: 'open wallets, pay from them, change and recover their keys',
    verbs: [
        row('open', 'Wallet:Open', 'walletId', 'alice --type personal --public-key keys/alice.pem'),
        row('describe', 'Wallet:Describe', 'walletId', 'alice'),
        row('balance', 'Wallet:BalanceOf', 'walletId', 'alice --asset TN'),
        row(
            ...(['pending', 'Wallet:ListPending', 'walletId', 'alice --all'] as const),
            'creditId credit.amount credit.origin credit.from',
        ),
        row('pay', 'Wallet:Transfer', 'wallet to amount', 'alice bob 12.50 --memo rent --key keys/alice.pem'),
        row(
            'pay-many',
            'Wallet:TransferMany',
            'wallet payees',
            'coop salaries.csv --memo November --key keys/coop.pem',
        ),
        row('fold', 'Wallet:Fold', 'walletId creditIds', `alice ${'4f'.repeat(4)}… --asset PC`),
        row('rotate-keys', 'WalletKeys:Rotate', 'wallet', 'alice --public-key keys/alice-2.pem --key keys/alice.pem'),
        row(
            ...(['set-guardians', 'WalletKeys:SetGuardians', 'wallet'] as const),
            'alice --guardian bob carol dave --threshold 2 --key keys/alice.pem',
        ),
        row(
            ...(['approve-recovery', 'WalletKeys:ApproveRecovery', 'wallet subject recoveryId'] as const),
            'bob alice lost-phone --public-key keys/alice-3.pem --key keys/bob.pem',
        ),
        row(
            ...(['veto-recovery', 'WalletKeys:VetoRecovery', 'wallet recoveryId'] as const),
            'alice lost-phone --key keys/alice.pem',
        ),
        row('complete-recovery', 'WalletKeys:CompleteRecovery', 'walletId recoveryId', 'alice lost-phone'),
        row('recovery', 'WalletKeys:DescribeRecovery', 'walletId recoveryId', 'alice lost-phone'),
        row('close', 'Wallet:Close', 'wallet', 'alice --key keys/alice.pem'),
    ],
};

const hold: Noun = {
    noun: 'hold',
    description: 'set money aside for somebody, pay it out in parts, give it up',
    verbs: [
        row(
            ...(['reserve', 'Hold:Reserve', 'wallet holdId to amount'] as const),
            "alice order-77 shop 40 --hold-until +48h --purpose 'order 77' --key keys/alice.pem",
        ),
        row('post', 'Hold:Post', 'wallet payer holdId amount', 'shop alice order-77 12.50 --key keys/shop.pem'),
        row('void', 'Hold:Void', 'wallet payer holdId', "shop alice order-77 --reason 'sold out' --key keys/shop.pem"),
        row('expire', 'Hold:Expire', 'walletId holdId', 'alice order-77'),
        row('describe', 'Hold:Describe', 'walletId holdId', 'alice order-77'),
        row(
            'list',
            'Hold:List',
            'walletId',
            'alice --show open --all',
            'holdId to amount posted remaining phase expiresAt',
        ),
    ],
};

const note: Noun = {
    noun: 'note',
    description: 'turn balance into notes, pay with them, turn them back',
    verbs: [
        row('draw', 'Note:FromBalance', 'wallet', 'shop --amounts 10 20 --key keys/shop.pem'),
        row(
            'spend',
            'Note:Spend',
            'wallet outputs',
            `shop payees.csv --note-ids ${'4f'.repeat(4)}…-0 --key keys/shop.pem`,
        ),
        row('return', 'Note:ToBalance', 'wallet', `shop --note-ids ${'4f'.repeat(4)}…-0 --key keys/shop.pem`),
        row('list', 'Note:List', 'walletId', 'shop --all', 'noteId note.amount note.from'),
    ],
};

const deposit: Noun = {
    noun: 'deposit',
    description: 'pay customers for money that reached a dealer outside',
    verbs: [
        row(
            ...(['reserve', 'Dealing:Deposit', 'wallet holdId to amount'] as const),
            'bureau cash-7 alice 300 --reference NL01/7 --hold-until +48h --key keys/bureau.pem',
        ),
        row('confirm', 'Dealing:ConfirmDeposit', 'wallet holdId to', 'bureau cash-7 alice --key keys/bureau.pem'),
        row(
            ...(['cancel', 'Dealing:CancelDeposit', 'wallet holdId to'] as const),
            "bureau cash-7 alice --reason 'no money came' --key keys/bureau.pem",
        ),
        row('reference', 'Dealing:DescribeReference', 'dealer reference', 'bureau NL01/7'),
    ],
};

const withdrawal: Noun = {
    noun: 'withdrawal',
    description: 'have a dealer pay an account outside',
    verbs: [
        row(
            ...(['reserve', 'Dealing:Withdraw', 'wallet holdId to amount'] as const),
            'alice rent bureau 300 --account-digest account.txt --hold-until +48h --key keys/alice.pem',
        ),
        row(
            ...(['confirm', 'Dealing:ConfirmWithdrawal', 'wallet payer holdId reference'] as const),
            'bureau alice rent NL01/9 --key keys/bureau.pem',
        ),
        row(
            ...(['reject', 'Dealing:RejectWithdrawal', 'wallet payer holdId'] as const),
            "bureau alice rent --reason 'account closed' --key keys/bureau.pem",
        ),
    ],
};

const asset: Noun = {
    noun: 'asset',
    description: 'issue assets of your own, and look at what made and ended units of any',
    verbs: [
        row(
            ...(['register', 'Asset:Register', 'wallet asset name decimals'] as const),
            "acme ACME 'Acme points' 2 --access open --tier-min 0 --cap 1000000 --is-transferable --key keys/acme.pem",
        ),
        row('review', 'Asset:Review', 'asset', "ACME --is-accepted --reason 'prospectus examined'"),
        row('suspend', 'Asset:Suspend', 'asset', "ACME --reason 'issuer under investigation'"),
        row('resume', 'Asset:Resume', 'asset', "ACME --reason 'investigation ended'"),
        row('allow', 'Asset:Allow', 'wallet asset walletIds', 'acme ACME alice bob --key keys/acme.pem'),
        row('disallow', 'Asset:Disallow', 'wallet asset walletIds', 'acme ACME bob --key keys/acme.pem'),
        row('issue', 'Asset:Issue', 'wallet asset to amount', 'acme ACME alice 12.50 --key keys/acme.pem'),
        row('retire', 'Asset:Retire', 'wallet asset amount', 'alice ACME 2.50 --key keys/alice.pem'),
        row('list', 'Asset:List', '', '--all', 'code name class issuer decimals state'),
        row('allowed', 'Asset:ListAllowed', 'asset', 'ACME --all'),
        row('show', 'Asset:Describe', 'asset', 'TN'),
        row('supply', 'Asset:DescribeSupply', 'asset', 'PC'),
        row('changes', 'Asset:ListSupplyChanges', 'asset', 'PC --all'),
        row('pockets', 'Wallet:ListPockets', 'asset', 'PC --all'),
    ],
};

const treasury: Noun = {
    noun: 'treasury',
    description: 'issue the Treasury Notes members voted for, and retire them',
    verbs: [
        row('issue', 'TreasuryNote:Issue', 'proposalId', 'vote-12'),
        row('retire', 'TreasuryNote:Retire', 'wallet amount', 'city 100 --key keys/city.pem'),
        row('list', 'TreasuryNote:ListIssues', '', '--all'),
    ],
};

const programme: Noun = {
    noun: 'programme',
    description: 'put budgets into escrow, attest and release their milestones',
    verbs: [
        row(
            ...(['open', 'Programme:Open', 'wallet programmeId budget milestones'] as const),
            "city roofs 5000 milestones.csv --asset TN --purpose 'solar roofs' --attester anna bert carl --key keys/city.pem",
        ),
        row(
            ...(['attest', 'Programme:Attest', 'wallet programmeId milestoneId'] as const),
            'anna roofs roof-1 --evidence-hash report.pdf --key keys/anna.pem',
        ),
        row('release', 'Programme:Release', 'programmeId milestoneId', 'roofs roof-1'),
        row(
            'clawback',
            'Programme:Clawback',
            'wallet programmeId milestoneId',
            'city roofs roof-2 --key keys/city.pem',
        ),
        row('show', 'Programme:Describe', 'programmeId', 'roofs'),
        row(
            ...(['milestones', 'Programme:ListMilestones', 'programmeId', 'roofs --all'] as const),
            'milestone.milestoneId state milestone.payee milestone.amount milestone.deadline',
        ),
        row(
            ...(['list', 'Programme:List', '', '--all'] as const),
            'programmeId opener budget released remaining clawedBack',
        ),
    ],
};

const credential: Noun = {
    noun: 'credential',
    description: 'say who is a dealer, provider, verifier or issuer of assets, or takes part in issuance',
    verbs: [
        row(
            ...(['grant', 'Registry:GrantCredential', 'holderId kind'] as const),
            'solarworks provider --evidence contract.pdf --expires-at 2027-12-31',
        ),
        row('revoke', 'Registry:RevokeCredential', 'holderId kind', "solarworks provider --reason 'contract ended'"),
        row('show', 'Registry:DescribeCredential', 'holderId kind', 'solarworks provider'),
        row('check', 'Registry:CheckCredential', 'walletId kind', 'solarworks provider'),
        row('list', 'Registry:ListCredentials', '', '--all'),
    ],
};

const redeem: Noun = {
    noun: 'redeem',
    description: 'exchange Power Credits for energy or services of a provider',
    verbs: [
        row('quote', 'Redemption:Quote', 'amount service', '12.50 energy'),
        row(
            ...(['request', 'Redemption:Request', 'wallet redemptionId amount'] as const),
            'alice r-1 12.50 --provider solarworks --service energy --value-min 18 --energy-wh-min 200000 --key keys/alice.pem',
        ),
        row(
            ...(['issue', 'Redemption:IssueVoucher', 'wallet redemptionId voucherId'] as const),
            'solarworks r-1 voucher-1 --key keys/solarworks.pem',
        ),
        row(
            ...(['deliver', 'Redemption:Deliver', 'wallet redemptionId'] as const),
            'solarworks r-1 --evidence meter.pdf --key keys/solarworks.pem',
        ),
        row('accept', 'Redemption:Accept', 'wallet redemptionId', 'alice r-1 --key keys/alice.pem'),
        row(
            ...(['dispute', 'Redemption:Dispute', 'wallet redemptionId'] as const),
            'alice r-1 --reason not-delivered --key keys/alice.pem',
        ),
        row('settle', 'Redemption:Settle', 'redemptionId', 'r-1'),
        row('resolve', 'Redemption:Resolve', 'redemptionId outcome', "r-1 holder --note 'no evidence'"),
        row('cancel', 'Redemption:Cancel', 'wallet redemptionId', 'alice r-1 --key keys/alice.pem'),
        row('expire', 'Redemption:Expire', 'redemptionId', 'r-1'),
        row('show', 'Redemption:Describe', 'redemptionId', 'r-1'),
        row('list', 'Redemption:List', '', '--all'),
        row('queue', 'Redemption:ListQueue', '', '--all'),
    ],
};

/** Every noun whose verbs are transactions of the ledger. */
export const nouns: readonly Noun[] = [
    ...[wallet, hold, redeem, note, deposit, withdrawal],
    ...[asset, treasury, programme, credential],
    ...energyNouns,
    issuance,
    measurementNoun,
    ...certificateNouns,
    ...memberNouns,
];
