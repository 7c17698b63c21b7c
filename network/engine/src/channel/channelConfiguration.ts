// SPDX-License-Identifier: Apache-2.0
import { MspManager } from '../identity/mspManager.js';
import { PolicyTree } from '../policy/policyTree.js';
import { common } from '../wire/protobuf.js';
import { readApplicationGroup, type ApplicationConfiguration } from './applicationConfiguration.js';
import { capabilityNames, requireSupportedCapabilities, type Capabilities } from './capabilities.js';
import { readConfigBlock } from './configBlock.js';
import { checkChannelId, checkKeys } from './configKeys.js';
import { ConfigurationError, withContext } from './configurationError.js';
import { readValues } from './configValues.js';
import { readOrdererGroup, type OrdererConfiguration } from './ordererConfiguration.js';
import { MspBuilder } from './organisations.js';

const channelValueTypes = {
    HashingAlgorithm: common.HashingAlgorithm,
    BlockDataHashingStructure: common.BlockDataHashingStructure,
    OrdererAddresses: common.OrdererAddresses,
    Consortium: common.Consortium,
    Capabilities: common.Capabilities,
};
type ChannelValues = ReturnType<typeof readValues<typeof channelValueTypes>>;

const hashingAlgorithms = ['SHA256', 'SHA3_256'];
const blockDataHashingWidth = 0xffffffff;
/** Below these capabilities a channel follows older MSP rules, which this engine does not have. */
const currentMspRules = ['V1_4_3', 'V2_0', 'V3_0'];

/**
 * One configuration of a channel, checked and ready to be asked: organisations, policies, batch parameters
 * (Fabric's "bundle", common/channelconfig). It never changes; a config block makes a new one.
 */
export class ChannelConfiguration {
    readonly channelId: string;
    /** How many updates led here; 0 in the genesis block. */
    readonly sequence: number;
    readonly config: common.Config.$Properties;
    readonly capabilities: Capabilities;
    readonly msps: MspManager;
    readonly policies: PolicyTree;
    readonly orderer: OrdererConfiguration;
    readonly application: ApplicationConfiguration;

    private constructor(channelId: string, config: common.Config.$Properties) {
        const root = checkedRoot(config);
        const { Orderer: ordererGroup, Application: applicationGroup, ...others } = root.groups ?? {};
        this.channelId = channelId;
        this.sequence = config.sequence ?? 0;
        this.config = config;
        const parts = withContext('initializing channelconfig failed', () => {
            const values = readValues(root, channelValueTypes);
            const channel = checkedChannelValues(values);
            const msps = new MspBuilder(channel.has('V3_0'));
            const application = withContext('could not create channel Application sub-group config', () =>
                readApplicationGroup(required(applicationGroup, 'application'), msps),
            );
            const orderer = withContext('could not create channel Orderer sub-group config', () =>
                readOrdererGroup(required(ordererGroup, 'orderer'), msps),
            );
            refuseOtherGroups(Object.keys(others));
            checkEndpoints(channel, values, orderer);
            return { channel, application, orderer, msps };
        });
        this.application = parts.application;
        this.orderer = parts.orderer;
        this.capabilities = {
            channel: parts.channel,
            orderer: parts.orderer.capabilities,
            application: parts.application.capabilities,
        };
        this.msps = new MspManager([...parts.msps.msps.values()].map(({ msp }) => msp));
        this.policies = withContext('initializing policymanager failed', () => new PolicyTree(root, this.msps));
        withContext('initializing configtx manager failed', () => {
            withContext('bad channel ID', () => {
                checkChannelId(channelId);
            });
            withContext('error converting config to map', () => {
                checkKeys(root);
            });
        });
    }

    /** Throws ConfigurationError with Fabric's text if the configuration breaks a rule. */
    static fromConfig(channelId: string, config: common.Config.$Properties): ChannelConfiguration {
        return new ChannelConfiguration(channelId, config);
    }

    /** The configuration that a config block sets; throws as fromConfig does, or MalformedMessageError. */
    static fromConfigBlock(block: common.Block.$Properties): ChannelConfiguration {
        const { channelId, config } = readConfigBlock(block);
        return new ChannelConfiguration(channelId, config);
    }

    /** Throws ConfigurationError if the channel asks for a feature that Fabric 3.1 does not have. */
    requireSupportedCapabilities(): void {
        requireSupportedCapabilities(this.capabilities, ['channel', 'orderer', 'application']);
    }

    /** As requireSupportedCapabilities, without those of the application, which are the peers' business. */
    requireOrderableCapabilities(): void {
        requireSupportedCapabilities(this.capabilities, ['orderer', 'channel']);
    }
}

function checkedRoot({ channelGroup }: common.Config.$Properties): common.ConfigGroup.$Properties {
    if (!channelGroup) {
        throw new ConfigurationError('config must contain a channel group');
    }
    const { Orderer: orderer, Application: application } = channelGroup.groups ?? {};
    if (orderer !== undefined && orderer.values?.Capabilities === undefined) {
        if (channelGroup.values?.Capabilities !== undefined) {
            throw new ConfigurationError('cannot enable channel capabilities without orderer support first');
        }
        if (application?.values?.Capabilities !== undefined) {
            throw new ConfigurationError('cannot enable application capabilities without orderer support first');
        }
    }
    return channelGroup;
}

/** Checks the values of the channel group and returns the channel's capabilities. */
function checkedChannelValues(values: ChannelValues): ReadonlySet<string> {
    const algorithm = values.HashingAlgorithm?.name ?? '';
    if (!hashingAlgorithms.includes(algorithm)) {
        throw new ConfigurationError(`Unknown hashing algorithm type: ${algorithm}`);
    }
    if (values.BlockDataHashingStructure?.width !== blockDataHashingWidth) {
        throw new ConfigurationError('BlockDataHashStructure width only supported at MaxUint32 in this version');
    }
    const channel = capabilityNames(values.Capabilities);
    if (!currentMspRules.some((name) => channel.has(name))) {
        throw new ConfigurationError(
            `the membership rules of channels below capability V1_4_3 are not supported by this engine, the channel has [${[...channel].join(' ')}]`,
        );
    }
    return channel;
}

function required(group: common.ConfigGroup.$Properties | undefined, name: string): common.ConfigGroup.$Properties {
    if (group === undefined) {
        throw new ConfigurationError(`invalid config: must contain ${name} config`);
    }
    return group;
}

function refuseOtherGroups(names: readonly string[]): void {
    const [name] = names;
    if (name !== undefined) {
        throw new ConfigurationError(
            name === 'Consortiums'
                ? 'channels with consortiums are not supported'
                : `Disallowed channel group: ${name}`,
        );
    }
}

/** With V3_0 each orderer organisation names its own endpoints. */
function checkEndpoints(channel: ReadonlySet<string>, values: ChannelValues, orderer: OrdererConfiguration): void {
    if (!channel.has('V3_0')) {
        return;
    }
    if ((values.OrdererAddresses?.addresses ?? []).length > 0) {
        throw new ConfigurationError(
            'global OrdererAddresses are not allowed with V3_0 capability, use org specific addresses only',
        );
    }
    const without = orderer.organisations.filter(({ endpoints }) => endpoints.length === 0).map(({ name }) => name);
    if (without.length > 0) {
        throw new ConfigurationError(`some orderer organizations endpoints are empty: [${without.join(' ')}]`);
    }
}
