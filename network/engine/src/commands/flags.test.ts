// SPDX-License-Identifier: Apache-2.0
import { type Flag, parseFlags } from './flags.js';

const flags: readonly Flag[] = [
    { name: 'channelID', short: 'C', kind: 'string', help: '' },
    { name: 'tls', kind: 'boolean', help: '' },
    { name: 'sequence', kind: 'integer', help: '' },
    { name: 'peerAddresses', kind: 'list', help: '' },
];

test('takes values after a blank or an equals sign, and short names', () => {
    const { values, positionals } = parseFlags(flags, ['query', '-C', 'power', '--sequence=2', '--tls']);
    expect(Object.fromEntries(values)).toEqual({ channelID: 'power', sequence: '2', tls: 'true' });
    expect(positionals).toEqual(['query']);
});

test('collects a list flag over repetitions and commas', () => {
    const { lists } = parseFlags(flags, ['--peerAddresses', 'a:1,b:2', '--peerAddresses', 'c:3']);
    expect(lists.get('peerAddresses')).toEqual(['a:1', 'b:2', 'c:3']);
});

test('a value may start with a dash', () => {
    expect(parseFlags(flags, ['-C', '-x']).values.get('channelID')).toBe('-x');
});

test('a boolean takes a value only after an equals sign', () => {
    const { values, positionals } = parseFlags(flags, ['--tls=false', 'false']);
    expect([values.get('tls'), positionals]).toEqual(['false', ['false']]);
});

test.each([
    [['--nosuch'], 'unknown flag: --nosuch'],
    [['--nosuch=1'], 'unknown flag: --nosuch'],
    [['-x'], "unknown shorthand flag: 'x' in -x"],
    [['--channelID'], 'flag needs an argument: --channelID'],
    [['-C'], "flag needs an argument: 'C' in -C"],
    [
        ['--sequence', 'two'],
        'invalid argument "two" for "--sequence" flag: strconv.ParseInt: parsing "two": invalid syntax',
    ],
    [['--tls=maybe'], 'invalid argument "maybe" for "--tls" flag: strconv.ParseBool: parsing "maybe": invalid syntax'],
])('refuses %j in the words of pflag', (argv, message) => {
    expect(() => parseFlags(flags, argv)).toThrow(message);
});
