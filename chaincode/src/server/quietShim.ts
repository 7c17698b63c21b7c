// SPDX-License-Identifier: Apache-2.0
import { createRequire } from 'node:module';

interface WinstonRecord {
    readonly level?: string;
}

interface WinstonLogger {
    readonly level: string;
    readonly levels: Readonly<Record<string, number>>;
    write(record: WinstonRecord, ...rest: unknown[]): boolean;
}

/**
 * Stops the shim's loggers from formatting records they then drop: a third of the chaincode's time otherwise. A
 * record is let through only if its level is one the logger prints.
 */
export function quietShim(): void {
    for (const library of ['fabric-shim', 'fabric-contract-api']) {
        const libraryRequire = createRequire(require.resolve(library));
        const winston = libraryRequire('winston') as { readonly Logger: { readonly prototype: WinstonLogger } };
        skipDroppedRecords(winston.Logger.prototype);
    }
}

const patched = new WeakSet<WinstonLogger>();

function skipDroppedRecords(prototype: WinstonLogger): void {
    if (patched.has(prototype)) return;
    patched.add(prototype);
    const write = Object.getOwnPropertyDescriptor(findOwner(prototype), 'write')?.value as WinstonLogger['write'];
    Object.defineProperty(prototype, 'write', {
        configurable: true,
        writable: true,
        value: function (this: WinstonLogger, record: WinstonRecord, ...rest: unknown[]): boolean {
            return isPrinted(this, record) ? write.call(this, record, ...rest) : true;
        },
    });
}

/** `write` is inherited from the stream library. */
function findOwner(prototype: object): object {
    let owner = prototype;
    while (!Object.hasOwn(owner, 'write')) owner = Object.getPrototypeOf(owner) as object;
    return owner;
}

function isPrinted({ level, levels }: WinstonLogger, record: WinstonRecord): boolean {
    const [printed, recorded] = [levels[level], levels[record.level ?? level]];
    // CRITICAL is a level the shim names and its logger does not know: that logger prints nothing.
    return recorded === undefined || (printed !== undefined && recorded <= printed);
}
