// SPDX-License-Identifier: Apache-2.0
import { faultSwitches } from './faults/faultSwitches.js';

/** The node's time of day, as rules about validity see it: the machine's, shifted by the fault switch `skew-clock`. */
export function currentTime(): Date {
    return new Date(Date.now() + (faultSwitches.get('skew-clock') ?? 0));
}
