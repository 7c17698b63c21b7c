// SPDX-License-Identifier: Apache-2.0
import { asBuffer, decode } from '../wire/decode.js';
import type { MspManager } from '../identity/mspManager.js';
import { common } from '../wire/protobuf.js';
import { implicitMetaPolicy } from './implicitMetaPolicy.js';
import { identitiesOf, PolicyError, type Policy } from './policy.js';
import { signaturePolicy } from './signaturePolicy.js';
import { errorText } from '../wire/errorText.js';

/** common.Policy.PolicyType; MSP (2) was never implemented. */
export const PolicyType = { SIGNATURE: 1, IMPLICIT_META: 3 } as const;

/** The policies of a channel configuration by path, e.g. "/Channel/Application/Writers" (common/policies/policy.go). */
export class PolicyTree {
    private readonly path: string;
    private readonly policies = new Map<string, Policy>();
    private readonly groups: ReadonlyMap<string, PolicyTree>;

    /** Throws PolicyError if a policy does not compile. */
    constructor(group: common.ConfigGroup.$Properties, msps: MspManager, path = 'Channel') {
        this.path = path;
        this.groups = new Map(
            Object.entries(group.groups ?? {}).map(([name, sub]) => [
                name,
                new PolicyTree(sub, msps, `${path}/${name}`),
            ]),
        );
        for (const [name, { policy }] of Object.entries(group.policies ?? {})) {
            this.policies.set(name, this.compile(name, policy ?? {}, msps));
        }
    }

    /** The policy at an absolute path, or at one relative to this group ("Application/Writers"); undefined if none. */
    get(path: string): Policy | undefined {
        const absolute = `/${this.path}/`;
        return this.lookUp(path.startsWith('/') ? under(absolute, path) : path);
    }

    /** The policy at a path, or one that nothing satisfies and that says so (policies.Manager.GetPolicy). */
    getOrReject(path: string): Policy {
        return this.get(path) ?? rejectAll(path);
    }

    /** The tree of a group below, e.g. "Application". */
    group(name: string): PolicyTree | undefined {
        return this.groups.get(name);
    }

    private lookUp(path: string | undefined): Policy | undefined {
        if (path === undefined) {
            return undefined;
        }
        const slash = path.indexOf('/');
        if (slash < 0) {
            return this.policies.get(path);
        }
        return this.groups.get(path.slice(0, slash))?.lookUp(path.slice(slash + 1));
    }

    private compile(name: string, policy: common.Policy.$Properties, msps: MspManager): Policy {
        try {
            return this.compileByType(policy, msps);
        } catch (cause) {
            const reason = errorText(cause);
            throw new PolicyError(`policy ${name} at path ${this.path} did not compile: ${reason}`, { cause });
        }
    }

    private compileByType({ type, value }: common.Policy.$Properties, msps: MspManager): Policy {
        switch (type ?? 0) {
            case PolicyType.SIGNATURE:
                return signaturePolicy(
                    decode(common.SignaturePolicyEnvelope, asBuffer(value), 'SignaturePolicyEnvelope'),
                    msps,
                );
            case PolicyType.IMPLICIT_META: {
                const meta = decode(common.ImplicitMetaPolicy, asBuffer(value), 'ImplicitMetaPolicy');
                const subPolicies = [...this.groups.values()].map((group) => group.lookUp(meta.subPolicy));
                return implicitMetaPolicy(meta, subPolicies, (signed) => identitiesOf(signed, msps));
            }
            default:
                throw new PolicyError(`unknown policy type: ${String(type ?? 0)}`);
        }
    }
}

function under(root: string, path: string): string | undefined {
    return path.startsWith(root) ? path.slice(root.length) : undefined;
}

function rejectAll(path: string): Policy {
    const reject = (): never => {
        throw new PolicyError(`no such policy: '${path}'`);
    };
    return { evaluate: reject, evaluateIdentities: reject };
}
