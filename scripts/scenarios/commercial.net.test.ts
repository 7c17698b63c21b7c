// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
    commercialDepositIntent,
    type CommercialTransferIntent,
    commercialTransferIntent,
    commercialWithdrawIntent,
    type CreditId,
    encodeAttestationFile,
    founding,
    type Intent,
    intentBytes,
    money,
    type ParcelId,
    parcelIdOf,
    powerCredit,
    transferIntent,
    type WalletId,
} from '@power-currency/domain';
import { amountCanary, bytesCanary, leaksIn, textCanary } from '../../chaincode/src/testing/canaries';
import { type AttesterKey, planAttestation, signAttestation } from '../../gateway/src/application/attestation';
import { registerMembers } from '../../gateway/src/demo/foundingStep';
import { memberWithRole, openStage, type Stage } from '../../gateway/src/demo/stage';
import { newSigningKey, primitives, type SigningKey } from '../../gateway/src/keys/ed25519';
import { PeerCommands } from './peerCommands';
import { TestNetwork } from './testNetwork';

jest.setTimeout(300_000);

// What goes in and comes out is public; what is paid, and what is left of it, is not.
const deposited = 900_000_000_000n;
const paid = 513_846_205_117n;
const withdrawn = 100n;
const memo = 'canary: 400 sacks of flour';

const network = TestNetwork.shared();
let stage: Stage;
const keys = new Map<WalletId, SigningKey>();
let requestCount = 0;

beforeAll(() => {
    network.standDeployed();
    stage = openStage(network.networkDir, () => undefined);
});
afterAll(() => {
    stage.close();
    network.down();
});

const requestId = () => `commercial-${String(++requestCount)}` as Intent['requestId'];

/** A wallet of a member, which is known well enough for any type. */
async function openWallet(role: string, name: string, type: 'cooperative' | 'commercial'): Promise<WalletId> {
    const { organisation, client } = memberWithRole(stage, role);
    const walletId = `${organisation.name}.${name}` as WalletId;
    const key = newSigningKey();
    keys.set(walletId, key);
    const walletKeys = { publicKeys: [key.publicKey], threshold: 1, postQuantumKey: null };
    await stage.settle(await client.wallet.open({ requestId: requestId(), walletId, type, keys: walletKeys }));
    return walletId;
}

function intentFields(wallet: WalletId, nonce: bigint): Omit<Intent, 'type'> {
    const expiresAt = BigInt(Math.floor(Date.now() / 1000)) + 600n;
    return {
        ...{ version: '2', network: founding.network, channel: 'power', requestId: requestId(), wallet },
        ...{ nonce: nonce as never, expiresAt: expiresAt as never },
    };
}

function signed<I extends Intent>(codec: Parameters<typeof intentBytes<I>>[0], intent: I) {
    const { publicKey, sign } = keys.get(intent.wallet)!;
    const signature = sign(intentBytes(codec, intent));
    return { intent, authorisation: { signatures: [{ publicKey, signature }], postQuantum: null } };
}

/** Issues so much to a cooperative wallet. */
async function issue(amount: bigint, to: WalletId, attesters: readonly AttesterKey[]): Promise<CreditId> {
    const { client } = memberWithRole(stage, 'data');
    const day = '2026-11-19';
    const zones = [{ name: 'NL', eic: '10YNL----------L', wh: 338_385_500_000n }];
    const plan = planAttestation(day, zones, await client.attestation.describeBasis({}), primitives);
    const file = attesters
        .filter(({ role }) => role !== 'ops')
        .reduce(
            (text, key) => encodeAttestationFile(signAttestation(text, key, 'attestation', primitives)),
            encodeAttestationFile(plan),
        );
    await stage.settle(await client.attestation.submit({ requestId: requestId(), file }));
    const issuer = memberWithRole(stage, 'risk').client;
    const minted = await issuer.powerCredit.mint({
        requestId: requestId(),
        day: day as never,
        amount: money(amount),
        to,
    });
    return (await stage.settle(minted)).result.creditId;
}

async function deposit(wallet: WalletId, foldIds: readonly CreditId[], salt: Uint8Array): Promise<ParcelId> {
    const intent = {
        ...{ ...intentFields(wallet, 1n), type: 'power/commercial-deposit' as const },
        ...{ asset: powerCredit, amount: money(deposited), salt },
    };
    const { client } = memberWithRole(stage, 'data');
    const command = { ...signed(commercialDepositIntent, intent), foldIds };
    return parcelIdOf((await stage.settle(await client.commercial.deposit(command))).txId, salt);
}

function privatePayment(from: WalletId, to: WalletId, amount: bigint, parcelIds: ParcelId[]): CommercialTransferIntent {
    return {
        ...{ ...intentFields(from, 0n), type: 'power/commercial-transfer', asset: powerCredit, to },
        ...{ amount: money(amount), parcelIds, memo, salt: randomBytes(32), changeSalt: randomBytes(32) },
    };
}

