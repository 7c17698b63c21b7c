// SPDX-License-Identifier: Apache-2.0
import type { common } from '../wire/protobuf.js';
import { maxChannelIdBytes } from '../wire/limits.js';
import { ConfigurationError } from './configurationError.js';

const channelIdForm = /^[a-z][a-z0-9.-]*$/;
const keyForm = /^[a-zA-Z0-9.-]+$/;

/** Throws ConfigurationError unless a channel may have this id (common/configtx/validator.go). */
export function checkChannelId(channelId: string): void {
    if (channelId === '') {
        throw new ConfigurationError('channel ID illegal, cannot be empty');
    }
    if (Buffer.byteLength(channelId) > maxChannelIdBytes) {
        throw new ConfigurationError(`channel ID illegal, cannot be longer than ${maxChannelIdBytes}`);
    }
    if (!channelIdForm.test(channelId)) {
        throw new ConfigurationError(`'${channelId}' contains illegal characters`);
    }
}

/** Throws ConfigurationError if a group, value or policy below has a key that cannot stand in a path. */
export function checkKeys(group: common.ConfigGroup.$Properties): void {
    for (const elements of [group.groups, group.values, group.policies]) {
        Object.keys(elements ?? {}).forEach(checkKey);
    }
    Object.values(group.groups ?? {}).forEach(checkKeys);
}

/** Throws ConfigurationError unless a group, value or policy may have this key. */
export function checkKey(key: string): void {
    if (key === '') {
        throw new ConfigurationError('config ID illegal, cannot be empty');
    }
    if (Buffer.byteLength(key) > maxChannelIdBytes) {
        throw new ConfigurationError(`config ID illegal, cannot be longer than ${maxChannelIdBytes}`);
    }
    if (key === '.' || key === '..') {
        throw new ConfigurationError(`config ID illegal, '${key}' is not allowed`);
    }
    if (!keyForm.test(key)) {
        throw new ConfigurationError(`config ID '${key}' contains illegal characters`);
    }
}
