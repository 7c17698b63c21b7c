// SPDX-License-Identifier: Apache-2.0
import '../../ledger/testing/quietLog.js';
import { currentTime } from '../clock.js';
import { faultName, FaultSwitchError } from './faultNames.js';
import { enableFaults } from './faultService.js';
import { faultSwitches } from './faultSwitches.js';
import { DelayedArrivals, isLinkDropped, linkDelayMs, onLinkDropped } from './faultyLink.js';

const token = 'a token of sixteen characters or more';

afterEach(() => {
    faultSwitches.clear();
});

describe('fault switches', () => {
    it('are enabled by a token alone, on loopback alone', () => {
        expect(enableFaults({}, 'peer', ['0.0.0.0:7051'])).toBeUndefined();
        const loopback = ['127.0.0.1:7051', 'localhost:9443', '[::1]:0', '127.8.9.10:1'];
        expect(enableFaults({ POWER_FAULTS_TOKEN: token }, 'peer', loopback)).toBeDefined();
    });

    it.each(['0.0.0.0:7051', ':7051', '192.168.1.5:7051', 'peer.example.org:7051', '[::]:7051', '127.example.org:1'])(
        'are refused when the node listens on %s',
        (address) => {
            const enable = (): unknown => enableFaults({ POWER_FAULTS_TOKEN: token }, 'peer', ['127.0.0.1:1', address]);
            expect(enable).toThrow(`this node listens on ${address}, which is not loopback`);
        },
    );

    it('are refused with a token that is too short, and a plan without a token', () => {
        expect(() => enableFaults({ POWER_FAULTS_TOKEN: 'short' }, 'ca', [])).toThrow('16 characters or more');
        expect(() => enableFaults({ POWER_FAULTS_AT: 'blocks.indexed=kill:1' }, 'ca', [])).toThrow(
            'POWER_FAULTS_AT needs POWER_FAULTS_TOKEN',
        );
    });

    it('belong to a kind of node', () => {
        expect(() => faultName('pause-ordering', 'peer')).toThrow('pause-ordering is a switch of orderer');
        expect(() => faultName('slow-endorser', 'orderer')).toThrow(FaultSwitchError);
        expect(() => faultName('unknown', 'peer')).toThrow("no fault switch 'unknown'; there are pause-ordering,");
    });

    it.each([
        ['pause-ordering', 'now'],
        ['hold-block', '-1'],
        ['hold-block', ''],
        ['slow-endorser', '0s'],
        ['slow-endorser', '11m'],
        ['skew-clock', 'soon'],
        ['drop-link', ''],
        ['drop-link', 'localhost'],
        ['delay-link', 'localhost:1'],
        ['delay-link', 'localhost:1=-5s'],
    ] as const)('%s does not take %j', (name, value) => {
        expect(() => {
            faultSwitches.switchOn(name, value);
        }).toThrow(FaultSwitchError);
        expect(faultSwitches.list()).toEqual({});
    });

    it('list what is on, and hold nobody once they are off', async () => {
        faultSwitches.switchOn('pause-ordering', '');
        faultSwitches.switchOn('hold-block', '7');
        expect(faultSwitches.list()).toEqual({ 'pause-ordering': '', 'hold-block': '7' });
        let passed = false;
        const waiting = faultSwitches
            .until((on) => on['pause-ordering'] === true)
            .then(() => {
                passed = true;
            });
        faultSwitches.switchOn('hold-block', '8');
        await Promise.resolve();
        expect(passed).toBe(false);
        faultSwitches.switchOff('pause-ordering');
        await waiting;
        expect(faultSwitches.list()).toEqual({ 'hold-block': '8' });
    });

    it('shift the clock and put it back', () => {
        faultSwitches.switchOn('skew-clock', '-2h');
        expect(Math.abs(currentTime().getTime() - (Date.now() - 7_200_000))).toBeLessThan(60_000);
        faultSwitches.switchOff('skew-clock');
        expect(Math.abs(currentTime().getTime() - Date.now())).toBeLessThan(60_000);
    });
});

describe('a faulty link', () => {
    it('is dropped for the addresses that are named, and breaks what goes over it', () => {
        const broken: string[] = [];
        onLinkDropped('localhost:1', () => broken.push('first'));
        const stop = onLinkDropped('localhost:1', () => broken.push('ended before'));
        onLinkDropped('localhost:2', () => broken.push('other'));
        stop();
        faultSwitches.switchOn('drop-link', 'localhost:1,localhost:3');
        expect([1, 2, 3].map((port) => isLinkDropped(`localhost:${String(port)}`))).toEqual([true, false, true]);
        expect(broken).toEqual(['first']);
        faultSwitches.switchOn('drop-link', '*');
        expect(broken).toEqual(['first', 'other']);
    });

    it('delivers in order whatever happens to its delay', async () => {
        const arrived: number[] = [];
        const arrivals = new DelayedArrivals('localhost:1');
        faultSwitches.switchOn('delay-link', 'localhost:1=30ms');
        expect([linkDelayMs('localhost:1'), linkDelayMs('localhost:2')]).toEqual([30, 0]);
        arrivals.pass(() => arrived.push(1));
        arrivals.pass(() => arrived.push(2));
        faultSwitches.switchOff('delay-link');
        const last = new Promise<void>((resolve) => {
            arrivals.pass(() => {
                arrived.push(3);
                resolve();
            });
        });
        expect(arrived).toEqual([]);
        await last;
        expect(arrived).toEqual([1, 2, 3]);
    });
});
