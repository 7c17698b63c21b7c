// SPDX-License-Identifier: Apache-2.0
import { resolve } from 'node:path';
import type { AuthorityFiles, RootRequest } from '../certificates/signingAuthority.js';
import { isUsage, type SigningProfile } from '../certificates/signingProfile.js';
import { parseGoDuration } from '../../process/duration.js';
import { isSeverity, type Severity } from '../log.js';
import type { Attribute } from '../registry/attributes.js';
import { child, type SettingSources } from './settingSources.js';
import { settingTable } from './settingTable.js';

export interface CaSettings {
    readonly homeDirectory: string;
    readonly address: string;
    readonly port: number;
    readonly severity: Severity;
    readonly operationsAddress: string;
    readonly tls?: TlsSettings;
    readonly caName: string;
    readonly authorityFiles: AuthorityFiles;
    readonly chainFile: string;
    readonly keyStoreDirectory: string;
    readonly root: RootRequest;
    readonly hosts: readonly string[];
    readonly databaseFile: string;
    readonly reenrollIgnoresExpiry: boolean;
    readonly allowIdentityRemoval: boolean;
    readonly allowAffiliationRemoval: boolean;
    /** Wrong passwords before an identity is locked; 0: never. */
    readonly passwordAttempts: number;
    /** -1: unlimited; 0: registration and enrolment are off. */
    readonly maxEnrollments: number;
    readonly crlExpiryMs: number;
    readonly defaultProfile: SigningProfile;
    readonly profiles: ReadonlyMap<string, SigningProfile>;
    readonly bootstrapIdentities: readonly BootstrapIdentity[];
    readonly bootstrapAffiliations: readonly string[];
}

export interface TlsSettings {
    readonly certificateFile: string;
    readonly keyFile?: string;
    readonly clients: 'noclientcert' | 'verifyclientcertifgiven' | 'requireandverifyclientcert';
    readonly clientRootFiles: readonly string[];
}

interface BootstrapIdentity {
    readonly id: string;
    readonly secret: string;
    readonly type: string;
    readonly affiliation: string;
    readonly maxEnrollments: number;
    readonly attributes: readonly Attribute[];
}

/** Reads all settings. @throws Error naming the setting that is malformed or that the embedded engine does not support. */
export const readSettings = (sources: SettingSources, homeDirectory: string): CaSettings => {
    refuseUnsupported(sources);
    const file = (name: string): string => resolve(homeDirectory, sources.string(name));
    const optionalFile = (name: string): string | undefined => (sources.string(name) === '' ? undefined : file(name));
    const keyFile = optionalFile('ca.keyfile');
    return {
        homeDirectory,
        address: sources.string('address'),
        port: sources.integer('port'),
        severity: severityOf(sources),
        operationsAddress: sources.string('operations.listenaddress'),
        ...(sources.boolean('tls.enabled') ? { tls: tlsSettings(sources, homeDirectory) } : {}),
        caName: sources.string('ca.name'),
        authorityFiles: { certificateFile: file('ca.certfile'), ...(keyFile === undefined ? {} : { keyFile }) },
        chainFile: file('ca.chainfile'),
        keyStoreDirectory: file('bccsp.sw.filekeystore.keystore'),
        root: rootRequest(sources),
        hosts: sources.list('csr.hosts'),
        databaseFile: file('db.datasource'),
        reenrollIgnoresExpiry: sources.boolean('ca.reenrollignorecertexpiry'),
        allowIdentityRemoval: sources.boolean('cfg.identities.allowremove'),
        allowAffiliationRemoval: sources.boolean('cfg.affiliations.allowremove'),
        passwordAttempts: sources.integer('cfg.identities.passwordattempts'),
        maxEnrollments: sources.integer('registry.maxenrollments'),
        crlExpiryMs: durationMs(sources.string('crl.expiry'), 'crl.expiry'),
        defaultProfile: signingProfile(sources.section('signing.default'), 'default'),
        profiles: signingProfiles(sources.section('signing.profiles')),
        bootstrapIdentities: bootstrapIdentities(sources.section('registry.identities')),
        bootstrapAffiliations: affiliationNames(sources.section('affiliations'), ''),
    };
};

const refuseUnsupported = (sources: SettingSources): void => {
    for (const { name, only } of settingTable) {
        if (only !== undefined && sources.string(name) !== only) {
            throw new Error(
                `'${name}' is '${sources.string(name)}': the embedded engine supports only '${only}'; use Fabric's own fabric-ca-server for this`,
            );
        }
    }
};

