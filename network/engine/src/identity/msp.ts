// SPDX-License-Identifier: Apache-2.0
import { asBuffer, decode } from '../wire/decode.js';
import { msp } from '../wire/protobuf.js';
import type { common } from '../wire/protobuf.js';
import { Certificate } from './certificate.js';
import { isSupportedCurve } from './ecdsaSignature.js';
import { certificateIdentity, type Identity } from './identity.js';
import { IdentityError, withContext } from './identityError.js';
import { OrganizationalUnitRules, type UnitsOfIdentity } from './organizationalUnits.js';
import { Outcomes } from './outcomes.js';
import { checkPrincipal, type PrincipalSubject } from './principal.js';
import { certifiersIdentifier, TrustTree } from './trustTree.js';

interface MspOptions {
    /** Ed25519 identities need the channel capability V3_0; a node's own MSP always has it. Default: true. */
    readonly allowEd25519?: boolean;
}

/** What this MSP found out about an identity that it read. */
interface Membership {
    readonly certificate: Certificate;
    readonly chain: () => readonly Certificate[];
    readonly outcomes: Outcomes;
}

/** The membership rules of one organisation (msp/mspimpl.go at version 1.4.3 and later). */
export class Msp {
    readonly mspId: string;
    /** PEM files of the authorities for TLS, roots and intermediates. */
    readonly tlsAuthorities: readonly Buffer[];
    private readonly tree: TrustTree;
    private readonly units: OrganizationalUnitRules;
    private readonly admins: ReadonlySet<string>;
    private readonly allowEd25519: boolean;
    private readonly memberships = new WeakMap<Identity, Membership>();

    private constructor(config: msp.FabricMSPConfig.$Properties, options: MspOptions) {
        this.mspId = config.name ?? '';
        this.allowEd25519 = options.allowEd25519 ?? true;
        if ((config.rootCerts ?? []).length === 0) {
            throw new IdentityError('expected at least one CA certificate');
        }
        this.tree = new TrustTree(config.rootCerts ?? [], config.intermediateCerts ?? [], config.revocationList ?? []);
        this.tlsAuthorities = checkedTlsAuthorities(config);
        this.units = new OrganizationalUnitRules(config, this.tree);
        const admins = (config.admins ?? []).map((pem) => this.tree.normalise(Certificate.fromPem(pem)));
        this.admins = new Set(admins.map(({ raw }) => raw.toString('latin1')));
        if (admins.length === 0 && !this.units.hasUnitFor('admin')) {
            throw new IdentityError('administrators must be declared when no admin ou classification is set');
        }
        admins.forEach((admin, index) => {
            this.checkAdmin(admin, index);
        });
    }

    /** Builds the rules from a configuration; throws IdentityError with Fabric's text when it is unusable. */
    static fromConfig(config: msp.FabricMSPConfig.$Properties, options: MspOptions = {}): Msp {
        return new Msp(config, options);
    }

    /** Reads the certificate of an identity; one whose chain does not reach this MSP is refused here already. */
    deserialize(idBytes: Uint8Array, serialized: Buffer): Identity {
        return this.admit(Certificate.fromPem(idBytes), serialized);
    }

    /** Throws IdentityError unless the identity is a valid member: its key, chain, revocation and OUs. Never its expiry. */
    validate(identity: Identity): void {
        const membership = this.membershipOf(identity);
        membership.outcomes.settle('validation', () => {
            this.checkKeyAlgorithm(membership.certificate);
            this.tree.checkIdentityChain(membership.certificate, membership.chain);
            withContext("could not validate identity's OUs", () => {
                this.units.check(unitsOf(membership));
            });
        });
    }

    /** Throws IdentityError unless the identity is what the principal describes. */
    satisfiesPrincipal(identity: Identity, principal: common.MSPPrincipal.$Properties): void {
        const membership = this.membershipOf(identity);
        const kind = String(principal.principalClassification ?? 0);
        membership.outcomes.settle(`${kind}:${asBuffer(principal.principal).toString('latin1')}`, () => {
            checkPrincipal(this.subject(identity, membership), principal);
        });
    }

    private subject(identity: Identity, membership: Membership): PrincipalSubject {
        return {
            mspId: this.mspId,
            units: () => unitsOf(membership),
            unitRules: this.units,
            isListedAdmin: this.admins.has(membership.certificate.raw.toString('latin1')),
            validate: () => {
                this.validate(identity);
            },
            validateIfSame: (serialized) => {
                const other = this.read(serialized);
                if (other.key !== identity.key) {
                    throw new IdentityError('The identities do not match');
                }
                this.validate(other);
            },
        };
    }

    private admit(received: Certificate, serialized: Buffer): Identity {
        const { publicKey } = received;
        if (publicKey.asymmetricKeyType === 'ec' && !isSupportedCurve(publicKey)) {
            throw new IdentityError('parseCertificate failed: x509: unsupported elliptic curve');
        }
        const certificate = this.tree.normalise(received);
        const identity = certificateIdentity(this.mspId, serialized, certificate);
        let chain: readonly Certificate[] | undefined;
        this.memberships.set(identity, {
            certificate,
            chain: () => (chain ??= this.tree.chain(certificate)),
            outcomes: new Outcomes(),
        });
        return identity;
    }

    private read(serialized: Buffer): Identity {
        const { mspid, idBytes } = decode(msp.SerializedIdentity, serialized, 'SerializedIdentity');
        if (mspid !== this.mspId) {
            throw new IdentityError(`expected MSP ID ${this.mspId}, received ${mspid}`);
        }
        return this.deserialize(idBytes, serialized);
    }

    private membershipOf(identity: Identity): Membership {
        const membership = this.memberships.get(identity);
        if (membership === undefined) {
            throw new IdentityError(`the identity was not read by MSP ${this.mspId}`);
        }
        return membership;
    }

    private checkKeyAlgorithm({ publicKey }: Certificate): void {
        const type = publicKey.asymmetricKeyType ?? '';
        const name = type === 'ed25519' ? 'Ed25519' : type.toUpperCase();
        if (type !== 'ec' && !(type === 'ed25519' && this.allowEd25519)) {
            throw new IdentityError(`could not validate identity's public key algorithm: ${name} is not supported`);
        }
    }

    private checkAdmin(certificate: Certificate, index: number): void {
        withContext(`admin ${String(index)} is invalid`, () => {
            const identity = this.admit(certificate, Buffer.alloc(0));
            if (!this.units.hasNodeRoles) {
                this.validate(identity);
                return;
            }
            this.units.checkAnyRole(unitsOf(this.membershipOf(identity)), ['client', 'admin']);
        });
    }
}

function unitsOf({ certificate, chain }: Membership): UnitsOfIdentity {
    return { names: certificate.organizationalUnits, certifiers: certifiersIdentifier(chain().slice(1)) };
}

/** The authorities for TLS have a tree of their own, with the same rules. */
function checkedTlsAuthorities(config: msp.FabricMSPConfig.$Properties): Buffer[] {
    const roots = config.tlsRootCerts ?? [];
    const intermediates = config.tlsIntermediateCerts ?? [];
    if (roots.length > 0) {
        new TrustTree(roots, intermediates, []);
    }
    return [...roots, ...intermediates].map(asBuffer);
}
