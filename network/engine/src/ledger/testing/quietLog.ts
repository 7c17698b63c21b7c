// SPDX-License-Identifier: Apache-2.0
import { redirectLog } from '../../process/logging.js';

// Tests that import this file keep the ledger's log off the terminal.
redirectLog(() => undefined);
