// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import {
    type Day,
    holdId,
    imbalance,
    parameters,
    powerCredit,
    programmeId,
    type ProposalId,
    redemptionId,
    walletId,
} from '@power-currency/domain';
import { verifyAttestation } from '../application/attestation.js';
import { Failure } from '../application/failure.js';
import { primitives } from '../keys/ed25519.js';
import { credits, energy } from './quantities.js';
import { type DemoReport, type HoldReport, type MilestoneReport, type RedemptionReport } from './report.js';
import { type Stage } from './stage.js';
import { PROPOSED } from './voteStep.js';
import { type DemoWallet } from './walletStep.js';

/** What the members did, to be found again at the regulator's peer. */
interface Done {
    readonly day: Day;
    readonly attestationText: string;
    readonly wallets: readonly DemoWallet[];
    readonly proposal: { readonly id: ProposalId; readonly txId: string };
    readonly hold: HoldReport;
    readonly redemption: RedemptionReport;
    readonly milestone: MilestoneReport;
}

type ReadBack = Pick<DemoReport, 'network' | 'attestation' | 'wallets' | 'proposal' | 'supply'>;

/** Reads everything from the regulator's own peer, and compares. Nothing in the result comes from memory. */
export async function readBack(stage: Stage, done: Done): Promise<ReadBack> {
    const attestation = await readAttestation(stage, done);
    const wallets = await readWallets(stage, done);
    const proposal = await readProposal(stage, done.proposal);
    await readHold(stage, done.hold);
    await readRedemption(stage, done.redemption);
    await readProgramme(stage, done.milestone);
    const supply = await readSupply(stage);
    for (const txId of stage.txIds) {
        const { validationCode } = await stage.regulator.chain.transactionStatus(txId);
        expect(validationCode === 'VALID', 'transactions', `${txId} is ${validationCode} at the regulator`);
    }
    stage.tell(`the regulator's peer holds all ${String(stage.txIds.length)} transactions as valid`);
    return { attestation, wallets, proposal, supply, network: await readNetwork(stage) };
}

async function readAttestation(
    { regulator, tell }: Stage,
    { day, attestationText }: Done,
): Promise<ReadBack['attestation']> {
    const record = await regulator.client.attestation.describe({ day });
    const { file } = await regulator.client.attestation.readFile({ day });
    expect(file === attestationText, 'attestation', 'the ledger holds another file than was submitted');
    const registered = await regulator.client.registry.listSigners({});
    const { signaturesOk, isOk } = verifyAttestation(file, 'the file on the ledger', { primitives, registered });
    expect(
        isOk && signaturesOk === record.signaturesOk,
        'attestation',
        'the signatures do not verify at the regulator',
    );
    tell(`attestation of ${day} read and verified again: signatures_ok = ${String(signaturesOk)}, required = 2`);
    return {
        day,
        wh_dc_raw: record.whDcRaw.toString(),
        wh_dc_commit: record.whDcCommit.toString(),
        cr: record.coverageRatio,
        mint_suggested: record.mintSuggested.toString(),
        digest_signed: record.digestSigned,
        signatures_ok: signaturesOk,
    };
}

async function readWallets({ regulator, tell }: Stage, { wallets }: Done): Promise<ReadBack['wallets']> {
    const read = [];
    const idWidth = Math.max(...wallets.map(({ walletId: id }) => id.length));
    for (const { walletId: id, lastNonce } of wallets) {
        const { available, pending, nonce } = await regulator.client.wallet.balanceOf({
            walletId: id,
            asset: powerCredit,
        });
        expect(nonce === lastNonce, 'wallets', `${id} has nonce ${nonce.toString()}, not ${lastNonce.toString()}`);
        tell(`  ${id.padEnd(idWidth)} ${credits(available)}${pending > 0n ? `, ${credits(pending)} waiting` : ''}`);
        read.push({ id, balance: available.toString() });
    }
    return read;
}

