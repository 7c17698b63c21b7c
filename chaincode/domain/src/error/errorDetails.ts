// SPDX-License-Identifier: Apache-2.0
import type { AssetErrors } from './catalogue/assetErrors.js';
import type { AttestationErrors } from './catalogue/attestationErrors.js';
import type { CallErrors } from './catalogue/callErrors.js';
import type { CertificateErrors } from './catalogue/certificateErrors.js';
import type { CommercialErrors } from './catalogue/commercialErrors.js';
import type { DealingErrors } from './catalogue/dealingErrors.js';
import type { ComplianceErrors } from './catalogue/complianceErrors.js';
import type { EnergyRegistryErrors } from './catalogue/energyRegistryErrors.js';
import type { GovernanceErrors } from './catalogue/governanceErrors.js';
import type { GrowthErrors } from './catalogue/growthErrors.js';
import type { HoldErrors } from './catalogue/holdErrors.js';
import type { MeasurementErrors } from './catalogue/measurementErrors.js';
import type { NoteErrors } from './catalogue/noteErrors.js';
import type { PowerCreditErrors } from './catalogue/powerCreditErrors.js';
import type { ProgrammeErrors } from './catalogue/programmeErrors.js';
import type { RegistryErrors } from './catalogue/registryErrors.js';
import type { RedemptionErrors } from './catalogue/redemptionErrors.js';
import type { WalletErrors } from './catalogue/walletErrors.js';

/**
 * Every way in which a transaction can be refused, with the facts that go with it. One failure mode, one code.
 * Amounts, energy and ratios are carried as the decimal strings of the wire.
 */
export interface ErrorDetails
    extends
        CallErrors,
        RegistryErrors,
        AssetErrors,
        WalletErrors,
        HoldErrors,
        NoteErrors,
        DealingErrors,
        ComplianceErrors,
        AttestationErrors,
        PowerCreditErrors,
        CommercialErrors,
        GovernanceErrors,
        RedemptionErrors,
        ProgrammeErrors,
        MeasurementErrors,
        EnergyRegistryErrors,
        GrowthErrors,
        CertificateErrors {}

export type ErrorCode = keyof ErrorDetails;
