// SPDX-License-Identifier: Apache-2.0

// What takes a second alone takes twenty on a machine that is busy with other work: a test ends at once when it passes.
jest.setTimeout(60_000);
