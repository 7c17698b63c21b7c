// SPDX-License-Identifier: Apache-2.0
import './quiet.js';
import {
    type ArgumentsOf,
    type AssetCode,
    attestationDigest,
    checkMandate,
    type AttestationFile,
    type AttesterRole,
    type Authorisation,
    type Codec,
    type Correction,
    type CredentialKind,
    type CreditId,
    type Day,
    encodeAttestationFile,
    founding,
    type FoundingMember,
    type HolderId,
    holderOf,
    type Intent,
    intentBytes,
    money,
    powerCredit,
    prepareAttestation,
    type ProposalAction,
    type ProposalId,
    type Quantity,
    type RequestId,
    type ResultOf,
    signedMessage,
    type SignerId,
    type TransactionName,
    type TransferIntent,
    transferIntent,
    type VerifyHolderIntent,
    verifyHolderIntent,
    type WalletId,
    type WalletKeys,
    type WalletType,
    withSignature,
    type ZoneEnergy,
} from '@power-currency/domain';
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { personOf } from './person.js';
import type { SimulatedIdentity } from './simulatedIdentity.js';
import { SimulatedLedger, type SimulatedLedgerOptions } from './simulatedLedger.js';
import { zone } from './zone.js';

/** Somebody with an Ed25519 key. */
export interface Holder {
    readonly privateKey: KeyObject;
    /** 32 bytes. */
    readonly publicKey: Uint8Array;
}

interface Attester extends Holder {
    readonly signerId: SignerId;
    readonly role: AttesterRole;
}

interface IntentOptions {
    readonly from: WalletId;
    readonly to: WalletId;
    readonly amount: bigint;
    readonly nonce: bigint;
    readonly asset?: AssetCode;
    readonly requestId?: RequestId;
}

/** A ledger with its members at work: what tests and development begin with. */
export class Scenario {
    readonly ledger: SimulatedLedger;
    readonly attesters = new Map<AttesterRole, Attester>();
    readonly holders = new Map<WalletId, Holder>();
    #requestCount = 0;

    private constructor(ledger: SimulatedLedger) {
        this.ledger = ledger;
    }

    /** An empty ledger. */
    static async empty(options?: SimulatedLedgerOptions): Promise<Scenario> {
        return new Scenario(await SimulatedLedger.start(options));
    }

    /** Every member registered, each with the signer of its attester role. */
    static async founded(options?: SimulatedLedgerOptions): Promise<Scenario> {
        const scenario = await Scenario.empty(options);
        for (const member of founding.members) await scenario.found(member);
        return scenario;
    }

    /** An identity of an organisation by its MSP id. */
    person(mspId: string, unit: 'admin' | 'client' = 'client'): SimulatedIdentity {
        return personOf(mspId, unit);
    }

    /** A request id that was not used before. */
    requestId(): RequestId {
        return `request-${String(++this.#requestCount)}` as RequestId;
    }

    /** Submits with a fresh request id. */
    async submit<N extends TransactionName>(
        identity: SimulatedIdentity,
        name: N,
        value: Omit<ArgumentsOf<N>, 'requestId'>,
    ): Promise<ResultOf<N>> {
        return this.ledger.submit(identity, name, {
            requestId: this.requestId(),
            ...value,
        } as unknown as ArgumentsOf<N>);
    }

    async found({ mspId, participantId, attesterRole }: FoundingMember): Promise<void> {
        const admin = this.person(mspId, 'admin');
        const names = { participantId, displayName: participantId };
        await this.submit(admin, 'Registry:RegisterParticipant', names as never);
        if (attesterRole === null) return;
        const attester = { ...newHolder(), signerId: `${participantId}-1` as SignerId, role: attesterRole };
        const { signerId, role, publicKey } = attester;
        await this.submit(admin, 'Registry:RegisterSigner', { signerId, role, publicKey });
        this.attesters.set(role, attester);
    }

    /** Opens a wallet of one key, kept by the organisation. */
    async openWallet(name: string, custodian = 'CooperativeMSP', type: WalletType = 'personal'): Promise<WalletId> {
        const walletId = name as WalletId;
        const holder = newHolder();
        await this.submit(this.person(custodian), 'Wallet:Open', { walletId, type, keys: keysOf(holder) });
        this.holders.set(walletId, holder);
        return walletId;
    }

    /** The unsigned attestation of a day, from the ledger's own basis. */
    async prepareDay(
        day: string,
        zones: readonly ZoneEnergy[],
        corrections: readonly Correction[] = [],
    ): Promise<AttestationFile> {
        const basis = await this.ledger.evaluate(this.person('RegulatorMSP'), 'Attestation:DescribeBasis', {});
        return prepareAttestation({ day: day as Day, zones, corrections }, basis, sha256);
    }

    /** The file with the signatures of these roles. */
    signDay(file: AttestationFile, roles: readonly AttesterRole[] = ['data', 'risk']): AttestationFile {
        const digest = attestationDigest(file, sha256);
        const message = signedMessage({ day: file.day, digest, version: 2, chain: `FABRIC:${file.meta.channel}` });
        return roles.reduce((signed, role) => {
            const attester = this.attesters.get(role);
            if (attester === undefined) throw new Error(`no attester of role ${role}`);
            const { signerId: signer_id, publicKey: public_key } = attester;
            const signature = sign(null, message, attester.privateKey);
            return withSignature(signed, { signer_id, role, public_key }, { signer_id, signature });
        }, file);
    }

    async submitDay(file: AttestationFile): Promise<ResultOf<'Attestation:Submit'>> {
        return this.submit(this.person('AuthorityMSP'), 'Attestation:Submit', { file: encodeAttestationFile(file) });
    }

