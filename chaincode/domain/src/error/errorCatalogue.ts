// SPDX-License-Identifier: Apache-2.0
import { assetErrors } from './catalogue/assetErrors.js';
import { attestationErrors } from './catalogue/attestationErrors.js';
import { callErrors } from './catalogue/callErrors.js';
import { certificateErrors } from './catalogue/certificateErrors.js';
import { commercialErrors } from './catalogue/commercialErrors.js';
import { dealingErrors } from './catalogue/dealingErrors.js';
import { complianceErrors } from './catalogue/complianceErrors.js';
import { energyRegistryErrors } from './catalogue/energyRegistryErrors.js';
import { governanceErrors } from './catalogue/governanceErrors.js';
import { growthErrors } from './catalogue/growthErrors.js';
import { holdErrors } from './catalogue/holdErrors.js';
import { measurementErrors } from './catalogue/measurementErrors.js';
import { noteErrors } from './catalogue/noteErrors.js';
import { powerCreditErrors } from './catalogue/powerCreditErrors.js';
import { programmeErrors } from './catalogue/programmeErrors.js';
import { redemptionErrors } from './catalogue/redemptionErrors.js';
import { registryErrors } from './catalogue/registryErrors.js';
import { walletErrors } from './catalogue/walletErrors.js';
import type { ErrorCode } from './errorDetails.js';

/** What a person reads beside each code: the cause, then what to do about it. */
export const errorCatalogue: Readonly<Record<ErrorCode, string>> = {
    ...callErrors,
    ...registryErrors,
    ...assetErrors,
    ...walletErrors,
    ...holdErrors,
    ...noteErrors,
    ...dealingErrors,
    ...complianceErrors,
    ...attestationErrors,
    ...powerCreditErrors,
    ...commercialErrors,
    ...governanceErrors,
    ...redemptionErrors,
    ...programmeErrors,
    ...measurementErrors,
    ...energyRegistryErrors,
    ...growthErrors,
    ...certificateErrors,
};
