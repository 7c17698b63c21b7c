// SPDX-License-Identifier: Apache-2.0

// The shim reads its level while it loads and defaults to a line or two per transaction. Imported first of all.
process.env.CORE_CHAINCODE_LOGGING_LEVEL ??= 'WARNING';
