// SPDX-License-Identifier: Apache-2.0
import {
    argumentLengthMax,
    type CallerRole,
    DomainError,
    transactionDefinition,
    type TransactionName,
    transactions,
} from '@power-currency/domain';
import { Scenario, simulatedIdentity, type SimulatedIdentity } from '../testing/index.js';
import { expectRefusal } from '../testing/refusals.js';
import { sampleArgument } from '../testing/sampleArgument.js';

const names = Object.keys(transactions) as TransactionName[];
const members = ['AuthorityMSP', 'CentralBankMSP', 'CooperativeMSP'];
const organisations = [...members, 'RegulatorMSP', 'StrangerMSP'];

interface Kind {
    readonly name: string;
    readonly units: readonly string[];
    readonly attribute?: string;
    /** Roles an identity of this kind holds in a member organisation, beside those of its participant. */
    readonly roles: readonly CallerRole[];
    readonly isPerson: boolean;
}

const kinds: readonly Kind[] = [
    { name: 'admin', units: ['admin'], roles: ['registrar', 'delegate', 'compliance'], isPerson: true },
    { name: 'client', units: ['client'], roles: [], isPerson: true },
    { name: 'registrar', units: ['client'], attribute: 'registrar', roles: ['registrar'], isPerson: true },
    { name: 'delegate', units: ['client'], attribute: 'delegate', roles: ['delegate'], isPerson: true },
    { name: 'officer', units: ['client'], attribute: 'compliance', roles: ['compliance'], isPerson: true },
    { name: 'wrong case', units: ['client'], attribute: 'DELEGATE', roles: [], isPerson: true },
    { name: 'peer', units: ['peer'], attribute: 'registrar', roles: [], isPerson: false },
    { name: 'orderer', units: ['orderer'], roles: [], isPerson: false },
    { name: 'no unit', units: [], attribute: 'delegate', roles: [], isPerson: false },
    { name: 'two units', units: ['admin', 'client'], roles: [], isPerson: false },
];

const offices: Readonly<Record<string, readonly CallerRole[]>> = {
    AuthorityMSP: ['treasury'],
    CentralBankMSP: ['issuer'],
};

/** What the architecture says, written down a second time, independently of the code that decides. */
function expectedRoles(mspId: string, kind: Kind): readonly CallerRole[] {
    if (!members.includes(mspId) || !kind.isPerson) return ['reader'];
    return ['reader', 'member', ...kind.roles, ...(offices[mspId] ?? [])];
}

/** One member's answer is every member's here: a collection's own is asked, who answers confidential calls as well. */
const endorsers = ['CentralBankMSP'];

/** Made once: there are thousands of calls to make. */
const sampleArguments = new Map(names.map((name) => [name, sampleArgument(name)]));
const argumentOf = (name: TransactionName) => sampleArguments.get(name) ?? '';

let scenario: Scenario;
beforeAll(async () => {
    scenario = await Scenario.founded();
});
afterAll(() => {
    scenario.close();
});

async function isLetIn(identity: SimulatedIdentity, name: TransactionName): Promise<boolean> {
    try {
        await scenario.ledger.endorse({ identity, transaction: name, argument: argumentOf(name), endorsers });
    } catch (thrown) {
        if (!(thrown instanceof DomainError)) throw thrown;
        // A codec's refusal would hide the guard this test is about.
        if (thrown.code === 'INVALID_ARGUMENT') throw thrown;
        return thrown.code !== 'CALLER_NOT_AUTHORISED';
    }
    return true;
}

describe.each(organisations)('identities of %s', (mspId) => {
    it.each(kinds)('of kind $name may do what their roles say and nothing else [V40 V43]', async (kind) => {
        const attributes = kind.attribute === undefined ? {} : { attributes: { 'power.role': kind.attribute } };
        const identity = simulatedIdentity({ mspId, enrolmentId: kind.name, units: kind.units, ...attributes });
        const roles = expectedRoles(mspId, kind);
        const [allowed, expected]: [string[], string[]] = [[], []];
        for (const name of names) {
            if (await isLetIn(identity, name)) allowed.push(name);
            if (transactionDefinition(name).roles.some((role) => roles.includes(role))) expected.push(name);
        }
        expect(allowed).toEqual(expected);
    });
});

describe('every transaction', () => {
    it('asks for a role [V40]', () => {
        expect(names.filter((name) => transactionDefinition(name).roles.length === 0)).toEqual([]);
    });

    it('that submits is closed to mere readers [V40]', () => {
        const open = names.filter((name) => {
            const { kind, roles } = transactionDefinition(name);
            return kind === 'submit' && roles.includes('reader');
        });
        expect(open).toEqual([]);
    });

    it.each(names)(
        '%s refuses an argument that is too large, an unknown field and a missing one [V66 V67]',
        async (name) => {
            const identity = scenario.person('CentralBankMSP', 'admin');
            const endorse = async (argument: string) =>
                scenario.ledger.endorse({ identity, transaction: name, argument, endorsers });
            await expectRefusal(endorse(`"${'x'.repeat(argumentLengthMax)}"`), 'ARGUMENT_TOO_LARGE');
            await expectRefusal(endorse('{"unknown":1}'), 'INVALID_ARGUMENT', { field: 'unknown' });
            const [first] = Object.keys(JSON.parse(argumentOf(name)) as object);
            if (first !== undefined) await expectRefusal(endorse('{}'), 'INVALID_ARGUMENT', { field: first });
        },
    );

    it.each(names.filter((name) => transactionDefinition(name).kind === 'submit'))(
        '%s refuses a time far from the endorsers’, on either side [V80]',
        async (transaction) => {
            const identity = scenario.person('CentralBankMSP', 'admin');
            const call = { identity, transaction, argument: argumentOf(transaction), endorsers };
            for (const skewSeconds of [301n, -301n]) {
                await expectRefusal(scenario.ledger.endorse({ ...call, skewSeconds }), 'CLOCK_SKEW');
            }
            const nearly = scenario.ledger.endorse({ ...call, skewSeconds: 300n });
            await expect(nearly.catch((thrown: unknown) => (thrown as DomainError).code)).resolves.not.toBe(
                'CLOCK_SKEW',
            );
        },
    );

    it('that nobody knows is refused by name [V41]', async () => {
        const identity = scenario.person('CentralBankMSP', 'admin');
        for (const transaction of [
            'Wallet:Steal',
            'Wallet:submit',
            'Wallet:aroundTransaction',
            'Wallet:createContext',
        ]) {
            const call = scenario.ledger.endorse({ identity, transaction, argument: '{}' });
            await expectRefusal(call, 'TRANSACTION_UNKNOWN', { transaction });
        }
    });
});
