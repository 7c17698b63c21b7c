// SPDX-License-Identifier: Apache-2.0
import { amountDelta, type AssetCode, instant, type Schema } from '@power-currency/domain';
import { formatUnits } from '../../application/decimalAmount.js';
import { isAmount } from '../../application/intents/spendingPlan.js';
import { type OutputFormat, type Printable } from '../output.js';

type Members = Readonly<Record<string, Printable>>;

/** How an answer is shown: its amounts in units beside minor units. */
interface Showing {
    /** Of amounts whose record names none. */
    readonly asset: AssetCode;
    /** Undefined where they cannot be found out: amounts are then left in minor units. */
    readonly decimalsOf: (asset: AssetCode) => Promise<number | undefined>;
    readonly format: OutputFormat;
}

/**
 * The answer with every amount in units too: for people `12.500000 PC (12500000)` and times of the calendar, for
 * programs a member `<name>InUnits` beside the one in minor units.
 */
export async function withUnits(value: Printable, schema: Schema, showing: Showing): Promise<Printable> {
    if (isList(value)) {
        const item = (schema.items ?? {}) as Schema;
        return Promise.all(value.map((entry) => withUnits(entry, item, showing)));
    }
    if (typeof value !== 'object' || value === null) return value;
    const properties = propertiesFor(value, schema);
    const inside = ofRecord(value, showing);
    const shown: Record<string, Printable> = {};
    for (const [name, member] of Object.entries(value)) {
        const declared = plain(properties[name] ?? {});
        if ((isAmount(declared) || declared === amountDelta.schema) && typeof member === 'string')
            Object.assign(shown, await inUnits(name, member, inside));
        else if (declared === instant.schema && showing.format === 'table') shown[name] = timeText(member);
        else shown[name] = await withUnits(member, declared, inside);
    }
    return shown;
}

/** A record that names an asset, or is one, has its amounts in it. */
function ofRecord({ asset, code, decimals }: Members, showing: Showing): Showing {
    const named = decimals === undefined ? asset : code;
    return typeof named === 'string' ? { ...showing, asset: named as AssetCode } : showing;
}

async function inUnits(name: string, minor: string, { asset, decimalsOf, format }: Showing): Promise<Members> {
    const decimals = await decimalsOf(asset);
    if (decimals === undefined) return { [name]: minor };
    const units = formatUnits(BigInt(minor), decimals);
    if (format === 'table') return { [name]: `${units} ${asset} (${minor})` };
    return { [name]: minor, [`${name}InUnits`]: units };
}

/** Seconds since 1970 as people read them. */
function timeText(seconds: Printable): Printable {
    return typeof seconds === 'string' ? new Date(Number(seconds) * 1000).toISOString().replace('.000', '') : seconds;
}

function propertiesFor(value: Members, schema: Schema): Readonly<Record<string, Schema>> {
    const variants = (schema.oneOf ?? []) as readonly Schema[];
    const chosen = variants.find(({ properties }) => kindOf(properties) === value.kind) ?? schema;
    return (chosen.properties ?? {}) as Readonly<Record<string, Schema>>;
}

function kindOf(properties: unknown): unknown {
    return (properties as { readonly kind?: { readonly const?: unknown } } | undefined)?.kind?.const;
}

function plain(schema: Schema): Schema {
    return (schema.anyOf as readonly Schema[] | undefined)?.[0] ?? schema;
}

const listedMax = 8;

/** For people: a long list of plain words, such as the credits of a payroll, is counted. */
export function shortened(value: Members): Members {
    return Object.fromEntries(
        Object.entries(value).map(([name, member]) => {
            const isLong = isList(member) && member.length > listedMax;
            return [name, isLong ? `${String(member.length)} entries` : member];
        }),
    );
}

function isList(value: Printable): value is readonly Printable[] {
    return Array.isArray(value);
}
