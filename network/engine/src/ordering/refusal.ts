// SPDX-License-Identifier: Apache-2.0
import type { Status } from '../wire/codes.js';

/** A message that is not ordered: the status and the text of the reply, which are Fabric's. */
export class Refusal extends Error {
    override readonly name = 'Refusal';
    readonly status: Status;

    constructor(status: Status, info: string) {
        super(info);
        this.status = status;
    }
}
