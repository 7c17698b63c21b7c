// SPDX-License-Identifier: Apache-2.0
import { hotTransactions, type PreparedLedger, preparedLedger, SimulatedMember } from '../testing/index.js';
import { nodePlatform } from '../platform/nodePlatform.js';

const time = 1_800_000_000n;
let prepared: PreparedLedger;
let member: SimulatedMember;

beforeAll(async () => {
    prepared = await preparedLedger(2, time);
    member = await SimulatedMember.start('AuthorityMSP', { ...nodePlatform, endorserTime: () => time });
});
afterAll(() => {
    member.close();
    prepared.scenario.close();
});

it.each(hotTransactions)('$name asks the peer $roundTrips times', async ({ calls, roundTrips }) => {
    const [call] = calls(prepared);
    const before = member.roundTrips;
    await prepared.scenario.ledger.executeAt(member, call!);
    expect(member.roundTrips - before).toBe(roundTrips);
});