async function readProposal({ regulator, tell }: Stage, { id, txId }: Done['proposal']): Promise<ReadBack['proposal']> {
    const { state, tally } = await regulator.client.governance.describe({ proposalId: id });
    const inForce = parameters.encode(await regulator.client.governance.describeParameters({})) as Record<
        string,
        unknown
    >;
    expect(state === 'executed', 'proposal', `${id} is ${state}`);
    expect(inForce[PROPOSED.name] === PROPOSED.value, 'proposal', `${PROPOSED.name} was not changed`);
    tell(`proposal ${id} is ${state}; ${PROPOSED.name} is ${PROPOSED.value}`);
    return {
        id,
        outcome: state,
        for: Number(tally.for),
        against: Number(tally.against),
        abstain: Number(tally.abstain),
        txId,
    };
}

async function readHold({ regulator, tell }: Stage, { id, from, remaining }: HoldReport): Promise<void> {
    const names = { walletId: walletId.decode(from, 'walletId'), holdId: holdId.decode(id, 'holdId') };
    const hold = await regulator.client.hold.describe({ ...names, asset: powerCredit });
    expect(hold.remaining.toString() === remaining, 'hold', `${id} has ${hold.remaining.toString()} left`);
    tell(`hold ${id} is ${hold.phase}: ${credits(hold.remaining)} left`);
}

async function readRedemption({ regulator, tell }: Stage, { id, energyWh }: RedemptionReport): Promise<void> {
    const found = await regulator.client.redemption.describe({ redemptionId: redemptionId.decode(id, 'redemptionId') });
    expect(found.state === 'settled', 'redemption', `${id} is ${found.state}`);
    expect(
        found.quote.energyWh.toString() === energyWh,
        'redemption',
        `${id} was for ${found.quote.energyWh.toString()} Wh`,
    );
    tell(`redemption ${id} is ${found.state}: ${energy(found.quote.energyWh)} for ${credits(found.amount)}`);
}

async function readProgramme({ regulator, tell }: Stage, { programme: id, amount }: MilestoneReport): Promise<void> {
    const found = await regulator.client.programme.describe({ programmeId: programmeId.decode(id, 'programmeId') });
    expect(found.released.toString() === amount, 'milestone', `${id} has released ${found.released.toString()}`);
    tell(`programme ${id} has released ${credits(found.released)}, ${credits(found.remaining)} remain in escrow`);
}

async function readSupply({ regulator, tell }: Stage): Promise<ReadBack['supply']> {
    const account = await regulator.client.asset.describeSupply({ asset: powerCredit });
    const { issued, redeemed, wallets, pending, held } = account;
    expect(imbalance(account) === 0n, 'supply', 'what is held is not what was issued less redeemed');
    tell(
        `supply: ${credits(issued)} issued − ${credits(redeemed)} redeemed = ${credits(wallets)} in wallets + ` +
            `${credits(pending)} pending + ${credits(held)} held`,
    );
    return {
        issued: issued.toString(),
        redeemed: redeemed.toString(),
        inWallets: wallets.toString(),
        pending: pending.toString(),
        held: held.toString(),
    };
}

const AGREE_MS = 15_000;

/** The last block may still be on its way to a peer, so peers that differ are asked again for a while. */
async function readNetwork(stage: Stage): Promise<ReadBack['network']> {
    const deadline = Date.now() + AGREE_MS;
    const actors = [...stage.members, stage.regulator];
    for (;;) {
        const infos = await Promise.all(actors.map(({ chain }) => chain.chainInfo()));
        const heights = Object.fromEntries(
            actors.map(({ organisation }, index) => [organisation.name, Number(infos[index]?.height)]),
        );
        const hashes = new Set(infos.map(({ blockHash }) => blockHash));
        const [blockHash = ''] = hashes;
        if (hashes.size === 1) {
            stage.tell(`all peers agree: height ${String(infos[0]?.height)}, block ${blockHash.slice(0, 16)}…`);
            return describeNetwork(stage, heights, blockHash);
        }
        expect(Date.now() < deadline, 'agreement', `peers differ: ${JSON.stringify(heights)}`);
        await sleep(100);
    }
}

function describeNetwork({ network }: Stage, heights: Record<string, number>, blockHash: string): ReadBack['network'] {
    const { engine, version, organisations, orderers, consensus } = network;
    const names = organisations.map(({ name }) => name);
    return { engine, version, organisations: names, orderers: orderers.length, consensus, heights, blockHash };
}

function expect(isTrue: boolean, step: string, problem: string): asserts isTrue {
    if (!isTrue) {
        throw new Failure('DEMO_STEP_FAILED', { step, problem });
    }
}
