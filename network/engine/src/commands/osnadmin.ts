// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import { ArgumentError, parseArguments, type OsnadminCommand } from './osnadmin/arguments.js';
import { callParticipation, TransportError, type HttpCall, type HttpReply } from './osnadmin/participationClient.js';

const usage = `usage: osnadmin --orderer-address=ORDERER-ADDRESS [<flags>] <command> [<args> ...]

Orderer Service Node (OSN) administration

Flags:
      --help                 Show help.
  -o, --orderer-address      Admin endpoint of the OSN
      --ca-file              Path to file containing PEM-encoded TLS CA certificate(s) for the OSN
      --client-cert          Path to file containing PEM-encoded X509 public key to use for mutual TLS
      --client-key           Path to file containing PEM-encoded private key to use for mutual TLS
      --no-status            Remove the HTTP status message from the command output

Commands:
  channel join   -c, --channelID ID -b, --config-block FILE            Join an OSN to a channel
  channel list   [-c, --channelID ID]                                  List channel information for an OSN
  channel remove -c, --channelID ID                                    Remove an OSN from a channel
  channel update -c, --channelID ID -e, --config-update-envelope FILE  Update an existing channel
  channel fetch  -c, --channelID ID -b, --blockID ID -f, --outputfile FILE
                                                                       Fetch a block, writing it to a file
`;
const root = '/participation/v1/channels';

/** `osnadmin channel …`. Exit code 0 whatever the HTTP status is, 1 when there was no answer or the arguments are bad. */
export async function main(argv: readonly string[]): Promise<number> {
    try {
        const command = parseArguments(argv);
        if (command === undefined) {
            process.stdout.write(usage);
            return 0;
        }
        process.stdout.write(`${await run(command)}\n`);
        return 0;
    } catch (error) {
        if (error instanceof ArgumentError) {
            process.stderr.write(`osnadmin: error: parsing arguments: ${error.message}. Try --help\n`);
            return 1;
        }
        if (error instanceof TransportError || error instanceof SyntaxError) {
            process.stdout.write(`Error: ${error.message}\n\n`);
            return 1;
        }
        throw error;
    }
}

async function run(command: OsnadminCommand): Promise<string> {
    const { orderer, tls, showStatus, action } = command;
    const reply = await callParticipation({ orderer, tls, ...requestOf(action) });
    if (action.kind === 'fetch' && reply.status === 200) {
        writeFileSync(action.outputFile, reply.body, { mode: 0o644 });
        return replyText({ ...reply, body: Buffer.alloc(0) }, showStatus);
    }
    return replyText(reply, showStatus);
}

function requestOf(action: OsnadminCommand['action']): Pick<HttpCall, 'method' | 'path' | 'file'> {
    switch (action.kind) {
        case 'list':
            return {
                method: 'GET',
                path: action.channelId === undefined ? root : `${root}/${encodeURIComponent(action.channelId)}`,
            };
        case 'remove':
            return { method: 'DELETE', path: `${root}/${encodeURIComponent(action.channelId)}` };
        case 'join': {
            const file = { part: 'config-block', name: 'config.block', content: action.block };
            return { method: 'POST', path: root, file };
        }
        case 'update': {
            const file = {
                part: 'config-update-envelope',
                name: 'config-update.envelope',
                content: action.envelope,
            };
            return { method: 'PUT', path: root, file };
        }
        case 'fetch':
            return { method: 'GET', path: `${root}/${encodeURIComponent(action.channelId)}/blocks/${action.blockId}` };
    }
}

/** The status line and the body, indented with tabs as Go's json.Indent does; the newline that ends the body stays. */
function replyText({ status, body }: HttpReply, showStatus: boolean): string {
    const line = showStatus ? `Status: ${String(status)}\n` : '';
    const text = body.toString('utf8');
    if (text === '') {
        return line;
    }
    const indented = JSON.stringify(JSON.parse(text), undefined, '\t');
    const escaped = indented.replaceAll(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
    return `${line}${escaped}${text.endsWith('\n') ? '\n' : ''}`;
}
