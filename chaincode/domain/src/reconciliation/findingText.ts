// SPDX-License-Identifier: Apache-2.0
import type { Finding, FindingRule, Reconciliation } from './reconciliationRecords.js';

/** What was found, in a sentence each, and the rules that say so by their version. */
export function findingTexts({ findings, rulesVersion }: Reconciliation): readonly string[] {
    return findings.map((finding) => {
        const { rule, score, limit } = finding;
        const subject = finding.sourceId ?? 'the sources together';
        const version = physics.includes(rule) ? `, version ${String(rulesVersion)}` : '';
        return `${subject} ${statements[rule](finding)}: ${inUnits(rule, score)}, limit ${inUnits(rule, limit)} (rule ${rule}${version})`;
    });
}

const physics: readonly FindingRule[] = ['nameplate', 'capacity-factor', 'night', 'rise'];

const statements: Readonly<Record<FindingRule, (finding: Finding) => string>> = {
    discrepancy: () => 'disagree by a coefficient of variation above the threshold',
    outlier: ({ direction }) => `says ${direction === 'above' ? 'more' : 'less'} than the others can explain`,
    'persistent-bias': ({ direction }) =>
        `says ${direction === 'above' ? 'more' : 'less'} than the others in period after period`,
    nameplate: ({ interval }) => `says more than the plant can give${at(interval)}`,
    'capacity-factor': () => 'says more than a plant of its kind gives in such a time',
    night: ({ interval }) => `says there was sun at night${at(interval)}`,
    rise: ({ interval }) => `says the plant rose faster than one of its kind can${at(interval)}`,
};

const at = (interval: string | null): string => (interval === null ? '' : ` at ${interval}`);

/** Standard deviations, or per cent of nameplate or of the mean; two decimals, rounded down. */
function inUnits(rule: FindingRule, ppm: bigint): string {
    const isDeviation = rule === 'outlier' || rule === 'persistent-bias';
    const hundredths = ppm / (isDeviation ? 10_000n : 100n);
    const text = `${String(hundredths / 100n)}.${String(hundredths % 100n).padStart(2, '0')}`;
    return isDeviation ? `${text} standard deviations` : `${text} %`;
}
