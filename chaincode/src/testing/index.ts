// SPDX-License-Identifier: Apache-2.0
import './quiet.js';

export { type IdentityOptions, simulatedIdentity, type SimulatedIdentity } from './simulatedIdentity.js';
export {
    type CommittedTransaction,
    type EndorsedTransaction,
    SimulatedLedger,
    type SimulatedLedgerOptions,
    type TextCall,
} from './simulatedLedger.js';
export { Scenario, type Holder } from './scenario.js';
