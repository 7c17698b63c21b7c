// SPDX-License-Identifier: Apache-2.0
// Says which Hyperledger Fabric the scenarios would run on; ends with 2 and names what is missing when they cannot.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { executables, findFabric } from '../network/engineChoice.mts';
import { showPrerequisites } from '../network/prerequisites.mts';
import { reportFailure, say, StepFailure } from '../network/progress.mts';

/** Commands of Fabric that a network does without and the scenarios use. */
const more = ['configtxlator', 'discover'];

try {
    const { fabric } = findFabric();
    say(`Needed          ${[...executables, ...more].join(', ')}`);
    showPrerequisites('fabric');
    const missing = more.filter((name) => fabric === undefined || !existsSync(join(fabric.binDir, name)));
    if (missing.length > 0) {
        throw new StepFailure(
            `The scenarios need ${missing.join(' and ')} too, which ${fabric?.binDir ?? 'Fabric'} lacks.`,
            "Fabric's installer brings both: install-fabric.sh --fabric-version 3.1.5 binary.",
        );
    }
} catch (error) {
    reportFailure(error, false);
    process.exitCode = 2;
}
