// SPDX-License-Identifier: Apache-2.0
// The one place that loads the X.509 library: its dependency injection needs the metadata polyfill first.
import 'reflect-metadata';
export * from '@peculiar/x509';
