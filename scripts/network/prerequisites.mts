// SPDX-License-Identifier: Apache-2.0
import { chooseEngine, embeddedEngine, findFabric } from './engineChoice.mts';
import { say } from './progress.mts';

/** Says what was found, what would run, and how Hyperledger Fabric is installed. */
export function showPrerequisites(wanted: string): void {
    say(`Node            ${process.version} (${process.execPath})`);
    const embedded = embeddedEngine();
    say(`Embedded engine ${embedded.version} (${embedded.binDir})`);
    const search = findFabric();
    for (const { binDir, reason } of search.passedOver) say(`Passed over     ${binDir}: ${reason}`);
    say(
        search.fabric
            ? `Fabric          ${search.fabric.version} (${search.fabric.binDir})`
            : 'Fabric          not found in POWER_FABRIC_BIN, ./fabric/bin or PATH',
    );
    const chosen = chooseEngine(wanted);
    say(`\nWould run: the ${chosen.kind} engine, ${chosen.version}.`);
    if (search.fabric) return;
    say(`
Nothing more is needed for a laptop, a demonstration or tests. To run on Hyperledger Fabric itself:
  1. Get Fabric's installer as its documentation says: "Install Fabric and Fabric Samples" at
     https://hyperledger-fabric.readthedocs.io (install-fabric.sh).
  2. Run it in this folder:  mkdir -p fabric && cd fabric && install-fabric.sh --fabric-version 3.1.5 --ca-version 1.5.21 binary
     It leaves the executables in bin/ and their configuration in config/.
  3. Run ./test-network.sh prereq again. Executables elsewhere are found by POWER_FABRIC_BIN=/that/folder/bin.`);
}
