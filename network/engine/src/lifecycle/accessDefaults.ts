// SPDX-License-Identifier: Apache-2.0

/** Who may use a resource of the peer itself: administrators or all members of its own organisation. */
export type LocalPolicy = 'Admins' | 'Members';

const readers = '/Channel/Application/Readers';
const writers = '/Channel/Application/Writers';

/** Resources that no channel configuration can open to others (core/aclmgmt/defaultaclprovider.go). */
export const localDefaults: ReadonlyMap<string, LocalPolicy> = new Map<string, LocalPolicy>([
    ['_lifecycle/InstallChaincode', 'Admins'],
    ['_lifecycle/QueryInstalledChaincode', 'Admins'],
    ['_lifecycle/GetInstalledChaincodePackage', 'Admins'],
    ['_lifecycle/QueryInstalledChaincodes', 'Admins'],
    ['_lifecycle/ApproveChaincodeDefinitionForMyOrg', 'Admins'],
    ['_lifecycle/QueryApprovedChaincodeDefinition', 'Admins'],
    ['_lifecycle/QueryApprovedChaincodeDefinitions', 'Admins'],
    ['_trace/GetTransaction', 'Admins'],
    ['snapshot/submitrequest', 'Admins'],
    ['snapshot/cancelrequest', 'Admins'],
    ['snapshot/listpending', 'Admins'],
    ['cscc/JoinChain', 'Admins'],
    ['cscc/JoinChainBySnapshot', 'Admins'],
    ['cscc/JoinBySnapshotStatus', 'Admins'],
    ['cscc/GetChannels', 'Members'],
]);

/** Policies of channel resources that the channel's ACLs do not name. */
export const channelDefaults: ReadonlyMap<string, string> = new Map([
    ['_lifecycle/CheckCommitReadiness', writers],
    ['_lifecycle/CommitChaincodeDefinition', writers],
    ['_lifecycle/QueryChaincodeDefinition', writers],
    ['_lifecycle/QueryChaincodeDefinitions', writers],
    ['qscc/GetChainInfo', readers],
    ['qscc/GetBlockByNumber', readers],
    ['qscc/GetBlockByHash', readers],
    ['qscc/GetTransactionByID', readers],
    ['qscc/GetBlockByTxID', readers],
    ['cscc/GetConfigBlock', readers],
    ['cscc/GetChannelConfig', readers],
    ['peer/Propose', writers],
    ['peer/ChaincodeToChaincode', writers],
    ['event/Block', readers],
    ['event/FilteredBlock', readers],
    ['gateway/CommitStatus', readers],
    ['gateway/ChaincodeEvents', readers],
]);
