// SPDX-License-Identifier: Apache-2.0
import type { Contract } from 'fabric-contract-api';
import type { LedgerContract } from './ledger/ledgerContract.js';
import type { Platform } from './ledger/platform.js';
import { AssetContract } from './contracts/assetContract.js';
import { AttestationContract } from './contracts/attestationContract.js';
import { CertificateContract } from './contracts/certificateContract.js';
import { CommercialContract } from './contracts/commercialContract.js';
import { ComplianceContract } from './contracts/complianceContract.js';
import { GovernanceContract } from './contracts/governanceContract.js';
import { DealingContract } from './contracts/dealingContract.js';
import { EnergyRegistryContract } from './contracts/energyRegistryContract.js';
import { HoldContract } from './contracts/holdContract.js';
import { IssuanceContract } from './contracts/issuanceContract.js';
import { MeasurementContract } from './contracts/measurementContract.js';
import { NoteContract } from './contracts/noteContract.js';
import { PowerCreditContract } from './contracts/powerCreditContract.js';
import { ProgrammeContract } from './contracts/programmeContract.js';
import { RedemptionContract } from './contracts/redemptionContract.js';
import { RegistryContract } from './contracts/registryContract.js';
import { StorageContract } from './contracts/storageContract.js';
import { TreasuryNoteContract } from './contracts/treasuryNoteContract.js';
import { WalletContract } from './contracts/walletContract.js';
import { WalletKeysContract } from './contracts/walletKeysContract.js';

/** A contract as the shim wants it: a class that it makes the one instance of, without arguments. */
export type ContractClass = new () => Contract;

const all: readonly (new (platform: Platform) => LedgerContract)[] = [
    RegistryContract,
    AssetContract,
    WalletContract,
    WalletKeysContract,
    HoldContract,
    DealingContract,
    NoteContract,
    ComplianceContract,
    AttestationContract,
    PowerCreditContract,
    CommercialContract,
    GovernanceContract,
    RedemptionContract,
    TreasuryNoteContract,
    ProgrammeContract,
    IssuanceContract,
    MeasurementContract,
    EnergyRegistryContract,
    CertificateContract,
    StorageContract,
];

/** All contracts of the chaincode, given what they need of the machine. */
export function contractClasses(platform: Platform): ContractClass[] {
    return all.map((contract) => bound(contract, platform));
}

function bound(contract: new (platform: Platform) => LedgerContract, platform: Platform): ContractClass {
    return class extends contract {
        constructor() {
            super(platform);
        }
    };
}
