// SPDX-License-Identifier: Apache-2.0
import { asBuffer } from '../wire/decode.js';
import type { msp } from '../wire/protobuf.js';
import { IdentityError } from './identityError.js';
import type { TrustTree } from './trustTree.js';

/** The roles that an organisational unit of a certificate can stand for (NodeOUs). */
export type NodeRole = 'client' | 'peer' | 'admin' | 'orderer';

/** An OU name, and if pinned the branch of the certification tree it must come from. */
interface UnitIdentifier {
    readonly name: string;
    readonly certifiers?: Buffer;
}

/** What the OU rules need to know of an identity. */
export interface UnitsOfIdentity {
    readonly names: readonly string[];
    readonly certifiers: Buffer;
}

/** The OU rules of an organisation (msp/mspimplvalidate.go, internalValidateIdentityOus…). */
export class OrganizationalUnitRules {
    /** Whether roles are told by OU; without it an organisation has only members and listed administrators. */
    readonly hasNodeRoles: boolean;
    private readonly roleUnits: ReadonlyMap<NodeRole, UnitIdentifier>;
    private readonly required: readonly UnitIdentifier[];

    private readonly mspId: string;

    constructor(config: msp.FabricMSPConfig.$Properties, tree: TrustTree) {
        this.mspId = config.name ?? '';
        const identifier = (unit: msp.FabricOUIdentifier.$Properties): UnitIdentifier => ({
            name: unit.organizationalUnitIdentifier ?? '',
            ...(asBuffer(unit.certificate).length === 0
                ? {}
                : { certifiers: tree.certifiersIdentifierOf(asBuffer(unit.certificate)) }),
        });
        this.required = (config.organizationalUnitIdentifiers ?? []).map(identifier);
        const nodeOus = config.fabricNodeOus;
        const declared: readonly (readonly [NodeRole, msp.FabricOUIdentifier.$Properties | null | undefined])[] = [
            ['client', nodeOus?.clientOuIdentifier],
            ['peer', nodeOus?.peerOuIdentifier],
            ['admin', nodeOus?.adminOuIdentifier],
            ['orderer', nodeOus?.ordererOuIdentifier],
        ];
        this.roleUnits = new Map(declared.flatMap(([role, unit]) => (unit ? [[role, identifier(unit)] as const] : [])));
        this.hasNodeRoles = nodeOus?.enable === true && this.roleUnits.size > 0;
    }

    hasUnitFor(role: NodeRole): boolean {
        return this.hasNodeRoles && this.roleUnits.has(role);
    }

    /** Throws unless the identity carries one of the units required, and exactly one that stands for a role. */
    check(units: UnitsOfIdentity): void {
        this.checkRequired(units);
        if (this.hasNodeRoles) {
            this.checkSingleRole(units);
        }
    }

    /** Throws unless the identity carries the unit that stands for a role. */
    checkRole(units: UnitsOfIdentity, role: NodeRole): void {
        if (!this.hasNodeRoles) {
            throw new IdentityError('NodeOUs not activated. Cannot tell apart identities.');
        }
        const unit = this.roleUnits.get(role);
        const name = role.toUpperCase();
        if (unit === undefined) {
            throw new IdentityError(
                `cannot test for classification, node ou for type [${name}], not defined, msp: [${this.mspId}]`,
            );
        }
        if (!units.names.includes(unit.name)) {
            throw new IdentityError(`The identity does not contain OU [${name}], MSP: [${this.mspId}]`);
        }
    }

    /** Throws unless the identity carries one of the units that stand for the roles. */
    checkAnyRole(units: UnitsOfIdentity, roles: readonly NodeRole[]): void {
        const names = roles.map((role) => this.roleUnits.get(role)?.name);
        if (!names.some((name) => name !== undefined && units.names.includes(name))) {
            throw new IdentityError(
                `The identity does not contain OU [${roles.join(', ').toUpperCase()}], MSP: [${this.mspId}]`,
            );
        }
    }

    private checkRequired(units: UnitsOfIdentity): void {
        const isRequired = ({ name, certifiers }: UnitIdentifier): boolean =>
            units.names.includes(name) && (certifiers === undefined || certifiers.equals(units.certifiers));
        if (this.required.length === 0 || this.required.some(isRequired)) {
            return;
        }
        if (units.names.length === 0) {
            throw new IdentityError('the identity certificate does not contain an Organizational Unit (OU)');
        }
        throw new IdentityError(
            `none of the identity's organizational units ${printed(units)} are in MSP ${this.mspId}`,
        );
    }

    private checkSingleRole(units: UnitsOfIdentity): void {
        const byName = new Map([...this.roleUnits.values()].map((unit) => [unit.name, unit]));
        const found = units.names.flatMap((name) => byName.get(name) ?? []);
        for (const { certifiers } of found.slice(0, 2)) {
            if (certifiers !== undefined && !certifiers.equals(units.certifiers)) {
                throw new IdentityError(`certifiersIdentifier does not match: ${printed(units)}, MSP: [${this.mspId}]`);
            }
        }
        if (found.length === 0) {
            throw new IdentityError(
                `the identity does not have an OU that resolves to client, peer, orderer, or admin role. OUs: ${printed(units)}, MSP: [${this.mspId}]`,
            );
        }
        if (found.length > 1) {
            throw new IdentityError(
                `the identity must have a client, a peer, an orderer, or an admin OU role to be valid, not a combination of them. OUs: ${printed(units)}, MSP: [${this.mspId}]`,
            );
        }
    }
}

function printed({ names, certifiers }: UnitsOfIdentity): string {
    const branch = certifiers.subarray(0, 8).toString('hex').toUpperCase();
    return `[${names.map((name) => `${name}(${branch})`).join(' ')}]`;
}
