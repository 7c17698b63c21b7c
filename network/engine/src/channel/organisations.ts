// SPDX-License-Identifier: Apache-2.0
import { Msp } from '../identity/msp.js';
import { asBuffer, decode } from '../wire/decode.js';
import { common, msp, protos } from '../wire/protobuf.js';
import { ConfigurationError, withContext } from './configurationError.js';
import { readValues } from './configValues.js';

interface Endpoint {
    readonly host: string;
    readonly port: number;
}

export interface OrdererOrganisation {
    /** The key of the group, which need not be the MSP id. */
    readonly name: string;
    readonly mspId: string;
    /** Addresses as written, "host:port". */
    readonly endpoints: readonly string[];
}

export interface ApplicationOrganisation {
    readonly name: string;
    readonly mspId: string;
    readonly anchorPeers: readonly Endpoint[];
}

/** Builds each organisation's MSP once, also when it is both orderer and application organisation. */
export class MspBuilder {
    readonly msps = new Map<string, { readonly msp: Msp; readonly config: Buffer }>();
    private readonly allowEd25519: boolean;

    constructor(allowEd25519: boolean) {
        this.allowEd25519 = allowEd25519;
    }

    /** Returns the MSP id; throws ConfigurationError with Fabric's text. */
    build(organisation: string, value: msp.MSPConfig.$Properties | undefined): string {
        if (value?.type !== undefined && value.type !== null && value.type !== 0) {
            throw new ConfigurationError(`Setup error: unsupported msp type ${value.type}`);
        }
        const bytes = asBuffer(value?.config);
        const config = decode(msp.FabricMSPConfig, bytes, 'FabricMSPConfig');
        const built = withContext('setting up the MSP manager failed', () =>
            Msp.fromConfig(config, { allowEd25519: this.allowEd25519 }),
        );
        const { mspId } = built;
        if (mspId === '') {
            throw new ConfigurationError(`MSP for org ${organisation} has empty MSP ID`);
        }
        const earlier = this.msps.get(mspId);
        if (earlier !== undefined && !earlier.config.equals(bytes)) {
            throw new ConfigurationError(`Attempted to define two different versions of MSP: ${mspId}`);
        }
        if (earlier === undefined) {
            this.msps.set(mspId, { msp: built, config: bytes });
        }
        return mspId;
    }
}

export function ordererOrganisation(
    name: string,
    group: common.ConfigGroup.$Properties,
    msps: MspBuilder,
): OrdererOrganisation {
    if (Object.keys(group.groups ?? {}).length > 0) {
        throw new ConfigurationError('OrdererOrg config does not allow sub-groups');
    }
    const values = readValues(group, { MSP: msp.MSPConfig, Endpoints: common.OrdererAddresses });
    return { name, mspId: msps.build(name, values.MSP), endpoints: values.Endpoints?.addresses ?? [] };
}

export function applicationOrganisation(
    name: string,
    group: common.ConfigGroup.$Properties,
    msps: MspBuilder,
): ApplicationOrganisation {
    if (Object.keys(group.groups ?? {}).length > 0) {
        throw new ConfigurationError('ApplicationOrg config does not allow sub-groups');
    }
    const values = readValues(group, { MSP: msp.MSPConfig, AnchorPeers: protos.AnchorPeers });
    const anchorPeers = (values.AnchorPeers?.anchorPeers ?? []).map(({ host, port }) => ({
        host: host ?? '',
        port: port ?? 0,
    }));
    return { name, mspId: msps.build(name, values.MSP), anchorPeers };
}
