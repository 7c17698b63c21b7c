// SPDX-License-Identifier: Apache-2.0
import type { DatabaseSync } from 'node:sqlite';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { reached } from '../process/faults/faultPoints.js';
import { KeyStore } from './certificates/keyStore.js';
import { openSigningAuthority, type SigningAuthority } from './certificates/signingAuthority.js';
import type { CaLog } from './log.js';
import { hashPassword } from './password.js';
import { Affiliations } from './registry/affiliations.js';
import { Certificates } from './registry/certificates.js';
import { openDatabase } from './registry/database.js';
import { Identities } from './registry/identities.js';
import { maxEnrollmentsFor } from './registration.js';
import type { CaSettings } from './settings/caSettings.js';

/** A certificate authority: its key, its registry and its settings. Endpoints are functions of it and a request. */
export interface CertificateAuthority {
    readonly settings: CaSettings;
    readonly authority: SigningAuthority;
    /** PEM of the certificates clients are to trust, the root first. */
    readonly chainPem: string;
    readonly keyStore: KeyStore;
    readonly database: DatabaseSync;
    readonly identities: Identities;
    readonly affiliations: Affiliations;
    readonly certificates: Certificates;
    readonly log: CaLog;
}

/** Opens the CA in its home directory; key, certificate, database and bootstrap entries are made if they are not there. */
export const openCertificateAuthority = async (settings: CaSettings, log: CaLog): Promise<CertificateAuthority> => {
    mkdirSync(settings.homeDirectory, { recursive: true });
    const keyStore = new KeyStore(settings.keyStoreDirectory);
    const { authority, created } = await openSigningAuthority(settings.authorityFiles, keyStore, settings.root);
    log.info(
        created
            ? `The CA key and certificate were generated for CA ${settings.caName}`
            : 'The CA key and certificate already exist',
    );
    log.info(`The certificate is at: ${settings.authorityFiles.certificateFile}`);
    const database = openDatabase(settings.databaseFile);
    const ca: CertificateAuthority = {
        settings,
        authority,
        chainPem: existsSync(settings.chainFile) ? readFileSync(settings.chainFile, 'utf8') : authority.pem,
        keyStore,
        database,
        identities: new Identities(database),
        affiliations: new Affiliations(database),
        certificates: new Certificates(database),
        log,
    };
    await insertBootstrapEntries(ca);
    reached('ca.bootstrapped');
    log.info(`Initialized sqlite3 database at ${settings.databaseFile}`);
    return ca;
};

// Entries that exist stay as they are: the registry, not the file, is the truth after the first start.
const insertBootstrapEntries = async ({ settings, identities, affiliations }: CertificateAuthority): Promise<void> => {
    for (const name of settings.bootstrapAffiliations) affiliations.insert(name);
    for (const { secret, ...identity } of settings.bootstrapIdentities) {
        if (identities.find(identity.id) !== undefined) continue;
        const maxEnrollments = maxEnrollmentsFor(identity.maxEnrollments, settings.maxEnrollments);
        identities.insert({ ...identity, maxEnrollments, passwordHash: await hashPassword(secret) });
    }
};
