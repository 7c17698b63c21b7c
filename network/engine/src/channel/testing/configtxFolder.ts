// SPDX-License-Identifier: Apache-2.0
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const recorded = join(__dirname, '../../../fixtures/fabric-3.1.5/network');

/** A folder with the recorded configtx.yaml, perhaps changed, and the recorded MSP folders beside it. */
export class ConfigtxFolder {
    readonly dir = mkdtempSync(join(tmpdir(), 'configtx-'));

    constructor(change: (yaml: string) => string = (yaml) => yaml, network = recorded) {
        symlinkSync(join(network, 'msp'), join(this.dir, 'crypto'));
        writeFileSync(join(this.dir, 'configtx.yaml'), change(readFileSync(join(network, 'configtx.yaml'), 'utf8')));
    }

    /** Replaces the link by a copy that a test may damage. */
    copyMsps(): void {
        rmSync(join(this.dir, 'crypto'));
        cpSync(join(recorded, 'msp'), join(this.dir, 'crypto'), { recursive: true });
    }

    remove(): void {
        rmSync(this.dir, { recursive: true });
    }
}
