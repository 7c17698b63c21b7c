// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseGoDuration } from './duration.js';
import { Settings, SettingsError } from './settings.js';

const file = `
anchors:
    tls: &tls
        Enabled: true
General:
    ListenPort: 7050
    TLS:
        <<: *tls
        Certificate: tls/server.crt
        RootCAs:
            - tls/ca.crt
            - /abs/ca.crt
    Authentication:
        TimeWindow: 15m
ChannelParticipation:
    MaxRequestBodySize: 1 MB
peer:
    gossip:
        bootstrap: 127.0.0.1:7051
`;

describe('settings', () => {
    let directory: string;
    const load = (env: NodeJS.ProcessEnv = {}): Settings =>
        Settings.load({
            name: 'orderer',
            prefix: 'ORDERER',
            env: { FABRIC_CFG_PATH: directory, ...env },
            defaults: { 'General.ListenAddress': '127.0.0.1' },
        });
    beforeAll(() => {
        directory = mkdtempSync(join(tmpdir(), 'settings-'));
        writeFileSync(join(directory, 'orderer.yaml'), file);
    });
    afterAll(() => {
        rmSync(directory, { recursive: true });
    });

    it('come from the file, whatever the case of the key', () => {
        const settings = load();
        expect(settings.number('general.listenport')).toBe(7050);
        expect(settings.boolean('General.TLS.Enabled')).toBe(true);
        expect(settings.durationMs('General.Authentication.TimeWindow')).toBe(900_000);
        expect(settings.bytes('ChannelParticipation.MaxRequestBodySize')).toBe(1_048_576);
    });

    it('are overridden by the environment, but not by an empty variable', () => {
        expect(load({ ORDERER_GENERAL_LISTENPORT: '9' }).number('General.ListenPort')).toBe(9);
        expect(load({ ORDERER_GENERAL_LISTENPORT: '' }).number('General.ListenPort')).toBe(7050);
    });

    it('fall back to defaults, then to nothing', () => {
        expect(load().string('General.ListenAddress')).toBe('127.0.0.1');
        expect(load().string('General.Nothing')).toBe('');
    });

    it('have lists in the notations of the orderer and of the peer', () => {
        expect(load({ ORDERER_PEER_GOSSIP_BOOTSTRAP: '[a:1, b:2]' }).list('peer.gossip.bootstrap')).toEqual([
            'a:1',
            'b:2',
        ]);
        expect(load({ ORDERER_PEER_GOSSIP_BOOTSTRAP: 'a:1 b:2' }).list('peer.gossip.bootstrap')).toEqual([
            'a:1',
            'b:2',
        ]);
        expect(load().list('peer.gossip.bootstrap')).toEqual(['127.0.0.1:7051']);
    });

    it('have paths that start at the folder of the file', () => {
        expect(load().path('General.TLS.Certificate')).toBe(join(directory, 'tls/server.crt'));
        expect(load().paths('General.TLS.RootCAs')).toEqual([join(directory, 'tls/ca.crt'), '/abs/ca.crt']);
    });

    it('of the wrong kind are refused by name', () => {
        expect(() => load({ ORDERER_GENERAL_LISTENPORT: 'x' }).number('General.ListenPort')).toThrow(SettingsError);
        expect(() => load({ ORDERER_GENERAL_TLS_ENABLED: 'yes' }).boolean('General.TLS.Enabled')).toThrow(
            'General.TLS.Enabled',
        );
        expect(() => load({ ORDERER_X: '3 weeks' }).durationMs('X')).toThrow('setting X must be a duration');
    });

    it('without a file are an error with the text of viper', () => {
        expect(() => Settings.load({ name: 'core', prefix: 'CORE', env: { FABRIC_CFG_PATH: directory } })).toThrow(
            `Config File "core" Not Found in "[${directory}]"`,
        );
    });
});

it.each([
    ['250ms', 250],
    ['1h15m', 4_500_000],
    ['1.5s', 1_500],
    ['-2s', -2_000],
    ['0', 0],
    ['10', undefined],
    ['s', undefined],
])('the duration %p is %p ms', (text, expected) => {
    expect(parseGoDuration(text)).toBe(expected);
});
