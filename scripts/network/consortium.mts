// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { StepFailure } from './progress.mts';

type PortName =
    | 'orderer'
    | 'ordererAdmin'
    | 'ordererOperations'
    | 'peer'
    | 'peerChaincode'
    | 'peerOperations'
    | 'chaincode'
    | 'ca'
    | 'caOperations';

export interface Organisation {
    readonly name: string;
    readonly title: string;
    readonly mspId: string;
    readonly attesterRole: string | null;
    readonly endorses: boolean;
    readonly ports: Readonly<Record<PortName, number>>;
}

export interface Consortium {
    readonly channel: string;
    readonly chaincode: string;
    readonly organisations: readonly Organisation[];
}

/** The project's own folder. */
export const projectDir = resolve(import.meta.dirname, '../..');

/** Where the network is unless POWER_NETWORK_DIR says otherwise. */
export const ownNetworkDir = join(projectDir, '.network');

/** Everything a network leaves on disk; `down` removes it. A variable that is set to nothing counts as not set. */
export const networkDir = resolve(setting('POWER_NETWORK_DIR') ?? ownNetworkDir);

function setting(name: string): string | undefined {
    const value = process.env[name];
    return value === '' ? undefined : value;
}

/** Added to every port, so that a second network can run beside the first. */
export function portOffset(): number {
    const text = setting('POWER_PORT_OFFSET') ?? '0';
    if (!/^\d{1,5}$/.test(text)) {
        throw new StepFailure(`POWER_PORT_OFFSET is "${text}"; it takes a whole number such as 20000.`);
    }
    return Number(text);
}

/** The members' table, `network/members.yaml`, with the port offset applied. */
export function readConsortium(): Consortium {
    const text = readFileSync(join(projectDir, 'network/members.yaml'), 'utf8');
    const consortium = parse(text) as Consortium;
    const offset = portOffset();
    const organisations = consortium.organisations.map((organisation) => shiftPorts(organisation, offset));
    return { ...consortium, organisations };
}

const portMax = 65_535;

function shiftPorts(organisation: Organisation, offset: number): Organisation {
    const shifted = Object.entries(organisation.ports).map(([name, port]) => {
        if (port + offset > portMax) {
            throw new StepFailure(
                `POWER_PORT_OFFSET ${String(offset)} moves a port of ${organisation.name} beyond ${String(portMax)}.`,
            );
        }
        return [name, port + offset];
    });
    return { ...organisation, ports: Object.fromEntries(shifted) as Organisation['ports'] };
}

export function organisationNamed(consortium: Consortium, name: string): Organisation {
    const found = consortium.organisations.find((organisation) => organisation.name === name);
    if (!found) {
        const names = consortium.organisations.map((organisation) => organisation.name).join(', ');
        throw new Error(`There is no organisation "${name}". Choose one of: ${names}.`);
    }
    return found;
}

/** Where the files of one organisation lie, in the layout of Fabric's own samples. */
export function organisationDir(organisation: Organisation): string {
    return join(networkDir, 'organizations/peerOrganizations', organisation.name);
}

export const peerName = (organisation: Organisation): string => `${organisation.name}-peer`;
export const ordererName = (organisation: Organisation): string => `${organisation.name}-orderer`;
export const chaincodeName = (organisation: Organisation): string => `${organisation.name}-chaincode`;
export const certificateAuthorityName = (organisation: Organisation): string => `${organisation.name}-ca`;

export const peerDir = (organisation: Organisation): string =>
    join(organisationDir(organisation), 'peers', peerName(organisation));
export const ordererDir = (organisation: Organisation): string =>
    join(organisationDir(organisation), 'orderers', ordererName(organisation));
export const userDir = (organisation: Organisation, user: string): string =>
    join(organisationDir(organisation), 'users', user);
/** The organisation's own CA certificate: it signs identities and TLS certificates alike. */
export const caCertificate = (organisation: Organisation): string =>
    join(organisationDir(organisation), 'msp/cacerts/ca.pem');
