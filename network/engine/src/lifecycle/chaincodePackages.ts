// SPDX-License-Identifier: Apache-2.0
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { temporarySuffix, writeDurably } from '../process/durableFile.js';
import { reached } from '../process/faults/faultPoints.js';
import { errorText } from '../wire/errorText.js';
import { buildConnection } from './chaincodeConnection.js';
import { packageIdOf, parseChaincodePackage, type ChaincodePackage } from './chaincodePackage.js';

export interface InstalledPackage {
    readonly packageId: string;
    readonly label: string;
}

interface ChaincodePackagesOptions {
    /** `peer.fileSystemPath`; packages are kept below it where Fabric keeps them. */
    readonly fileSystemPath: string;
    /** JSON of the environment's CHAINCODE_AS_A_SERVICE_BUILDER_CONFIG. */
    readonly builderConfiguration?: string;
}

/** The packages that are installed on a peer: their bytes as received, and where their chaincode listens. */
export class ChaincodePackages {
    readonly #options: ChaincodePackagesOptions;
    readonly #installed = new Map<string, InstalledPackage>();
    readonly #inProgress = new Set<string>();

    private constructor(options: ChaincodePackagesOptions) {
        this.#options = options;
    }

    /** Reads what is installed; leftovers of interrupted installations are removed. */
    static async open(options: ChaincodePackagesOptions): Promise<ChaincodePackages> {
        const packages = new ChaincodePackages(options);
        await packages.#load();
        return packages;
    }

    /** In the order of their ids. */
    list(): readonly InstalledPackage[] {
        return [...this.#installed.values()].sort((a, b) => (a.packageId < b.packageId ? -1 : 1));
    }

    get(packageId: string): InstalledPackage | undefined {
        return this.#installed.get(packageId);
    }

    /** Parses, stores and builds; a package that cannot be built is not kept. Throws with Fabric's texts. */
    async install(bytes: Buffer): Promise<InstalledPackage> {
        const parsed = await parseChaincodePackage(bytes);
        const packageId = packageIdOf(parsed.label, bytes);
        if (this.#installed.has(packageId) || this.#inProgress.has(packageId)) {
            throw new Error(`chaincode already successfully installed (package ID '${packageId}')`);
        }
        this.#inProgress.add(packageId);
        try {
            writeDurably(this.#packagePath(packageId), bytes, {
                onSynced: () => {
                    reached('package.temporaryWritten');
                },
            });
            reached('package.stored');
            await this.#buildOrRemove(packageId, parsed);
            const installed = { packageId, label: parsed.label };
            this.#installed.set(packageId, installed);
            return installed;
        } finally {
            this.#inProgress.delete(packageId);
        }
    }

    /** Bytes of the package as they were installed. */
    async packageBytes(packageId: string): Promise<Buffer> {
        if (!this.#installed.has(packageId)) {
            throw new Error(`chaincode install package '${packageId}' not found`);
        }
        return readFile(this.#packagePath(packageId));
    }

    /** The built connection.json, read from disk each time so that an operator may edit it. */
    async connection(packageId: string): Promise<string> {
        if (!this.#installed.has(packageId)) {
            throw new Error(`could not find chaincode with package id '${packageId}'`);
        }
        return readFile(this.#connectionPath(packageId), 'utf8');
    }

    async #load(): Promise<void> {
        await mkdir(this.#packagesDirectory(), { recursive: true });
        for (const name of await readdir(this.#packagesDirectory())) {
            const match = /^(.+)\.([0-9a-f]{64})\.tar\.gz$/.exec(name);
            if (match === null) {
                await removeLeftover(join(this.#packagesDirectory(), name));
                continue;
            }
            const [, label = '', hash = ''] = match;
            const packageId = `${label}:${hash}`;
            if (await exists(this.#connectionPath(packageId))) {
                this.#installed.set(packageId, { packageId, label });
            } else {
                // Interrupted between storing and building: nobody was told that it is installed.
                await rm(this.#packagePath(packageId), { force: true });
            }
        }
    }

    async #buildOrRemove(packageId: string, parsed: ChaincodePackage): Promise<void> {
        try {
            writeDurably(this.#connectionPath(packageId), await this.#build(parsed));
            reached('package.built');
        } catch (cause) {
            await rm(this.#packagePath(packageId), { force: true });
            const reason = errorText(cause);
            throw new Error(`could not build chaincode: ${reason}`, { cause });
        }
    }

    async #build({ type, code }: ChaincodePackage): Promise<string> {
        if (type.toLowerCase() !== 'ccaas') {
            throw new Error('docker build failed: docker build is disabled');
        }
        try {
            return await buildConnection(code, this.#options.builderConfiguration);
        } catch (cause) {
            const reason = errorText(cause);
            const context = 'external builder failed: external builder failed to build';
            throw new Error(`${context}: external builder 'ccaas_builder' failed: ${reason}`, { cause });
        }
    }

    #packagesDirectory(): string {
        return join(this.#options.fileSystemPath, 'lifecycle', 'chaincodes');
    }

    #packagePath(packageId: string): string {
        return join(this.#packagesDirectory(), `${packageId.replace(':', '.')}.tar.gz`);
    }

    /** Where Fabric's builder releases it (core/container/externalbuilder). */
    #connectionPath(packageId: string): string {
        const build = packageId.replaceAll(/[<>:"/\\|?*&]/g, '-');
        const released = join('release', 'chaincode', 'server', 'connection.json');
        return join(this.#options.fileSystemPath, 'externalbuilder', 'builds', build, released);
    }
}

async function removeLeftover(path: string): Promise<void> {
    if (path.endsWith(temporarySuffix)) {
        await rm(path, { force: true });
    }
}

async function exists(path: string): Promise<boolean> {
    try {
        await readFile(path);
        return true;
    } catch {
        return false;
    }
}
