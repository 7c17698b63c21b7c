// SPDX-License-Identifier: Apache-2.0
import { MspRole } from '../identity/principal.js';
import { encode } from '../wire/decode.js';
import { common } from '../wire/protobuf.js';
import { PolicyError } from './policy.js';

/**
 * Reads Fabric's policy language (common/policydsl): AND, OR and OutOf over quoted principals 'MSPID.role'.
 * The result is byte-equal to Fabric's: organisations that approve one definition compare these bytes.
 */
export function parsePolicyText(text: string): common.SignaturePolicyEnvelope.$Properties {
    return new PolicyTextParser(tokens(text)).parse();
}

interface Token {
    readonly kind: 'word' | 'quoted' | 'number' | 'symbol';
    readonly text: string;
}

const tokenForms: readonly (readonly [Token['kind'] | 'blank', RegExp])[] = [
    ['blank', /^(?:\s+|\/\/[^\n]*)/],
    ['quoted', /^(?:'([^'\n]*)'|"([^"\n]*)"|`([^`]*)`)/],
    ['number', /^-?\d+(?:\.\d+)?/],
    ['word', /^[A-Za-z_][\w.]*/],
    ['symbol', /^[(),]/],
];
const gates: Readonly<Record<string, 'and' | 'or' | 'outof'>> = {
    AND: 'and',
    And: 'and',
    OR: 'or',
    Or: 'or',
    OutOf: 'outof',
    outof: 'outof',
    OUTOF: 'outof',
};
const roles: Readonly<Record<string, number>> = {
    member: MspRole.MEMBER,
    admin: MspRole.ADMIN,
    client: MspRole.CLIENT,
    peer: MspRole.PEER,
    orderer: MspRole.ORDERER,
};
const principalForm = /^([A-Za-z0-9.-]+)\.(admin|member|client|peer|orderer)$/;
const maxDepth = 100;

interface Gate {
    readonly n: number;
    readonly args: readonly Argument[];
}
type Argument = Gate | string;

class PolicyTextParser {
    private readonly input: readonly Token[];
    private readonly principals: common.MSPPrincipal.$Properties[] = [];
    private position = 0;

    constructor(input: readonly Token[]) {
        this.input = input;
    }

    parse(): common.SignaturePolicyEnvelope.$Properties {
        const gate = this.gate(0);
        if (this.peek() !== undefined) {
            throw new PolicyError(`unrecognized token '${this.peek()?.text ?? ''}' in policy string`);
        }
        return { rule: this.rule(gate), identities: this.principals };
    }

    private gate(depth: number): Gate {
        const name = this.next('word');
        const kind = gates[name];
        if (kind === undefined) {
            throw new PolicyError(`unrecognized token '${name}' in policy string`);
        }
        if (depth >= maxDepth) {
            throw new PolicyError('policy is nested too deeply');
        }
        this.next('symbol', '(');
        const count = kind === 'outof' ? this.count() : undefined;
        const args = this.args(depth);
        if (args.length === 0) {
            throw new PolicyError('expected at least two arguments to NOutOf. Given 1');
        }
        const n = count ?? (kind === 'and' ? args.length : 1);
        if (n < 0 || n > args.length + 1) {
            throw new PolicyError(`invalid t-out-of-n predicate, t ${String(n)}, n ${String(args.length)}`);
        }
        return { n, args };
    }

    private count(): number {
        const token = this.take();
        const value = Number(token?.text);
        if ((token?.kind !== 'number' && token?.kind !== 'quoted') || token.text.trim() === '' || Number.isNaN(value)) {
            throw new PolicyError(`unrecognized type, expected a number, got ${token?.text ?? 'end of text'}`);
        }
        this.skipComma();
        return Math.trunc(value);
    }

    private args(depth: number): Argument[] {
        const args: Argument[] = [];
        while (!(this.peek()?.kind === 'symbol' && this.peek()?.text === ')')) {
            args.push(this.peek()?.kind === 'quoted' ? this.next('quoted') : this.gate(depth + 1));
            this.skipComma();
        }
        this.position++;
        return args;
    }

    /** Nested gates number their principals first: Fabric evaluates arguments before the call they are given to. */
    private rule({ n, args }: Gate): common.SignaturePolicy.$Properties {
        const inner = args.map((arg) => (typeof arg === 'string' ? arg : this.rule(arg)));
        const rules = inner.map((arg) => (typeof arg === 'string' ? this.signedBy(arg) : arg));
        return { nOutOf: { ...(n === 0 ? {} : { n }), rules } };
    }

    private signedBy(principal: string): common.SignaturePolicy.$Properties {
        const [, mspIdentifier, roleName] = principalForm.exec(principal) ?? [];
        const role = roles[roleName ?? ''];
        if (mspIdentifier === undefined || role === undefined) {
            throw new PolicyError(`unrecognized token '${principal}' in policy string`);
        }
        const bytes = encode(common.MSPRole, { mspIdentifier, ...(role === 0 ? {} : { role }) });
        this.principals.push({ principal: bytes });
        return { signedBy: this.principals.length - 1 };
    }

    private skipComma(): void {
        const token = this.peek();
        if (token?.kind === 'symbol' && token.text === ',') {
            this.position++;
        } else if (token?.text !== ')') {
            throw new PolicyError(`unrecognized token '${token?.text ?? 'end of text'}' in policy string`);
        }
    }

    private next(kind: Token['kind'], text?: string): string {
        const token = this.take();
        if (token?.kind !== kind || (text !== undefined && token.text !== text)) {
            throw new PolicyError(`unrecognized token '${token?.text ?? 'end of text'}' in policy string`);
        }
        return token.text;
    }

    private take(): Token | undefined {
        return this.input[this.position++];
    }

    private peek(): Token | undefined {
        return this.input[this.position];
    }
}

function tokens(text: string): Token[] {
    const found: Token[] = [];
    for (let rest = text; rest.length > 0;) {
        const { kind, match } = nextToken(rest);
        if (kind !== 'blank') {
            found.push({ kind, text: match[1] ?? match[2] ?? match[3] ?? match[0] });
        }
        rest = rest.slice(match[0].length);
    }
    return found;
}

function nextToken(rest: string): { kind: Token['kind'] | 'blank'; match: RegExpExecArray } {
    for (const [kind, form] of tokenForms) {
        const match = form.exec(rest);
        if (match !== null) {
            return { kind, match };
        }
    }
    throw new PolicyError(`unrecognized token '${rest[0] ?? ''}' in policy string`);
}
