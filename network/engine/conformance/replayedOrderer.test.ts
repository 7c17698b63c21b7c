// SPDX-License-Identifier: Apache-2.0
import { decode } from '../src/wire/decode.js';
import { common } from '../src/wire/protobuf.js';
import { envelopeOfSize } from './replayedOrderer.js';

describe('envelopeOfSize', () => {
    it('has the recorded size whatever the clock says', () => {
        // Each reading of the clock finds another length of its nanoseconds: none, four bytes, five.
        const milliseconds = [0, 100, 900];
        let reading = 0;
        const clock = jest.spyOn(global, 'Date').mockImplementation(() => {
            const now = milliseconds[reading++ % milliseconds.length];
            return { getTime: () => now } as Date;
        });
        const envelope = envelopeOfSize('power', 2_098_234);
        clock.mockRestore();
        const { payload, signature } = decode(common.Envelope, envelope, 'Envelope');
        expect(payload.length + signature.length).toBe(2_098_234);
    });
});
