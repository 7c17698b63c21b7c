// SPDX-License-Identifier: Apache-2.0

interface PlainConfigtx {
    /** Holds an MSP folder `<MSP id>/msp` for each organisation; OrdererMSP is one of them. */
    readonly directory: string;
    /** The folder with the only consenter's server.crt. */
    readonly ordererTls: string;
    readonly ordererPort?: number;
    readonly members: readonly { readonly mspId: string; readonly anchorPort?: number }[];
    readonly batch?: BatchSettings;
    /** Resource → policy reference. */
    readonly acls?: Readonly<Record<string, string>>;
}

export interface BatchSettings {
    readonly maxMessageCount?: number;
    readonly batchTimeout?: string;
    readonly preferredMaxBytes?: string;
    readonly absoluteMaxBytes?: string;
}

/** configtx.yaml of a channel with one orderer, in Fabric's format; profile `Test`. */
export function plainConfigtx(options: PlainConfigtx): string {
    const { directory, ordererTls, ordererPort = 7050, members, batch = {}, acls = {} } = options;
    const meta = { Readers: 'ANY Readers', Writers: 'ANY Writers', Admins: 'MAJORITY Admins' };
    const endorsement = { LifecycleEndorsement: 'MAJORITY Endorsement', Endorsement: 'MAJORITY Endorsement' };
    const certificate = `${ordererTls}/server.crt`;
    const endpoint = `localhost:${String(ordererPort)}`;
    const organisations = members.map(({ mspId, anchorPort }) =>
        organisation(
            mspId,
            directory,
            anchorPort === undefined ? [] : [`AnchorPeers: [{Host: localhost, Port: ${String(anchorPort)}}]`],
        ),
    );
    const rules = Object.entries(acls).map(([resource, policy]) => `${resource}: ${policy}`);
    return `
Profiles:
  Test:
    Policies: {${policies(meta, 'ImplicitMeta')}}
    Capabilities: {V3_0: true}
    Orderer:
      OrdererType: etcdraft
      EtcdRaft:
        Consenters: [{Host: localhost, Port: ${String(ordererPort)}, ClientTLSCert: ${certificate}, ServerTLSCert: ${certificate}}]
        Options: {TickInterval: 500ms, ElectionTick: 10, HeartbeatTick: 1, MaxInflightBlocks: 5, SnapshotIntervalSize: 16 MB}
      BatchTimeout: ${batch.batchTimeout ?? '200ms'}
      BatchSize:
        MaxMessageCount: ${String(batch.maxMessageCount ?? 10)}
        AbsoluteMaxBytes: ${batch.absoluteMaxBytes ?? '2 MB'}
        PreferredMaxBytes: ${batch.preferredMaxBytes ?? '512 KB'}
      Organizations: [${organisation('OrdererMSP', directory, [`OrdererEndpoints: ['${endpoint}']`])}]
      Policies: {${policies({ ...meta, BlockValidation: 'ANY Writers' }, 'ImplicitMeta')}}
      Capabilities: {V2_0: true}
    Application:
      Organizations: [${organisations.join(', ')}]
      Policies: {${policies({ ...meta, ...endorsement }, 'ImplicitMeta')}}
      Capabilities: {V2_5: true}
      ACLs: {${rules.join(', ')}}
`;
}

function organisation(mspId: string, directory: string, extra: readonly string[]): string {
    const rules = {
        Readers: `OR('${mspId}.admin','${mspId}.peer','${mspId}.client')`,
        Writers: `OR('${mspId}.admin','${mspId}.client','${mspId}.orderer')`,
        Admins: `OR('${mspId}.admin')`,
        Endorsement: `OR('${mspId}.peer')`,
    };
    const fields = [
        `Name: ${mspId}`,
        `ID: ${mspId}`,
        `MSPDir: ${directory}/${mspId}/msp`,
        `Policies: {${policies(rules, 'Signature')}}`,
        ...extra,
    ];
    return `{${fields.join(', ')}}`;
}

function policies(rules: Readonly<Record<string, string>>, type: string): string {
    return Object.entries(rules)
        .map(([name, rule]) => `${name}: {Type: ${type}, Rule: "${rule}"}`)
        .join(', ');
}
