// SPDX-License-Identifier: Apache-2.0
import { parseGoDuration } from '../process/duration.js';
import { goDurationText } from './goDurationText.js';

test.each([
    ['0s', '0s'],
    ['250ns', '250ns'],
    ['1.5us', '1.5µs'],
    ['500ms', '500ms'],
    ['2s', '2s'],
    ['1500ms', '1.5s'],
    ['60s', '1m0s'],
    ['3600s', '1h0m0s'],
    ['90m', '1h30m0s'],
    ['-1s', '-1s'],
])('%s is printed as %s', (written, printed) => {
    expect(goDurationText(parseGoDuration(written)!)).toBe(printed);
});
