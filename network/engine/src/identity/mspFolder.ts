// SPDX-License-Identifier: Apache-2.0
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { msp } from '../wire/protobuf.js';
import { IdentityError, MspFolderError } from './identityError.js';
import { firstPemBlock } from './pem.js';
import { errorText } from '../wire/errorText.js';

/**
 * Reads the public part of an MSP folder (msp/configbuilder.go): whole PEM files in name order, NodeOUs from config.yaml.
 * Throws IdentityError with Fabric's text when the folder is unusable.
 */
export function loadMspConfig(dir: string, mspId: string): msp.FabricMSPConfig.$Properties {
    const tlsRootCerts = pemFiles(join(dir, 'tlscacerts'));
    const { fabricNodeOus, organizationalUnitIdentifiers } = unitConfig(dir);
    return {
        name: mspId,
        rootCerts: rootCertificates(dir),
        intermediateCerts: pemFiles(join(dir, 'intermediatecerts')),
        admins: pemFiles(join(dir, 'admincerts')),
        revocationList: pemFiles(join(dir, 'crls')),
        organizationalUnitIdentifiers,
        cryptoConfig: { signatureHashFamily: 'SHA2', identityIdentifierHashFunction: 'SHA256' },
        tlsRootCerts,
        tlsIntermediateCerts: tlsRootCerts.length === 0 ? [] : pemFiles(join(dir, 'tlsintermediatecerts')),
        ...(fabricNodeOus === undefined ? {} : { fabricNodeOus }),
    };
}

/** The certificate of the folder's owner. Throws MspFolderError. */
export function signingCertificate(dir: string): Buffer {
    const folder = join(dir, 'signcerts');
    if (!existsSync(folder)) {
        throw missing(`could not load signing certificate from directory ${folder}`, folder);
    }
    const [certificate] = pemFiles(folder);
    if (certificate === undefined) {
        throw new MspFolderError(`no signing certificate found in directory ${folder}`);
    }
    return certificate;
}

function rootCertificates(dir: string): Buffer[] {
    const folder = join(dir, 'cacerts');
    const failure = `could not load a valid ca certificate from directory ${folder}`;
    if (!existsSync(folder)) {
        throw missing(failure, folder);
    }
    const files = pemFiles(folder);
    if (files.length === 0) {
        throw new MspFolderError(`${failure}: no PEM file found`);
    }
    return files;
}

function missing(failure: string, folder: string): MspFolderError {
    return new MspFolderError(`${failure}: stat ${folder}: no such file or directory`);
}

function pemFiles(dir: string): Buffer[] {
    if (!existsSync(dir)) {
        return [];
    }
    return readdirSync(dir)
        .sort()
        .map((name) => join(dir, name))
        .filter((path) => statSync(path).isFile())
        .map((path) => readFileSync(path))
        .filter((bytes) => firstPemBlock(bytes) !== undefined);
}

interface UnitEntry {
    readonly Certificate?: string;
    readonly OrganizationalUnitIdentifier?: string;
}

interface MspYaml {
    readonly OrganizationalUnitIdentifiers?: readonly UnitEntry[] | null;
    readonly NodeOUs?: {
        readonly Enable?: boolean;
        readonly ClientOUIdentifier?: UnitEntry | null;
        readonly PeerOUIdentifier?: UnitEntry | null;
        readonly AdminOUIdentifier?: UnitEntry | null;
        readonly OrdererOUIdentifier?: UnitEntry | null;
    } | null;
}

interface UnitConfig {
    readonly organizationalUnitIdentifiers: msp.FabricOUIdentifier.$Properties[];
    readonly fabricNodeOus?: msp.FabricNodeOUs.$Properties;
}

function unitConfig(dir: string): UnitConfig {
    const path = join(dir, 'config.yaml');
    if (!existsSync(path)) {
        return { organizationalUnitIdentifiers: [] };
    }
    const yaml = readYaml(path);
    const units = (yaml.OrganizationalUnitIdentifiers ?? []).map((entry) => unitIdentifier(dir, entry));
    const organizationalUnitIdentifiers = units.filter((unit) => unit !== undefined);
    const nodeOus = yaml.NodeOUs;
    if (nodeOus?.Enable !== true) {
        return { organizationalUnitIdentifiers };
    }
    const role = (entry: UnitEntry | null | undefined): msp.FabricOUIdentifier.$Properties | null =>
        unitIdentifier(dir, entry ?? {}) ?? null;
    return {
        organizationalUnitIdentifiers,
        fabricNodeOus: {
            enable: true,
            clientOuIdentifier: role(nodeOus.ClientOUIdentifier),
            peerOuIdentifier: role(nodeOus.PeerOUIdentifier),
            adminOuIdentifier: role(nodeOus.AdminOUIdentifier),
            ordererOuIdentifier: role(nodeOus.OrdererOUIdentifier),
        },
    };
}

function readYaml(path: string): MspYaml {
    try {
        return (parse(readFileSync(path, 'utf8')) ?? {}) as MspYaml;
    } catch (cause) {
        const reason = errorText(cause);
        throw new IdentityError(`failed unmarshalling configuration file at [${path}]: ${reason}`, { cause });
    }
}

/** An entry without OU name counts for nothing; one whose certificate cannot be read pins no branch. */
function unitIdentifier(dir: string, entry: UnitEntry): msp.FabricOUIdentifier.$Properties | undefined {
    const organizationalUnitIdentifier = entry.OrganizationalUnitIdentifier ?? '';
    if (organizationalUnitIdentifier === '') {
        return undefined;
    }
    const path = join(dir, entry.Certificate ?? '');
    const isReadable = (entry.Certificate ?? '') !== '' && existsSync(path) && statSync(path).isFile();
    return { ...(isReadable ? { certificate: readFileSync(path) } : {}), organizationalUnitIdentifier };
}
