// SPDX-License-Identifier: Apache-2.0
import { type ArgumentsOf, encodeArguments, transactions, type WalletId } from '@power-currency/domain';
import { nodePlatform } from '../platform/nodePlatform.js';
import { Scenario } from '../testing/index.js';
import { keysOf, newHolder } from '../testing/scenario.js';
import { story } from '../testing/story.js';

/** The members of every object in reverse order: what another JSON library might send. */
function shuffled(argument: string): string {
    const reverse = (value: unknown): unknown => {
        if (Array.isArray(value)) return value.map(reverse);
        if (typeof value !== 'object' || value === null) return value;
        return Object.fromEntries(
            Object.entries(value)
                .reverse()
                .map(([name, member]) => [name, reverse(member)]),
        );
    };
    return JSON.stringify(reverse(JSON.parse(argument)));
}

const forbidden = (what: string) => () => {
    throw new Error(`chaincode must not use ${what}`);
};

describe('determinism', () => {
    let scenario: Scenario | undefined;
    const { TZ } = process.env;
    afterEach(() => {
        scenario?.close();
        jest.restoreAllMocks();
        if (TZ === undefined) delete process.env.TZ;
        else process.env.TZ = TZ;
    });

    it('tells a story of every submitting transaction', async () => {
        scenario = await Scenario.empty();
        const told = new Set((await story(scenario)).map(({ call }) => call.transaction));
        const all = Object.entries(transactions).filter(([, { kind }]) => kind === 'submit');
        expect([...told].sort()).toEqual(all.map(([name]) => name).sort());
    });

    it('holds in another time zone, with a poisoned clock, dice and number format, and shuffled arguments', async () => {
        // Three members execute each step, one with another clock within the guard; SimulatedLedger refuses answers,
        // events or read-write sets that differ by a byte. Then all of it is told again elsewhere.
        process.env.TZ = 'Pacific/Kiritimati';
        scenario = await Scenario.empty({
            skewSeconds: { CooperativeMSP: 250n },
        });
        const first = await story(scenario);
        process.env.TZ = 'America/Caracas';
        jest.spyOn(Date, 'now').mockImplementation(forbidden('Date.now'));
        jest.spyOn(Math, 'random').mockImplementation(forbidden('Math.random'));
        jest.spyOn(String.prototype, 'localeCompare').mockImplementation(forbidden('localeCompare'));
        jest.spyOn(BigInt.prototype, 'toLocaleString').mockImplementation(forbidden('toLocaleString'));
        const second = await Scenario.empty();
        for (const { call, time, endorsed, planted } of first) {
            second.ledger.time = time;
            if (planted.length > 0) await second.ledger.plant(planted);
            const again = await second.ledger.endorse({ ...call, argument: shuffled(call.argument) });
            await second.ledger.commit([again]);
            expect(again.txId).toBe(endorsed.txId);
            expect(again.result).toBe(endorsed.result);
            expect(again.eventPayload?.toString()).toBe(endorsed.eventPayload?.toString());
            expect(again.readWriteSet.toString('hex')).toBe(endorsed.readWriteSet.toString('hex'));
        }
        await expect(second.ledger.state()).resolves.toEqual(await scenario.ledger.state());
        second.close();
    });

    it('is noticed when it fails: a member with another hash is no party to an endorsement [V47]', async () => {
        const primitives = { ...nodePlatform.primitives, sha256: () => new Uint8Array(32) };
        scenario = await Scenario.empty({ platforms: { CooperativeMSP: { primitives } } });
        const value = { participantId: 'authority', displayName: 'x' } as never;
        const submitted = scenario.submit(
            scenario.person('AuthorityMSP', 'admin'),
            'Registry:RegisterParticipant',
            value,
        );
        await expect(submitted).rejects.toThrow('ProposalResponsePayloads do not match');
    });
});

describe('endorsement', () => {
    it.each([
        [['AuthorityMSP', 'CentralBankMSP'], 'VALID'],
        [['CooperativeMSP'], 'ENDORSEMENT_POLICY_FAILURE'],
    ])('by %j ends as %s [V47]', async (endorsers, code) => {
        const scenario = await Scenario.founded();
        const value: ArgumentsOf<'Wallet:Open'> = {
            ...{ requestId: 'r' as never, walletId: 'anna' as WalletId, type: 'personal', keys: keysOf(newHolder()) },
        };
        const endorsed = await scenario.ledger.endorse({
            ...{ identity: scenario.person('AuthorityMSP'), transaction: 'Wallet:Open', endorsers },
            argument: encodeArguments('Wallet:Open', value),
        });
        const [committed] = await scenario.ledger.commit([endorsed]);
        expect(committed?.code).toBe(code);
        scenario.close();
    });
});
