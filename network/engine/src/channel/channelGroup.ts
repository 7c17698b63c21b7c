// SPDX-License-Identifier: Apache-2.0
import { loadMspConfig } from '../identity/mspFolder.js';
import { encode } from '../wire/decode.js';
import { common, msp, orderer, protos } from '../wire/protobuf.js';
import { capabilitiesValue, configGroup, configPolicies, configValue } from './configTree.js';
import { ConfigtxError, withConfigtxContext } from './configtxError.js';
import type { Application, Orderer, Organization, Profile } from './configtxYaml.js';
import { goDurationText } from './goDurationText.js';
import { parseGoDuration } from '../process/duration.js';
import { raftMetadata } from './raftMetadata.js';

type Group = common.ConfigGroup.$Properties;

/** The configuration tree of a new channel (internal/configtxgen/encoder). Throws ConfigtxError with Fabric's text. */
export function channelGroup(profile: Profile): Group {
    const policies = withConfigtxContext('error adding policies to channel group', () =>
        configPolicies(profile.Policies),
    );
    const { Orderer, Application, Consortium } = profile;
    const groups: Record<string, Group> = {};
    if (Orderer !== undefined) {
        groups.Orderer = withConfigtxContext('could not create orderer group', () => ordererGroup(Orderer, profile));
    }
    if (Application !== undefined) {
        groups.Application = withConfigtxContext('could not create application group', () =>
            applicationGroup(Application),
        );
    }
    const addresses = Orderer?.Addresses ?? [];
    return configGroup({
        groups,
        values: {
            HashingAlgorithm: configValue(common.HashingAlgorithm, { name: 'SHA256' }),
            BlockDataHashingStructure: configValue(common.BlockDataHashingStructure, { width: 0xffffffff }),
            ...capabilitiesValue(profile.Capabilities),
            ...(addresses.length === 0
                ? {}
                : {
                      OrdererAddresses: {
                          value: encode(common.OrdererAddresses, { addresses: [...addresses] }),
                          modPolicy: '/Channel/Orderer/Admins',
                      },
                  }),
            ...(Consortium === '' ? {} : { Consortium: configValue(common.Consortium, { name: Consortium }) }),
        },
        policies,
    });
}

function ordererGroup(section: Orderer, profile: Profile): Group {
    const policies = withConfigtxContext('error adding policies to orderer group', () =>
        configPolicies(section.Policies, ['BlockValidation']),
    );
    const { BatchSize, Addresses } = section;
    const perOrganisation = profile.Capabilities.get('V3_0') === true;
    if (perOrganisation && Addresses.length > 0) {
        throw new ConfigtxError(
            `global orderer endpoints exist, but can not be used with V3_0 capability: [${Addresses.join(' ')}]`,
        );
    }
    return configGroup({
        groups: organisationGroups(section.Organizations, 'failed to create orderer org', (organisation) =>
            ordererOrganisationGroup(organisation, perOrganisation),
        ),
        values: {
            ConsensusType: configValue(orderer.ConsensusType, {
                type: section.OrdererType,
                ...(section.EtcdRaft === undefined || section.OrdererType !== 'etcdraft'
                    ? {}
                    : { metadata: raftMetadata(section.EtcdRaft) }),
            }),
            BatchSize: configValue(orderer.BatchSize, {
                maxMessageCount: BatchSize.MaxMessageCount,
                absoluteMaxBytes: BatchSize.AbsoluteMaxBytes,
                preferredMaxBytes: BatchSize.PreferredMaxBytes,
            }),
            BatchTimeout: configValue(orderer.BatchTimeout, {
                timeout: goDurationText(parseGoDuration(section.BatchTimeout) ?? 0),
            }),
            ChannelRestrictions: configValue(
                orderer.ChannelRestrictions,
                section.MaxChannels === 0 ? {} : { maxCount: section.MaxChannels },
            ),
            ...capabilitiesValue(section.Capabilities),
        },
        policies,
    });
}

function applicationGroup(section: Application): Group {
    const policies = withConfigtxContext('error adding policies to application group', () =>
        configPolicies(section.Policies),
    );
    const acls = [...section.ACLs]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, policyRef]) => [name, { policyRef }] as const);
    return configGroup({
        groups: organisationGroups(
            section.Organizations,
            'failed to create application org',
            applicationOrganisationGroup,
        ),
        values: {
            ...(acls.length === 0 ? {} : { ACLs: configValue(protos.ACLs, { acls: Object.fromEntries(acls) }) }),
            ...capabilitiesValue(section.Capabilities),
        },
        policies,
    });
}

/** The group of an orderer organisation; with V3_0 it must say where its nodes listen. */
export function ordererOrganisationGroup(organisation: Organization, needsEndpoints: boolean): Group {
    const { Name, OrdererEndpoints } = organisation;
    if (organisation.SkipAsForeign) {
        return { modPolicy: 'Admins' };
    }
    const mspValue = organisationMsp(organisation);
    const policies = withConfigtxContext(`error adding policies to orderer org group '${Name}'`, () =>
        configPolicies(organisation.Policies),
    );
    if (needsEndpoints && OrdererEndpoints.length === 0) {
        throw new ConfigtxError(
            `orderer endpoints for organization ${Name} are missing and must be configured when capability V3_0 is enabled`,
        );
    }
    const endpoints = configValue(common.OrdererAddresses, { addresses: [...OrdererEndpoints] });
    return configGroup({
        values: { MSP: mspValue, ...(OrdererEndpoints.length === 0 ? {} : { Endpoints: endpoints }) },
        policies,
    });
}

/** The group of an application organisation. */
export function applicationOrganisationGroup(organisation: Organization): Group {
    if (organisation.SkipAsForeign) {
        return { modPolicy: 'Admins' };
    }
    const mspValue = organisationMsp(organisation);
    const policies = withConfigtxContext(`error adding policies to application org group ${organisation.Name}`, () =>
        configPolicies(organisation.Policies),
    );
    const anchorPeers = organisation.AnchorPeers.map(({ Host, Port }) => ({ host: Host, port: Port }));
    const anchors = configValue(protos.AnchorPeers, { anchorPeers });
    return configGroup({
        values: { MSP: mspValue, ...(anchorPeers.length === 0 ? {} : { AnchorPeers: anchors }) },
        policies,
    });
}

function organisationMsp({ Name, ID, MSPDir, MSPType }: Organization): common.ConfigValue.$Properties {
    return withConfigtxContext(`1 - Error loading MSP configuration for org ${Name}`, () => {
        if (MSPType !== 'bccsp') {
            throw new ConfigtxError(`MSP type ${MSPType} is not supported by the embedded engine`);
        }
        return configValue(msp.MSPConfig, { config: encode(msp.FabricMSPConfig, loadMspConfig(MSPDir, ID)) });
    });
}

function organisationGroups(
    organisations: readonly Organization[],
    context: string,
    group: (organisation: Organization) => Group,
): Record<string, Group> {
    return withConfigtxContext(context, () =>
        Object.fromEntries(organisations.map((organisation) => [organisation.Name, group(organisation)])),
    );
}
