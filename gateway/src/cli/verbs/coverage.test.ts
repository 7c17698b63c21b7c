// SPDX-License-Identifier: Apache-2.0
import { type TransactionName, transactions } from '@power-currency/domain';
import { type Desk, openDesk } from '../testing/desk.js';
import { commercialNoun } from './commercialNoun.js';
import { nouns } from './nouns.js';

/** Transactions behind `power get` and `power describe`, each by a command that asks it. */
const asked: readonly (readonly [command: string, transaction: TransactionName])[] = [
    ['get wallets', 'Wallet:List'],
    ['get attestations', 'Attestation:List'],
    ['get proposals', 'Governance:List'],
    ['get participants', 'Registry:ListParticipants'],
    ['get signers', 'Registry:ListSigners'],
    ['get parameters', 'Governance:DescribeParameters'],
    ['get wallet-policies', 'Governance:DescribeWalletPolicies'],
    ['get coverage', 'PowerCredit:DescribeCoverage'],
    ['get basis', 'Attestation:DescribeBasis'],
    ['get whoami', 'Registry:WhoAmI'],
    ['describe attestation 2025-11-19', 'Attestation:Describe'],
    ['describe proposal cover-120', 'Governance:Describe'],
    ['describe participant authority', 'Registry:DescribeParticipant'],
];

/** What takes more than the fields of one request, and the command that puts it together. */
const composed: Partial<Record<TransactionName, string>> = {
    'Attestation:Submit': 'power energy load: the file of a day, signed',
    'Commercial:Deposit': 'power commercial deposit: confidential, so its amounts travel apart',
    'Commercial:Transfer': 'power commercial pay: confidential, so its amounts travel apart',
    'Commercial:Withdraw': 'power commercial withdraw: confidential, so its amounts travel apart',
    'Compliance:ProposeOperation': 'power compliance propose-operation: the digest of a request',
    'Compliance:ApproveOperation': 'power compliance approve-operation: the digest of a request',
    'Issuance:DescribeAnchor': 'power issuance anchor: with the signatures, checked here',
    'Issuance:DescribeAnchorSignatures': 'power issuance anchor: with the signatures, checked here',
    'Issuance:SignAnchor': 'power issuance sign-anchor: the root computed again, and signed',
    'Issuance:ProveEntityYear': 'power issuance prove: the proof, checked here against a root',
    'Issuance:DescribeYear': 'power issuance year: entities as a list, with who confirmed them',
    'Issuance:PreviewYear': 'power issuance preview: entities as a list, with what to confirm',
    'Measurement:Describe': 'power measurement show: told in lines',
    'Measurement:SubmitReport': 'power measurement submit: reports their sources have signed',
    'Asset:AuditSupply': 'power evaluate: pages that have to be added up at one height',
};

let desk: Desk;

beforeAll(async () => {
    desk = openDesk();
    await desk.addContext();
});
afterAll(() => {
    desk.leave();
});

it('every transaction of the ledger has a way to it on the command line', () => {
    const verbs = [...nouns, commercialNoun].flatMap((noun) => noun.verbs.map(({ transaction }) => transaction));
    const ways = [...verbs, ...asked.map(([, transaction]) => transaction), ...Object.keys(composed)];
    expect(ways.toSorted()).toEqual(Object.keys(transactions).toSorted());
});

it.each(asked)('power %s asks %s', async (command, transaction) => {
    desk.calls.length = 0;
    await desk.power(command.split(' '));
    expect(desk.calls.map(([kind, name]) => [kind, name])).toEqual([['evaluate', transaction]]);
});
