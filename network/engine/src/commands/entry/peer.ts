// SPDX-License-Identifier: Apache-2.0
import { main } from '../peer/peer.js';

void main(process.argv.slice(2), process.env).then((code) => {
    process.exitCode = code;
});
