// SPDX-License-Identifier: Apache-2.0
import { configure, util } from 'protobufjs/minimal';

// protobufjs turns 64-bit fields into Long objects as soon as any package brings `long` along. Ours are plain numbers:
// block numbers and versions stay far below 2^53. This must run before the generated module fills its prototypes, which
// is why it is a file of its own, imported first (statements would be hoisted below the imports).
(util as { Long: unknown }).Long = null;
configure();