    /** Attests a day of one zone. */
    async attestDay(
        day: string,
        energyWh: bigint,
        corrections: readonly Correction[] = [],
    ): Promise<ResultOf<'Attestation:Submit'>> {
        return this.submitDay(this.signDay(await this.prepareDay(day, [zone(energyWh)], corrections)));
    }

    async mint(day: string, amount: bigint, to: WalletId): Promise<ResultOf<'PowerCredit:Mint'>> {
        const value = { day: day as Day, amount: money(amount), to };
        return this.submit(this.person('CentralBankMSP'), 'PowerCredit:Mint', value);
    }

    /** Issues to a wallet and folds the credit at once. */
    async fund(day: string, amount: bigint, to: WalletId, custodian = 'CooperativeMSP'): Promise<void> {
        const { creditId } = await this.mint(day, amount, to);
        await this.submit(this.person(custodian), 'Wallet:Fold', {
            ...{ walletId: to, asset: powerCredit, creditIds: [creditId] },
        });
    }

    /** Has an accredited verifier give the holder this tier for a year. */
    async verify(subject: string, tier: number, verifier = 'verifier'): Promise<void> {
        const wallet = await this.entity(verifier, 'verifier');
        const intent: VerifyHolderIntent = {
            ...{ ...this.intentFields(wallet, 0n), type: 'power/verify-holder', subject: subject as HolderId, tier },
            ...{ digest: sha256(Buffer.from(subject)), validUntil: this.later(31_536_000n) },
        };
        const signed = this.signed(verifyHolderIntent, intent);
        await this.ledger.submit(this.person('CooperativeMSP'), 'Compliance:VerifyHolder', signed);
    }

    /** The wallet of an entity with this credential; opened and accredited when first asked for. */
    async entity(name: string, kind: CredentialKind): Promise<WalletId> {
        const walletId = name as WalletId;
        if (this.holders.has(walletId)) return walletId;
        await this.openWallet(name);
        const grant = { holderId: holderOf(walletId), kind, evidence: sha256(Buffer.from(name)) };
        const expiresAt = this.later(31_536_000n);
        await this.submit(this.person('CooperativeMSP', 'admin'), 'Registry:GrantCredential', { ...grant, expiresAt });
        return walletId;
    }

    /** So many seconds from now. */
    later(seconds: bigint): Quantity<'second'> {
        return (this.ledger.time + seconds) as Quantity<'second'>;
    }

    /** Has every member vote for the action and executes it. Returns the id under which contracts cite it. */
    async mandate(name: string, action: ProposalAction): Promise<ProposalId> {
        const proposalId = name as ProposalId;
        const proposer = this.person('CooperativeMSP', 'admin');
        await this.submit(proposer, 'Governance:Propose', { proposalId, action, rationale: '' });
        for (const { mspId } of founding.members) {
            const voter = this.person(mspId, 'admin');
            await this.submit(voter, 'Governance:CastVote', { proposalId, choice: 'for' });
        }
        await this.submit(proposer, 'Governance:Close', { proposalId });
        const { proposal } = await this.submit(proposer, 'Governance:Execute', { proposalId });
        checkMandate(proposal, proposalId, action.kind);
        return proposalId;
    }

    /** What the ledger says a wallet has. */
    async balanceOf(walletId: WalletId, asset: AssetCode = powerCredit): Promise<ResultOf<'Wallet:BalanceOf'>> {
        return this.ledger.evaluate(this.person('RegulatorMSP'), 'Wallet:BalanceOf', { walletId, asset });
    }

    /** What every intent has in common; a nonce of 0 for one that spends from no pocket. */
    intentFields(wallet: WalletId, nonce: bigint, requestId = this.requestId()): Omit<Intent, 'type'> {
        return {
            version: '2',
            network: founding.network,
            channel: this.ledger.channelId,
            requestId,
            wallet,
            nonce: nonce as Quantity<'count'>,
            expiresAt: (this.ledger.time + 600n) as Quantity<'second'>,
        };
    }

    intent({ from, to, amount, nonce, asset = powerCredit, requestId }: IntentOptions): TransferIntent {
        return {
            ...this.intentFields(from, nonce, requestId),
            ...{ type: 'power/transfer', asset, to, amount: money(amount), memo: '', travelRule: null },
        };
    }

    /** The intent with the signature of its wallet's holder. */
    signed<I extends Intent>(
        codec: Codec<I>,
        intent: I,
        holders: readonly Holder[] = [this.holderOf(intent.wallet)],
    ): { readonly intent: I; readonly authorisation: Authorisation } {
        const message = intentBytes(codec, intent);
        const signatures = holders.map(({ publicKey, privateKey }) => ({
            publicKey,
            signature: sign(null, message, privateKey),
        }));
        return { intent, authorisation: { signatures, postQuantum: null } };
    }

    /** The arguments of a transfer, signed by the payer. */
    signedIntent(intent: TransferIntent, foldIds: readonly CreditId[] = []): ArgumentsOf<'Wallet:Transfer'> {
        return { ...this.signed(transferIntent, intent), foldIds };
    }

    holderOf(walletId: WalletId): Holder {
        const holder = this.holders.get(walletId);
        if (holder === undefined) throw new Error(`nobody holds ${walletId}`);
        return holder;
    }

    close(): void {
        this.ledger.close();
    }
}

export function newHolder(): Holder {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    return { privateKey, publicKey: publicKey.export({ type: 'spki', format: 'der' }).subarray(-32) };
}

/** The keys of a wallet of one key. */
export function keysOf(...holders: readonly Holder[]): WalletKeys {
    const publicKeys = holders.map(({ publicKey }) => publicKey);
    return { publicKeys, threshold: holders.length, postQuantumKey: null };
}

export function sha256(bytes: Uint8Array): Uint8Array {
    return createHash('sha256').update(bytes).digest();
}
