// SPDX-License-Identifier: Apache-2.0
import { transactionDefinition, type TransactionName, transactions } from '@power-currency/domain';
import { Scenario } from '../testing/index.js';

interface Metadata {
    readonly contracts: Readonly<
        Record<
            string,
            { readonly transactions: readonly { readonly name: string; readonly tag?: readonly string[] }[] }
        >
    >;
}

it('the shim exposes exactly the transactions of the table, and its own metadata query [V41]', async () => {
    const scenario = await Scenario.empty();
    const text = await scenario.ledger.evaluateText({
        ...{
            identity: scenario.person('RegulatorMSP'),
            transaction: 'org.hyperledger.fabric:GetMetadata',
            argument: '',
        },
    });
    scenario.close();
    const exposed = Object.entries((JSON.parse(text) as Metadata).contracts).flatMap(
        ([contract, { transactions: all }]) =>
            all.map(({ name, tag }) => ({ name: `${contract}:${name}`, isSubmit: tag?.includes('SUBMIT') ?? false })),
    );
    const ours = exposed.filter(({ name }) => name !== 'org.hyperledger.fabric:GetMetadata');
    expect(exposed.length - ours.length).toBe(1);
    expect(ours.map(({ name }) => name).sort()).toEqual(Object.keys(transactions).sort());
    for (const { name, isSubmit } of ours) {
        expect([name, isSubmit]).toEqual([name, transactionDefinition(name as TransactionName).kind === 'submit']);
    }
});
