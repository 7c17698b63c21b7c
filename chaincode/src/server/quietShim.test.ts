// SPDX-License-Identifier: Apache-2.0
import { createRequire } from 'node:module';
import { quietShim } from './quietShim.js';

interface Logger {
    level: string;
    info(message: string): void;
    error(message: string): void;
}

interface Winston {
    createLogger(options: object): Logger;
    readonly format: (transform: (record: object) => object) => () => object;
    readonly transports: { readonly Console: new (options: object) => object };
}

it("the shim's logger formats nothing it does not print", () => {
    quietShim();
    quietShim();
    const winston = createRequire(require.resolve('fabric-shim'))('winston') as Winston;
    const formatted: string[] = [];
    const format = winston.format((record) => {
        formatted.push((record as { message: string }).message);
        return record;
    });
    const silent = new winston.transports.Console({ silent: true });
    const logger = winston.createLogger({ level: 'error', format: format(), transports: [silent] });
    logger.info('dropped');
    logger.error('printed');
    expect(formatted).toEqual(['printed']);
    logger.level = 'info';
    logger.info('printed too');
    expect(formatted).toEqual(['printed', 'printed too']);
    logger.level = 'fatal';
    logger.error('dropped for a level of which the logger knows nothing');
    expect(formatted).toHaveLength(2);
});
