// SPDX-License-Identifier: Apache-2.0
import { DomainError, type ErrorCode, type ErrorDetails } from '@power-currency/domain';

/** The refusal a promise ends with; throws if it succeeds or fails otherwise. */
export async function refusalOf(promise: Promise<unknown>): Promise<DomainError> {
    try {
        await promise;
    } catch (thrown) {
        if (thrown instanceof DomainError) return thrown;
        throw thrown;
    }
    throw new Error('nothing was refused');
}

/** Asserts that the promise ends with this refusal and, where given, these details. */
export async function expectRefusal<C extends ErrorCode>(
    promise: Promise<unknown>,
    code: C,
    details?: Partial<ErrorDetails[C]>,
): Promise<void> {
    const refusal = await refusalOf(promise);
    const facts = { code: refusal.code, details: { ...refusal.details } };
    if (facts.code !== code)
        throw new Error(`refused with ${facts.code} ${JSON.stringify(facts.details)}, not ${code}`);
    for (const [name, expected] of Object.entries(details ?? {})) {
        const found = (facts.details as Record<string, unknown>)[name];
        if (JSON.stringify(found) !== JSON.stringify(expected)) {
            throw new Error(`${code}.${name} is ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`);
        }
    }
}
