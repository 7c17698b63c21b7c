// SPDX-License-Identifier: Apache-2.0
import '../server/logLevel.js';
import { redirectLog } from '@power-currency/engine/process/logging.js';
import { quietShim } from '../server/quietShim.js';
import { rememberShimCertificates } from '../server/shimCertificates.js';

// A refusal is what most tests want to see; neither the shim nor the engine needs to report it.
process.env.CORE_CHAINCODE_LOGGING_LEVEL = 'CRITICAL';
redirectLog(() => undefined);
// As the process of a member does (main.ts).
quietShim();
rememberShimCertificates();
