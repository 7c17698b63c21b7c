// SPDX-License-Identifier: Apache-2.0
import { followFaultPlan, parseFaultPlan } from './faultPlan.js';
import { observeFaultPoints, reached } from './faultPoints.js';

describe('a plan of faults', () => {
    afterEach(() => {
        observeFaultPoints(undefined);
    });

    it.each([
        '',
        'blocks.indexed',
        'blocks.indexed=kill',
        'blocks.indexed=kill:0',
        'nowhere=kill:1',
        'blocks.indexed=burn:1',
    ])('is not read from %j', (text) => {
        expect(() => parseFaultPlan(text)).toThrow('is no planned fault: write POINT=kill:N or POINT=full:N');
    });

    it('fails the planned step like a full disk, at the planned time and once', () => {
        followFaultPlan(parseFaultPlan('blocks.indexed=full:2,ledger.stateWritten=full:1'));
        reached('blocks.indexed');
        expect(() => {
            reached('blocks.indexed');
        }).toThrow(expect.objectContaining({ code: 'ENOSPC' }) as Error);
        reached('blocks.indexed');
        expect(() => {
            reached('ledger.stateWritten');
        }).toThrow('ENOSPC');
    });
});
