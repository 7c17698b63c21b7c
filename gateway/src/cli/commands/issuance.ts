// SPDX-License-Identifier: Apache-2.0
import {
    type ArgumentsOf,
    encodeResult,
    energyVotes,
    type EntityYearProof,
    hex,
    holderId,
    issuanceName,
    type ResultOf,
    treeDigest,
    verifyEntityYear,
} from '@power-currency/domain';
import { type Command } from 'commander';
import { type Check } from '../../application/issuance/check.js';
import { explainIssuance, type Explanation } from '../../application/issuance/explainIssuance.js';
import { readIssuance } from '../../application/issuance/issuanceFacts.js';
import { createLedger } from '../../application/ledger.js';
import { primitives } from '../../keys/ed25519.js';
import { ExitCode } from '../exitCodes.js';
import { type Printable, printable } from '../output.js';
import { type Surface } from '../surface.js';
import { yearOf } from './issuanceYear.js';

/** `power issuance preview`, `power issuance year`, `power issuance prove` and `power issuance explain`. */
export function addIssuanceCommands(issuance: Command, surface: Surface): void {
    issuance
        .command('preview')
        .argument('<year>', 'the next year to close')
        .description('the figures a year would be closed with now, and who has confirmed just those')
        .action(async (year: string) => {
            await preview(yearOf(year), surface);
        })
        .addHelpText('after', '\nExample:\n  $ power issuance preview 2026');
    issuance
        .command('year')
        .argument('<year>', 'a closed year')
        .description('what each entity produced in a closed year, and who confirmed it')
        .action(async (year: string) => {
            await showYear(yearOf(year), surface);
        })
        .addHelpText('after', '\nExample:\n  $ power issuance year 2026 -o json');
    issuance
        .command('prove')
        .argument('<year>', 'a closed year')
        .argument('<entity id>', 'entity')
        .option('--root <hex>', 'root that is trusted, such as one anchored outside (that of the closed year)')
        .description('what an entity produced in a closed year, with the proof, checked here against the root')
        .action(async (year: string, entityId: string, { root }: { readonly root?: string }) => {
            const proved = {
                year: yearOf(year),
                entityId: holderId.decode(entityId, 'entity'),
            };
            await prove(proved, root === undefined ? undefined : treeDigest.decode(root, '--root'), surface);
        })
        .addHelpText(
            'after',
            `
Exit codes:
  0  the root is over just this production
  2  it is not

Example:
  $ power issuance prove 2026 greenfield -o json`,
        );
    issuance
        .command('explain')
        .argument('<issuance>', "year, or 'genesis'")
        .description(
            'compute an issuance again from closed years, votes and earlier issuances, and compare each figure',
        )
        .action(async (name: string) => {
            await explain(issuanceName.decode(name, 'issuance'), surface);
        })
        .addHelpText(
            'after',
            `
Exit codes:
  0  every figure of the ledger is the one computed here
  2  a figure differs: the answer names it

Example:
  $ power issuance explain 2027`,
        );
}

type Entities = ResultOf<'Issuance:DescribeYear'>['entities'];
type Confirmations = ResultOf<'Issuance:DescribeYear'>['confirmedBy'];

/** People see a line for each entity; programs the whole answer. */
async function showYear(year: number, surface: Surface): Promise<void> {
    const { transport } = await surface.ledger();
    const closing = await createLedger(transport).issuance.describeYear({ year });
    if (surface.outputFormat !== 'table') {
        surface.print(JSON.parse(encodeResult('Issuance:DescribeYear', closing)) as Printable);
        return;
    }
    surface.print(entityLines(closing.entities));
    surface.note(`total ${closing.totalWh.toString()} Wh, root ${hex(closing.merkleRoot)}`);
    surface.note(`confirmed by ${namesOf(closing.confirmedBy)}`);
}

function entityLines(entities: Entities): Readonly<Record<string, boolean | string | null>>[] {
    return entities.map(({ grossWh, netWh, ...entity }) => ({
        ...entity,
        ...{ grossWh: grossWh.toString(), netWh: netWh.toString(), energyVotes: energyVotes(netWh).toString() },
    }));
}

function namesOf(confirmations: Confirmations): string {
    return confirmations.map(({ participantId, role }) => `${participantId} (${role})`).join(' and ');
}

