// SPDX-License-Identifier: Apache-2.0
const { Contract } = require('fabric-contract-api');

class Notes extends Contract {
    async write(context, name, text) {
        const author = context.clientIdentity.getMSPID();
        await context.stub.putState(name, Buffer.from(JSON.stringify({ author, text })));
    }

    async read(context, name) {
        const note = await context.stub.getState(name);
        if (note.length === 0) throw new Error(`there is no note ${name}`);
        return note.toString();
    }
}

module.exports = { contracts: [Notes] };
