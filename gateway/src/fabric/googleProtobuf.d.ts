// SPDX-License-Identifier: Apache-2.0
// What fabric-protos' declarations need of google-protobuf, which ships none of its own.
declare module 'google-protobuf' {
    export class Message {
        serializeBinary(): Uint8Array;
    }
    export interface BinaryReader {
        getError(): boolean;
    }
    export interface BinaryWriter {
        getResultBuffer(): Uint8Array;
    }
    export interface ExtensionFieldInfo<T> {
        readonly fieldIndex: number;
        readonly value?: T;
    }
    export interface ExtensionFieldBinaryInfo<T> {
        readonly fieldInfo: ExtensionFieldInfo<T>;
    }
    export interface Map<K, V> {
        get(key: K): V | undefined;
        set(key: K, value: V): this;
        forEach(visit: (value: V, key: K) => void): void;
    }
}
declare module 'google-protobuf/google/protobuf/any_pb' {
    export class Any {
        serializeBinary(): Uint8Array;
        setTypeUrl(value: string): Any;
        setValue(value: Uint8Array): Any;
    }
}
declare module 'google-protobuf/google/protobuf/timestamp_pb' {
    export class Timestamp {
        toDate(): Date;
    }
}
