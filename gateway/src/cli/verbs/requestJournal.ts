// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type RequestId, walletId } from '@power-currency/domain';
import { decodeDocument, encodeDocument, type IntentDocument } from '../../application/intents/intentDocument.js';

/** The signed intent of one request, kept beside the contexts so that it can be sent again word for word. */
export class RequestJournal {
    readonly #file: string;

    constructor(contextFile: string, wallet: string, requestId: RequestId) {
        const name = `${walletId.decode(wallet, 'wallet')}~${requestId}.json`;
        this.#file = join(dirname(contextFile), 'requests', name);
    }

    read(): IntentDocument | undefined {
        return existsSync(this.#file) ? decodeDocument(readFileSync(this.#file, 'utf8'), this.#file) : undefined;
    }

    /** Only its owner can read it. Wholly or not at all. */
    write(document: IntentDocument): void {
        mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
        writeFileSync(`${this.#file}.new`, encodeDocument(document), { mode: 0o600 });
        renameSync(`${this.#file}.new`, this.#file);
    }

    remove(): void {
        rmSync(this.#file, { force: true });
    }
}