/** The same of a year that is still open. */
async function preview(year: number, surface: Surface): Promise<void> {
    const { transport } = await surface.ledger();
    const figures = await createLedger(transport).issuance.previewYear({ year });
    const { totalWh, merkleRoot, entityCount, confirmations } = figures;
    const entities = entityLines(figures.entities);
    const head = { year, entityCount, totalWh: totalWh.toString(), merkleRoot: hex(merkleRoot) };
    if (surface.outputFormat !== 'table') {
        surface.print({ ...head, entities, confirmations: [...confirmations] });
        return;
    }
    surface.print(entities);
    surface.note(`confirmed by ${confirmations.length === 0 ? 'nobody yet' : namesOf(confirmations)}`);
    surface.note(`to confirm: power issuance confirm ${String(year)} ${head.totalWh} ${head.merkleRoot}`);
}

async function prove(
    query: ArgumentsOf<'Issuance:ProveEntityYear'>,
    trusted: Uint8Array | undefined,
    surface: Surface,
): Promise<void> {
    const { transport } = await surface.ledger();
    const { issuance } = createLedger(transport);
    const proof = await issuance.proveEntityYear(query);
    const root = trusted ?? (await issuance.describeAnchor({ year: query.year })).merkleRoot;
    const isProved = isEntityYear(query, proof) && verifyEntityYear({ ...proof, merkleRoot: root }, primitives.sha3);
    if (!isProved) surface.exitCode = ExitCode.CheckFailed;
    const { grossWh, netWh, ...entity } = proof.entity;
    surface.print({
        ...{ year: proof.year, isProved, merkleRoot: hex(root) },
        entity: { ...entity, grossWh: grossWh.toString(), netWh: netWh.toString() },
        ...{ leafIndex: proof.leafIndex, leafCount: proof.leafCount, path: proof.path.map(hex) },
    });
}

/** A true proof of something else is no answer. */
function isEntityYear(query: ArgumentsOf<'Issuance:ProveEntityYear'>, { year, entity }: EntityYearProof): boolean {
    return year === query.year && entity.entityId === query.entityId;
}

async function explain(name: string, surface: Surface): Promise<void> {
    const { transport } = await surface.ledger();
    const explanation = explainIssuance(await readIssuance(createLedger(transport), name), primitives.sha3);
    if (!explanation.isConfirmed) surface.exitCode = ExitCode.CheckFailed;
    if (surface.outputFormat === 'table') surface.printText(treeOf(explanation));
    else surface.print(printableOf(explanation));
}

function treeOf({ issuance, isConfirmed, checks, shares }: Explanation): string {
    const waiting = shares.filter(({ claimedTo }) => claimedTo === null).length;
    const sharesHead = `shares of ${String(shares.length)} entities, ${String(waiting)} not claimed yet`;
    const leaves = shares.map(({ entityId, netWh, computed, ledger, claimedTo, agrees }) =>
        leaf({
            step: `${entityId}: ${netWh.toString()} Wh, ${claimedTo === null ? 'not claimed' : `claimed by ${claimedTo}`}`,
            ...{ computed: computed.toString(), ledger: ledger.toString(), agrees },
        }),
    );
    return [
        `issuance ${issuance}: ${isConfirmed ? 'every figure is confirmed' : 'FIGURES DIFFER'} (money in millionths of a K-Dollar)`,
        ...checks.map((check) => `├─ ${leaf(check)}`),
        `└─ ${sharesHead}`,
        ...leaves.map((text, index) => `   ${index === leaves.length - 1 ? '└─' : '├─'} ${text}`),
        '',
    ].join('\n');
}

function leaf({ step, computed, ledger, agrees }: Check): string {
    return printable(agrees ? `ok  ${step}: ${ledger}` : `NO  ${step}: ${computed} computed, ${ledger} on the ledger`);
}

function printableOf({
    checks,
    shares,
    ...head
}: Explanation): Readonly<
    Record<string, boolean | string | readonly Readonly<Record<string, boolean | string | null>>[]>
> {
    return {
        ...head,
        checks: checks.map((check) => ({ ...check })),
        shares: shares.map(({ netWh, computed, ledger, ...share }) => ({
            ...share,
            ...{ netWh: netWh.toString(), computed: computed.toString(), ledger: ledger.toString() },
        })),
    };
}
