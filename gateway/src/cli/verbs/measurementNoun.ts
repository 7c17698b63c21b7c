// SPDX-License-Identifier: Apache-2.0
import { type Noun, row } from './noun.js';

const period = 'facilityId period';

/** Reports of sources, what they say together, and who decides where they disagree. */
export const measurementNoun: Noun = {
    noun: 'measurement',
    description: "reconcile what sources report of a facility's day, month or year, and review what is flagged",
    verbs: [
        row('reconcile', 'Measurement:Reconcile', period, 'roof-1 2026-11-20'),
        row(
            ...(['vintages', 'Measurement:ListVintages', period, 'roof-1 2026-11-20 --all'] as const),
            'vintage reconciliation.status reconciliation.estimateWh reconciliation.cv reconciliation.confidence reconciledAt',
        ),
        row('reports', 'Measurement:ListReports', period, 'roof-1 2026-11-20'),
        row(
            ...(['flagged', 'Measurement:ListFlagged', '', '--all'] as const),
            'facilityId period vintage isUnderReview',
        ),
        row('open-review', 'Measurement:OpenReview', period, 'roof-1 2026-11-20'),
        row(
            ...(['verdict', 'Measurement:ReviewVerdict', `${period} verdict`] as const),
            "roof-1 2026-11-20 verify --reason 'inverter log read on site' --evidence visit.pdf --without-sources roof-1-meter",
        ),
        row('expire-review', 'Measurement:ExpireReview', period, 'roof-1 2026-11-20'),
        row('chain', 'Measurement:DescribeChain', 'sourceId', 'roof-1-meter'),
        row(
            ...(['chain-reports', 'Measurement:ListChain', 'sourceId', 'roof-1-meter --all'] as const),
            'report.sequence report.facilityId report.period report.energyWh acceptedAt relayedBy',
        ),
        row('rules', 'Measurement:DescribeRules', '', '-o json'),
    ],
};
