// SPDX-License-Identifier: Apache-2.0

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

/** The largest message any gRPC server or client of Fabric takes (internal/pkg/comm/config.go). */
export const maxMessageBytes = 100 * mebibyte;

/** The longest channel id and the longest key in a channel configuration (common/configtx/validator.go). */
export const maxChannelIdBytes = 249;

/** How many identities, validations and principal results an MSP remembers (msp/cache/cache.go has 100 of each). */
export const maxCachedIdentities = 1000;

/** How many bytes a serialised identity may have before it is not worth remembering. */
export const maxCachedIdentityBytes = 16 * kibibyte;
