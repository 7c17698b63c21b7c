// SPDX-License-Identifier: Apache-2.0

/**
 * The private data collection of commercial balances, as chaincode/collections.json defines it on the channel. The
 * regulator reads it and endorses nothing; who is no member learns hashes alone.
 */
export const commercialCollection = {
    name: 'commercial',
    members: ['CentralBankMSP', 'CooperativeMSP', 'RegulatorMSP'],
    /** All of them endorse, so that two members hold a value before it is ordered. */
    endorsers: ['CentralBankMSP', 'CooperativeMSP'],
} as const;
