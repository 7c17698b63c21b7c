// SPDX-License-Identifier: Apache-2.0
import { ChannelConfiguration } from '../channel/channelConfiguration.js';
import { checkConsenters } from '../channel/consenterRules.js';
import { ConfigurationError, withContext } from '../channel/configurationError.js';
import { authorisedUpdate, readUpdate } from '../channel/update/authorisedUpdate.js';
import { checkContinuity } from '../channel/update/continuity.js';
import { HeaderType, Status } from '../wire/codes.js';
import { decode, encode } from '../wire/decode.js';
import { newEnvelope, type Signer } from '../wire/envelope.js';
import { errorText } from '../wire/errorText.js';
import { common } from '../wire/protobuf.js';
import { filterMessage, type FilterOptions } from './messageFilters.js';
import type { OrderedMessage } from './blockCutter.js';
import { Refusal } from './refusal.js';
import { parseSubmitted, type SubmittedMessage } from './submittedMessage.js';

/** A configuration that was let in, and the transaction that tells it to the peers. */
interface AdmittedUpdate {
    readonly message: OrderedMessage;
    readonly configuration: ChannelConfiguration;
}

/**
 * Turns a CONFIG_UPDATE into the CONFIG transaction that the orderer signs, with the checks and texts of
 * orderer/common/msgprocessor/standardchannel.go. Throws Refusal.
 */
export function admitUpdate(
    message: SubmittedMessage,
    current: ChannelConfiguration,
    signer: Signer,
    options: FilterOptions,
): AdmittedUpdate {
    const stage = 'config update for existing channel did not pass';
    refusedAs(`${stage} initial checks`, () => {
        filterMessage(message, current, options);
    });
    const { channelId } = current;
    const { configuration, content } = refusedAs(
        `error applying config update to existing channel '${channelId}'`,
        () => proposedConfiguration(current, message.envelope),
    );
    const transaction = parseSubmitted(
        newEnvelope(signer, {
            type: HeaderType.CONFIG,
            channelId,
            data: encode(common.ConfigEnvelope, content),
            timestamp: wholeSeconds(options.now()),
        }),
    );
    refusedAs(`${stage} final checks`, () => {
        filterMessage(transaction, current, options);
    });
    refusedAs(`${stage} maintenance checks: config transaction inspection failed`, () => {
        checkConsensus(current, configuration);
    });
    return { message: transaction, configuration };
}

/** What an update makes of the present configuration (orderer/common/multichannel, ChainSupport.ProposeConfigUpdate). */
export function proposedConfiguration(
    current: ChannelConfiguration,
    envelope: common.Envelope,
): { readonly configuration: ChannelConfiguration; readonly content: common.ConfigEnvelope.$Properties } {
    const update = withContext('error converting envelope to config update', () => readUpdate(envelope));
    checkKnownFields(update);
    const channelGroup = withContext('error authorizing update', () => authorisedUpdate(current, update));
    const config = { sequence: current.sequence + 1, channelGroup };
    const configuration = ChannelConfiguration.fromConfig(current.channelId, config);
    withContext('config update is not compatible', () => {
        configuration.requireOrderableCapabilities();
    });
    checkContinuity(current, configuration);
    if (configuration.orderer.consensusType === 'etcdraft') {
        withContext('consensus metadata update for channel config update is invalid', () => {
            withContext('invalid new config metadata', () => {
                checkConsenters(configuration);
            });
            checkAlone(configuration);
        });
    }
    return { configuration, content: { config, lastUpdate: envelope } };
}

/**
 * A field that this engine does not know would be missing in the configuration it builds, but not in the one that a
 * peer of Fabric's builds from the same update: that peer would stop.
 */
function checkKnownFields({ configUpdate }: common.ConfigUpdateEnvelope): void {
    const update = decode(common.ConfigUpdate, configUpdate, 'ConfigUpdate');
    if (encode(common.ConfigUpdate, update).length !== configUpdate.length) {
        throw new ConfigurationError('the config update has fields that the embedded engine does not know');
    }
}

/** A renewed certificate of the one consenter is followed; a second orderer, or another kind of ordering, is not. */
function checkAlone({ orderer }: ChannelConfiguration): void {
    if (orderer.consenters.length !== 1) {
        throw new ConfigurationError(
            `the embedded engine orders alone, but the new configuration has ${String(orderer.consenters.length)} consenters`,
        );
    }
}

/** orderer/common/msgprocessor/maintenancefilter.go, for a channel that is never in maintenance mode. */
function checkConsensus({ orderer: current }: ChannelConfiguration, { orderer: next }: ChannelConfiguration): void {
    if (next.consensusState !== current.consensusState) {
        throw new ConfigurationError('the embedded engine does not support maintenance mode');
    }
    if (next.consensusType !== current.consensusType) {
        throw new ConfigurationError(
            `attempted to change consensus type from ${current.consensusType} to ${next.consensusType}, ` +
                'but current config ConsensusType.State is not in maintenance mode',
        );
    }
}

/** Runs a step; what it throws becomes a refusal with the stage before its text. */
function refusedAs<T>(stage: string, step: () => T): T {
    try {
        return step();
    } catch (error) {
        const status = error instanceof Refusal ? error.status : Status.BAD_REQUEST;
        throw new Refusal(status, `${stage}: ${errorText(error)}`);
    }
}

function wholeSeconds(time: Date): Date {
    return new Date(Math.floor(time.getTime() / 1000) * 1000);
}
