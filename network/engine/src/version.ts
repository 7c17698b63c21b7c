// SPDX-License-Identifier: Apache-2.0

/** The Fabric release whose behaviour the engine follows. */
const fabricVersion = '3.1.5';

/** What `peer version` and the operations endpoint answer: Fabric's release, then who is speaking and its own version. */
export const engineVersion = `v${fabricVersion}-embedded.0.1.0`;
