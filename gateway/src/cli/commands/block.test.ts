// SPDX-License-Identifier: Apache-2.0
import { recordedChain } from '../../fabric/testing/recordedBlocks.js';
import { ExitCode } from '../exitCodes.js';
import { type Desk, openDesk } from '../testing/desk.js';

const chain = recordedChain().slice(0, 40);
let desk: Desk;

beforeEach(async () => {
    desk = openDesk();
    await desk.addContext();
    desk.blocks.set('authority', { blocks: chain });
});
afterEach(() => {
    desk.leave();
});

describe('power block', () => {
    it('prints JSON where the answer goes to no terminal', async () => {
        const { out } = await desk.power(['block', '30']);
        expect(JSON.parse(out)).toEqual(chain[30]);
    });

    it('prints text with colours on a terminal', async () => {
        desk.isOutputTerminal = true;
        const { out } = await desk.power(['block', '30']);
        expect(out).toContain('\u001b[1mBlock 30\u001b[22m');
        expect(out).toContain('wrote         vector/k0002');
        expect(out).toContain('endorsed by   peer0.centralbank.power.example (CentralBankMSP)');
        const plain = await desk.power(['block', '30', '--no-color']);
        expect(plain.out).not.toContain('\u001b');
    });

    it('prints the format that is asked for', async () => {
        desk.isOutputTerminal = true;
        expect(JSON.parse((await desk.power(['block', '30', '-o', 'json'])).out)).toEqual(chain[30]);
        expect((await desk.power(['block', '30', '-o', 'yaml'])).out).toContain('number: 30');
    });

    it('takes newest', async () => {
        expect(JSON.parse((await desk.power(['block', 'newest'])).out)).toMatchObject({ number: 39 });
    });

    it.each(['-1', 'latest', '1e3'])('refuses %s', async (number) => {
        expect((await desk.power(['block', '--', number])).exitCode).toBe(ExitCode.Usage);
    });

    it('says that there is no such block', async () => {
        expect((await desk.power(['block', '400'])).exitCode).toBe(ExitCode.NotFound);
    });

    it('shows every recorded block without characters that draw [V70]', async () => {
        desk.isOutputTerminal = true;
        for (const { number } of chain) {
            expect((await desk.power(['block', String(number), '--no-color'])).out).not.toMatch(/[^\P{Cc}\n]/u);
        }
    });
});

describe('power block diff', () => {
    beforeEach(async () => {
        const identity = ['--msp-id', 'RegulatorMSP', '--msp-dir', desk.at('msp')];
        await desk.power(['context', 'add', 'regulator', ...identity, '--peer', 'localhost:1', '--tls-ca', 'ca.pem']);
    });

    it('says up to which height two peers agree', async () => {
        desk.blocks.set('regulator', { blocks: chain.slice(0, 30) });
        const { out, exitCode } = await desk.power(['block', 'diff', 'authority', 'regulator', '-o', 'json']);
        expect(JSON.parse(out)).toEqual({
            agreedHeight: 30,
            heights: { authority: 40, regulator: 30 },
            difference: null,
        });
        expect(exitCode).toBe(ExitCode.Ok);
    });

    it('names the first difference and ends with exit code 2', async () => {
        desk.blocks.set('regulator', {
            blocks: chain.map((one) => (one.number < 7 ? one : { ...one, commitHash: 'ab' })),
        });
        const { out, exitCode } = await desk.power(['block', 'diff', 'authority', 'regulator', '-o', 'json']);
        expect(JSON.parse(out)).toMatchObject({ agreedHeight: 7, difference: { block: 7, what: 'commitHash' } });
        expect(exitCode).toBe(ExitCode.CheckFailed);
    });

    it('refuses a context that is not there', async () => {
        expect((await desk.power(['block', 'diff', 'authority', 'nobody'])).exitCode).toBe(ExitCode.NotFound);
    });
});