const severityOf = (sources: SettingSources): Severity => {
    const level = sources.string('loglevel').toLowerCase();
    if (level === '') return sources.boolean('debug') ? 'debug' : 'info';
    if (!isSeverity(level)) throw new Error(`'loglevel' is '${level}'`);
    return level;
};

const tlsSettings = (sources: SettingSources, homeDirectory: string): TlsSettings => {
    const clients = sources.string('tls.clientauth.type').toLowerCase();
    if (
        clients !== 'noclientcert' &&
        clients !== 'verifyclientcertifgiven' &&
        clients !== 'requireandverifyclientcert'
    ) {
        throw new Error(`Invalid client auth type provided: the embedded engine does not support '${clients}'`);
    }
    const keyFile = sources.string('tls.keyfile');
    return {
        certificateFile: resolve(homeDirectory, sources.string('tls.certfile')),
        ...(keyFile === '' ? {} : { keyFile: resolve(homeDirectory, keyFile) }),
        clients,
        clientRootFiles: sources.list('tls.clientauth.certfiles').map((name) => resolve(homeDirectory, name)),
    };
};

const rootRequest = (sources: SettingSources): RootRequest => {
    const names = [sources.section('csr.names')].flat();
    const values = (key: string): readonly string[] => names.flatMap((name) => text(child(name, [key])) ?? []);
    return {
        subject: {
            country: values('C'),
            state: values('ST'),
            locality: values('L'),
            organization: values('O'),
            organizationalUnit: values('OU'),
            commonName: [sources.string('csr.cn')],
            serialNumber: [sources.string('csr.serialnumber')],
        },
        expiryMs: durationMs(sources.string('csr.ca.expiry'), 'csr.ca.expiry'),
        pathLength: sources.integer('csr.ca.pathlength'),
    };
};

const signingProfiles = (section: unknown): ReadonlyMap<string, SigningProfile> =>
    new Map(
        [...(section instanceof Map ? section : new Map<unknown, unknown>())].map(([name, profile]) => [
            String(name),
            signingProfile(profile, String(name)),
        ]),
    );

const signingProfile = (section: unknown, name: string): SigningProfile => {
    const usages = [child(section, ['usage']) ?? 'digital signature'].flat().map((usage) => {
        if (typeof usage !== 'string' || !isUsage(usage)) {
            throw new Error(`unknown usage '${text(usage) ?? ''}' in signing profile '${name}'`);
        }
        return usage;
    });
    const expiryMs = durationMs(text(child(section, ['expiry'])) ?? '8760h', `signing.${name}.expiry`);
    if (child(section, ['caconstraint', 'isca']) !== true) return { usages, expiryMs };
    const pathLength = Number(text(child(section, ['caconstraint', 'maxpathlen'])) ?? '-1');
    return { usages, expiryMs, certificateAuthority: { pathLength } };
};

const bootstrapIdentities = (section: unknown): readonly BootstrapIdentity[] =>
    [section ?? []].flat().map((entry: unknown) => {
        const field = (name: string): string => text(child(entry, [name])) ?? '';
        const attributes = child(entry, ['attrs']);
        return {
            id: field('name'),
            secret: field('pass'),
            type: field('type'),
            affiliation: field('affiliation'),
            maxEnrollments: Number(text(child(entry, ['maxenrollments'])) ?? '0'),
            attributes: [...(attributes instanceof Map ? attributes : new Map<unknown, unknown>())].map(
                // Fabric CA's configuration parser turns true into "1".
                ([name, value]) => ({ name: String(name), value: value === true ? '1' : (text(value) ?? '') }),
            ),
        };
    });

// Inner names are stored in lower case, leaves as written (fabric-ca lib/ca.go, affiliationsAdd).
const affiliationNames = (section: unknown, parent: string): readonly string[] => {
    const path = (name: string): string => (parent === '' ? name : `${parent}.${name}`);
    if (section instanceof Map) {
        return [...(section as ReadonlyMap<unknown, unknown>)].flatMap(([name, below]) => {
            const inner = path(String(name).toLowerCase());
            return [inner, ...affiliationNames(below, inner)];
        });
    }
    return [section ?? []].flat().map((leaf) => path(text(leaf) ?? ''));
};

const durationMs = (duration: string, name: string): number => {
    const ms = parseGoDuration(duration);
    if (ms === undefined) throw new Error(`'${name}' must be a duration such as 24h, not '${duration}'`);
    return ms;
};

const text = (value: unknown): string | undefined =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
