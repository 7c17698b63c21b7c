// SPDX-License-Identifier: Apache-2.0
import { engineVersion } from '../version.js';

/** What GET /version and `orderer version` say of the build. */
export const commitSha = 'embedded';

/** In the form of `orderer version` (orderer/common/metadata); where Fabric names Go, this names Node. */
export function ordererVersionText(): string {
    return [
        'orderer:',
        ` Version: ${engineVersion}`,
        ` Commit SHA: ${commitSha}`,
        ` Node version: ${process.version}`,
        ` OS/Arch: ${process.platform}/${process.arch === 'x64' ? 'amd64' : process.arch}`,
        '',
    ].join('\n');
}
