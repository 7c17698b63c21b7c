// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadNetworkFile } from '../../gateway/src/config/networkFile';
import { executablesOf } from './executables';
import { TestNetwork, type Finished } from './testNetwork';

jest.setTimeout(300_000);

const { binDir } = executablesOf('fabric');

interface FoundPeer {
    readonly MSPID: string;
    readonly Endpoint: string;
    readonly LedgerHeight: number;
    readonly Identity: string;
    readonly Chaincodes?: readonly string[];
}
interface Descriptor {
    readonly Chaincode: string;
    readonly EndorsersByGroups: Readonly<Record<string, readonly FoundPeer[]>>;
    readonly Layouts: readonly { readonly quantities_by_group: Readonly<Record<string, number>> }[];
}
interface Configuration {
    readonly msps: Readonly<Record<string, { readonly name: string; readonly tls_root_certs: readonly string[] }>>;
    readonly orderers: unknown;
}

/** Fabric's `discover` command as a client of the authority, at its peer. */
function discover(network: TestNetwork, ...query: readonly string[]): Finished {
    const { organisations } = loadNetworkFile(network.networkDir);
    const { mspId, users, peer } = organisations.find(({ name }) => name === 'authority')!;
    const only = (folder: string): string =>
        join(users.client!.mspDir, folder, readdirSync(join(users.client!.mspDir, folder))[0]!);
    const flags = [
        ...['--peerTLSCA', peer.tlsCaFile, '--MSP', mspId],
        ...['--userKey', only('keystore'), '--userCert', only('signcerts')],
    ];
    const [verb = '', ...rest] = query;
    const args = [...flags, verb, '--server', peer.address, ...rest];
    const { status, stdout, stderr } = spawnSync(join(binDir, 'discover'), args, {
        encoding: 'utf8',
        env: { ...network.environment, FABRIC_LOGGING_SPEC: 'error' },
    });
    return { status, stdout, stderr };
}

/** What two networks with other keys and heights have in common. */
async function answers(network: TestNetwork): Promise<unknown> {
    const found = (...query: readonly string[]): string => {
        const { status, stdout, stderr } = discover(network, ...query, '--channel', 'power');
        if (status !== 0) throw new Error(stderr);
        return stdout;
    };
    const peers = async (): Promise<FoundPeer[]> => {
        // Real Fabric's peers find each other, and hear of each other's chaincode, within some seconds.
        for (let attempt = 0; ; attempt += 1) {
            const seen = JSON.parse(found('peers')) as FoundPeer[];
            const ready = seen.filter(({ Chaincodes = [] }) => Chaincodes.includes('power-currency'));
            if (ready.length === 4 || attempt === 60) return seen;
            await sleep(500);
        }
    };
    const known = (await peers()).map(({ MSPID, Endpoint, Chaincodes = [], Identity }) => ({
        mspId: MSPID,
        endpoint: Endpoint,
        chaincodes: [...Chaincodes].sort(),
        certificate: Identity.startsWith('-----BEGIN CERTIFICATE-----'),
    }));
    const { msps, orderers } = JSON.parse(found('config')) as Configuration;
    const [descriptor] = JSON.parse(found('endorsers', '--chaincode', 'power-currency')) as Descriptor[];
    const groups = descriptor?.EndorsersByGroups ?? {};
    const layouts = (descriptor?.Layouts ?? []).map(({ quantities_by_group }) =>
        Object.entries(quantities_by_group)
            .map(([group, count]) => `${(groups[group] ?? []).map(({ MSPID }) => MSPID).join()}:${String(count)}`)
            .sort()
            .join(' '),
    );
    const unknown = discover(network, 'endorsers', '--chaincode', 'nobody', '--channel', 'power');
    const elsewhere = discover(network, 'peers', '--channel', 'nowhere');
    return {
        peers: known.sort((a, b) => a.mspId.localeCompare(b.mspId)),
        msps: Object.entries(msps).map(([id, { name, tls_root_certs }]) => [id, name, tls_root_certs.length]),
        orderers,
        layouts: layouts.sort(),
        chaincode: descriptor?.Chaincode,
        // Go puts a random kind of space into such texts.
        refused: [unknown, elsewhere].map(({ status, stderr }) => [status, stderr.replaceAll(/\s+/g, ' ')]),
    };
}

// Only Fabric itself has other orderings than one Raft node.
const engines =
    (process.env.POWER_TEST_ORDERING ?? 'raft1') === 'raft1'
        ? (['fabric', 'embedded'] as const)
        : (['fabric'] as const);

test("Fabric's discover command gets the same answers from both engines", async () => {
    const outcomes: unknown[] = [];
    for (const engine of engines) {
        const network = new TestNetwork(engine);
        try {
            network.succeed('deployCC');
            outcomes.push(await answers(network));
            if (engine === 'embedded') {
                const { height } = await network.agreedChain();
                const seen = JSON.parse(discover(network, 'peers', '--channel', 'power').stdout) as FoundPeer[];
                expect(seen.map(({ LedgerHeight }) => LedgerHeight)).toEqual([1, 2, 3, 4].map(() => Number(height)));
            }
        } finally {
            network.down();
        }
    }
    const [fabric, embedded = fabric] = outcomes;
    expect(embedded).toEqual(fabric);
    expect(fabric).toMatchObject({ layouts: { length: 3 }, peers: { length: 4 } });
});
