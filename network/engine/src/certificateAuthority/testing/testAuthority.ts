// SPDX-License-Identifier: Apache-2.0
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CertificateAuthority, openCertificateAuthority } from '../certificateAuthority.js';
import { httpService } from '../httpService.js';
import { caLog } from '../log.js';
import { readSettings } from '../settings/caSettings.js';
import { defaultConfiguration } from '../settings/configurationTemplate.js';
import { SettingSources } from '../settings/settingSources.js';

/** A CA in a directory of its own, served over plain HTTP on a free port. */
export interface TestAuthority {
    readonly ca: CertificateAuthority;
    readonly url: string;
    readonly logLines: readonly string[];
    close(): Promise<void>;
}

export const bootstrap = { user: 'admin', password: 'adminpw' } as const;

/** @param values settings by flag name, over the configuration file. */
export const openTestAuthority = async (
    values: Readonly<Record<string, string>> = {},
    configuration: string = defaultConfiguration('1.5.21', bootstrap),
): Promise<TestAuthority> => {
    const home = mkdtempSync(join(tmpdir(), 'power-ca-'));
    const flags = { values: new Map(Object.entries(values)), lists: new Map(), positionals: [] };
    const settings = readSettings(new SettingSources(flags, {}, configuration), home);
    const logLines: string[] = [];
    const ca = await openCertificateAuthority(
        settings,
        caLog('debug', (line) => logLines.push(line)),
    );
    const server = createServer(httpService(ca));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return {
        ca,
        url: `http://127.0.0.1:${String(port)}`,
        logLines,
        close: async () => {
            await closed(server);
            ca.database.close();
            rmSync(home, { recursive: true });
        },
    };
};

const closed = (server: Server): Promise<void> =>
    new Promise((resolve) => {
        server.close(() => {
            resolve();
        });
        server.closeAllConnections();
    });
