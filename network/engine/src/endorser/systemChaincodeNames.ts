// SPDX-License-Identifier: Apache-2.0

const systemChaincodes: ReadonlySet<string> = new Set(['lscc', 'qscc', 'cscc', '_lifecycle', '_trace']);

/** Names that no application chaincode can have; lscc stays reserved although it is gone since Fabric 3. */
export function isSystemChaincode(name: string): boolean {
    return systemChaincodes.has(name);
}
