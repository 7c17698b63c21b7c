// SPDX-License-Identifier: Apache-2.0
import type { WalletPolicies } from '../wallet/walletPolicy.js';
import type { ProposalAction } from './action.js';
import type { PlausibilityRules } from '../energy/plausibilityRules.js';
import { changeParameter } from './changeParameter.js';
import { changePlausibilityRule } from './changePlausibilityRule.js';
import { changeWalletPolicy } from './changeWalletPolicy.js';
import type { Parameters } from './parameters.js';

/** Everything that votes change by themselves. */
export interface GovernedRules {
    readonly parameters: Parameters;
    readonly walletPolicies: WalletPolicies;
    readonly plausibility: PlausibilityRules;
}

/** The rules with the action in force; a mandate leaves them as they are. Throws PROPOSAL_VALUE_OUT_OF_RANGE. */
export function enact(action: ProposalAction, rules: GovernedRules): GovernedRules {
    switch (action.kind) {
        case 'parameter':
            return { ...rules, parameters: changeParameter(rules.parameters, action) };
        case 'wallet-policy':
            return { ...rules, walletPolicies: changeWalletPolicy(rules.walletPolicies, action) };
        case 'plausibility-rule':
            return { ...rules, plausibility: changePlausibilityRule(rules.plausibility, action) };
        case 'treasury-programme':
        case 'release-milestone':
        case 'lift-restriction':
        case 'genesis-supply':
        case 'growth-adjustment':
            return rules;
    }
}
