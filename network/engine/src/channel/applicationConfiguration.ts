// SPDX-License-Identifier: Apache-2.0
import { common, protos } from '../wire/protobuf.js';
import { capabilityNames } from './capabilities.js';
import { readValues } from './configValues.js';
import { applicationOrganisation, type ApplicationOrganisation, type MspBuilder } from './organisations.js';

/** The Application group of a channel (common/channelconfig/application.go). */
export interface ApplicationConfiguration {
    readonly capabilities: ReadonlySet<string>;
    readonly organisations: readonly ApplicationOrganisation[];
    /** Resource name → absolute policy path; a resource without entry has Fabric's default policy. */
    readonly acls: ReadonlyMap<string, string>;
}

const valueTypes = { Capabilities: common.Capabilities, ACLs: protos.ACLs };

export function readApplicationGroup(
    group: common.ConfigGroup.$Properties,
    msps: MspBuilder,
): ApplicationConfiguration {
    const values = readValues(group, valueTypes);
    return {
        capabilities: capabilityNames(values.Capabilities),
        organisations: Object.entries(group.groups ?? {}).map(([name, sub]) =>
            applicationOrganisation(name, sub, msps),
        ),
        acls: absolutePolicyRefs(values.ACLs?.acls ?? {}),
    };
}

function absolutePolicyRefs(acls: Readonly<Record<string, protos.APIResource.$Properties>>): Map<string, string> {
    const refs = Object.entries(acls).map(([resource, { policyRef }]) => [resource, policyRef ?? ''] as const);
    return new Map(
        refs
            .filter(([, ref]) => ref !== '')
            .map(([resource, ref]) => [resource, ref.startsWith('/') ? ref : `/Channel/Application/${ref}`]),
    );
}
