// SPDX-License-Identifier: Apache-2.0
import { proposalResponseText, responseText } from './goText.js';

test('leaves out what is not set', () => {
    expect(responseText({ status: 200, message: '', payload: Buffer.alloc(0) })).toBe('status:200');
    expect(proposalResponseText({ response: { status: 200 } })).toBe('response:{status:200}');
});

// What Go's prototext printed for these bytes in the recorded installation and in a recorded disagreement.
test.each([
    [Buffer.from('0a4976', 'hex'), '\\nIv'],
    [Buffer.from('1208766563746f725f31', 'hex'), '\\x12\\x08vector_1'],
    [Buffer.from('e7ca88e2', 'hex'), '\\xe7\u0288\\xe2'],
    [Buffer.from('"\\\t\r\u0085é'), '\\"\\\\\\t\\r\\u0085é'],
    [Buffer.from('\ufffd'), '\ufffd'],
])('escapes %j as Go does', (payload, text) => {
    expect(responseText({ payload })).toBe(`payload:"${text}"`);
});
