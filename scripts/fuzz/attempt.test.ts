// SPDX-License-Identifier: Apache-2.0
import { readFields } from '../scenarios/hostile/wireFields';
import { Attempts, StrayErrors, type Finding } from './attempt';
import { assertForeseen, Flaw, type Service } from './service';

const message = Buffer.from('0a03616263120464656667180a2203787978', 'hex');

/** Cannot bear a third field that is missing. */
function fragile(strays?: StrayErrors): Service & { readonly received: string[] } {
    const received: string[] = [];
    return {
        name: 'fragile',
        share: 1,
        layers: ['only'],
        received,
        attempt: (change) => {
            const bytes = change('only', message);
            received.push(bytes.toString('hex'));
            const fields = readFields(bytes);
            const isBad = fields !== undefined && fields.length > 0 && !fields.some(({ number }) => number === 3);
            if (isBad && strays !== undefined) strays.add(new Error('nobody caught this'));
            if (isBad && strays === undefined) throw new Flaw('the third field is missing');
            return Promise.resolve('fine');
        },
    };
}

async function firstFinding(service: Service, attempts: Attempts): Promise<Finding> {
    for (let index = 0; index < 1_000; index++) {
        const outcome = await attempts.run(service, index);
        if (typeof outcome !== 'string') return outcome;
    }
    throw new Error('found nothing in a thousand messages');
}

test('finds a flaw and the smallest message that shows it', async () => {
    const attempts = new Attempts(7, new StrayErrors());
    const service = fragile();
    const finding = await attempts.shrink(service, await firstFinding(service, attempts));
    expect(finding.reason).toBe('the third field is missing');
    expect(readFields(finding.smallest)).toHaveLength(1);
    expect(finding.smallest.length).toBeLessThanOrEqual(2);
});

test('an error that nobody caught is a finding of the message it came with', async () => {
    const strays = new StrayErrors();
    const finding = await firstFinding(fragile(strays), new Attempts(7, strays));
    expect(finding.reason).toContain('nobody caught this');
});

test('the same seed sends the same messages, another seed others', async () => {
    const sentWith = async (seed: number): Promise<string[]> => {
        const service = fragile();
        const attempts = new Attempts(seed, new StrayErrors());
        for (let index = 0; index < 50; index++) await attempts.run(service, index);
        return service.received;
    };
    expect(await sentWith(1)).toEqual(await sentWith(1));
    expect(await sentWith(1)).not.toEqual(await sentWith(2));
});

test.each([
    "Cannot read properties of undefined (reading 'x')",
    'x is not a function',
    'Invalid typed array length: -1',
])('the words of a JavaScript error are a flaw: %s', (text) => {
    expect(() => {
        assertForeseen(text);
    }).toThrow(Flaw);
});
