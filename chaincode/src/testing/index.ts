// SPDX-License-Identifier: Apache-2.0
import './quiet.js';

export { activeEntity, facilityOf } from './energySteps.js';
export {
    adjustment,
    claimIssuance,
    closeYear,
    foundSupply,
    issueYear,
    producerWithWallet,
    verifyYear,
} from './growthSteps.js';
export { type AmountField, amountFields, hostileAmounts } from './hostileAmounts.js';
export { Certifying } from './certifying.js';
export { type HotTransaction, hotTransactions, type PreparedLedger, preparedLedger } from './hotTransactions.js';
export { type IdentityOptions, simulatedIdentity, type SimulatedIdentity } from './simulatedIdentity.js';
export { SimulatedLedger, type SimulatedLedgerOptions } from './simulatedLedger.js';
export { type CommittedTransaction, type EndorsedTransaction, type TextCall } from './simulatedTransaction.js';
export { SimulatedMember, simulatedPackageId } from './simulatedMember.js';
export { Measuring } from './measuring.js';
export { Scenario, type Holder } from './scenario.js';