/** Every block of the channel as the authority's peer has it, which is no member of the collection. */
async function blocks(): Promise<readonly Buffer[]> {
    const peer = new PeerCommands(network);
    const { height } = await network.agreedChain();
    const found: Buffer[] = [];
    for (let number = 0; number < Number(height); number++) {
        const file = join(network.dir, `block-${String(number)}.pb`);
        await peer.run('authority', 'channel', 'fetch', String(number), file, '-c', 'power', ...peer.ordererFlags);
        found.push(readFileSync(file));
    }
    return found;
}

function filesUnder(folder: string): readonly string[] {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name));
}

test('what members pay each other in private is in no block, no log and no file of an outsider', async () => {
    const attesters = await registerMembers(stage);
    const [shop, mill] = [
        await openWallet('data', 'shop', 'commercial'),
        await openWallet('risk', 'mill', 'commercial'),
    ];
    const source = await openWallet('data', 'source', 'cooperative');
    const cooperative = memberWithRole(stage, 'data').client;
    const minted = await issue(deposited, source, attesters);
    const payment = {
        ...{ ...intentFields(source, 1n), type: 'power/transfer' as const, asset: powerCredit, to: shop },
        ...{ amount: money(deposited), memo: '', travelRule: 'TR-1' },
    };
    const funded = await stage.settle(
        await cooperative.wallet.transfer({ ...signed(transferIntent, payment), foldIds: [minted] }),
    );
    const depositSalt = randomBytes(32);
    const parcel = await deposit(shop, [funded.result.creditId], depositSalt);

    const tooMuch = privatePayment(shop, mill, deposited + paid, [parcel]);
    const refused = cooperative.commercial.transfer(signed(commercialTransferIntent, tooMuch));
    await expect(refused).rejects.toMatchObject({
        code: 'CONFIDENTIAL_REFUSED',
        details: { reason: 'INSUFFICIENT_FUNDS' },
    });
    const intent = privatePayment(shop, mill, paid, [parcel]);
    const transferred = await stage.settle(
        await cooperative.commercial.transfer(signed(commercialTransferIntent, intent)),
    );
    expect(transferred.result).toEqual({});

    const { rows } = await cooperative.commercial.listPool({ asset: powerCredit, pageSize: 10, bookmark: '' });
    const withdrawal = {
        ...{ ...intentFields(mill, 0n), type: 'power/commercial-withdraw' as const, asset: powerCredit },
        ...{ amount: money(withdrawn), parcelIds: [parcelIdOf(transferred.txId, intent.salt)] },
        changeSalt: randomBytes(32),
    };
    const shareIds = rows.map(({ shareId }) => shareId);
    const central = memberWithRole(stage, 'risk').client;
    await stage.settle(
        await central.commercial.withdraw({ ...signed(commercialWithdrawIntent, withdrawal), shareIds }),
    );

    // The regulator reads at its own peer, which endorsed nothing; the authority has no part in it.
    const [left, kept] = [deposited - paid, paid - withdrawn];
    const regulator = stage.regulator.client.commercial;
    const asked = { walletId: mill, asset: powerCredit };
    await expect(regulator.balanceOf(asked)).resolves.toMatchObject({ balance: kept, parcelCount: 1 });
    await expect(regulator.describePool({ asset: powerCredit })).resolves.toMatchObject({
        ...{ pool: left + kept, parcels: left + kept },
    });
    const authority = memberWithRole(stage, 'ops').client.commercial;
    await expect(authority.balanceOf(asked)).rejects.toMatchObject({ code: 'COLLECTION_PEER_NOT_MEMBER' });
    await expect(authority.transfer(signed(commercialTransferIntent, intent))).rejects.toMatchObject({
        code: 'COLLECTION_CALLER_NOT_MEMBER',
    });

    const salts = [depositSalt, intent.salt, intent.changeSalt, withdrawal.changeSalt];
    const canaries = [
        ...[amountCanary('payment', paid), amountCanary('change', left), amountCanary('rest', kept)],
        amountCanary('refused', deposited + paid),
        textCanary('memo', memo),
        ...salts.map((salt, index) => bytesCanary(`salt ${String(index)}`, salt)),
    ];
    const chain = await blocks();
    expect(chain.flatMap((block) => leaksIn(block, canaries))).toEqual([]);
    const outside = [
        ...filesUnder(join(network.networkDir, 'logs')),
        ...filesUnder(join(network.networkDir, 'data')).filter((file) => /authority-(peer|orderer)/.test(file)),
    ];
    expect(outside.length).toBeGreaterThan(10);
    expect(outside.flatMap((file) => leaksIn(readFileSync(file), canaries).map((leak) => `${file}: ${leak}`))).toEqual(
        [],
    );
    const wallets = [textCanary('payer', shop), textCanary('payee', mill)];
    expect(leaksIn(chain[Number(transferred.blockNumber)]!, wallets)).toEqual([]);

    // The same eyes do see what is public.
    expect(leaksIn(Buffer.concat([...chain]), [amountCanary('deposit', deposited)])).not.toEqual([]);
    expect(leaksIn(chain[Number(funded.blockNumber)]!, wallets)).not.toEqual([]);
});
