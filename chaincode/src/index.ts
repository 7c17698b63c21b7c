// SPDX-License-Identifier: Apache-2.0
import { contractClasses } from './contractClasses.js';
import { nodePlatform } from './platform/nodePlatform.js';

/** What Fabric's own `fabric-chaincode-node` starts; `main.ts` is our starter. */
export const contracts = contractClasses(nodePlatform);
