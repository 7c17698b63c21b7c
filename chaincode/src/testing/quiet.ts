// SPDX-License-Identifier: Apache-2.0
import '../server/logLevel.js';
import { redirectLog } from '@power-currency/engine/process/logging.js';

// A refusal is what most tests want to see; neither the shim nor the engine needs to report it.
process.env.CORE_CHAINCODE_LOGGING_LEVEL = 'CRITICAL';
redirectLog(() => undefined);
