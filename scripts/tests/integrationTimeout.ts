// SPDX-License-Identifier: Apache-2.0

// Processes come up within a second, and within twenty on a machine that is busy with other work.
jest.setTimeout(60_000);
