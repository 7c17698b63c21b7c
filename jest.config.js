// One configuration for every workspace: tests run on the TypeScript sources, never on a stale build.
const transform = { '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/tsconfig.tests.json' }] };
const moduleNameMapper = {
    '^@power-currency/domain$': '<rootDir>/chaincode/domain/src/index.ts',
    '^@power-currency/domain/(.*?)(?:\\.js)?$': '<rootDir>/chaincode/domain/src/$1',
    '^@power-currency/engine$': '<rootDir>/network/engine/src/localNetwork/startNetwork.ts',
    '^@power-currency/engine/(.*?)(?:\\.js)?$': '<rootDir>/network/engine/src/$1',
    '^@power-currency/chaincode$': '<rootDir>/chaincode/src/index.ts',
    '^@power-currency/chaincode/testing$': '<rootDir>/chaincode/src/testing/index.ts',
    '^@power-currency/gateway$': '<rootDir>/gateway/src/index.ts',
    // Relative imports carry .js, as nodenext asks; the tests run the .ts beside it.
    '^(\\.{1,2}/(?!.*generated/).*)\\.js$': '$1',
};
const common = {
    rootDir: __dirname,
    testEnvironment: 'node',
    transform,
    moduleNameMapper,
    modulePathIgnorePatterns: ['<rootDir>/.*/dist/', '<rootDir>/\\.network/'],
    testPathIgnorePatterns: ['/node_modules/', '/dist/'],
    // A project cannot set testTimeout: jest reads it from the whole run only.
    setupFilesAfterEnv: ['<rootDir>/scripts/tests/patience.ts'],
};
module.exports = {
    projects: [
        {
            ...common,
            displayName: 'unit',
            testMatch: ['<rootDir>/{chaincode,gateway,network,scripts}/**/*.test.ts'],
            testPathIgnorePatterns: [
                ...common.testPathIgnorePatterns,
                '\\.int\\.test\\.ts$',
                '\\.net\\.test\\.ts$',
                '\\.fabric\\.test\\.ts$',
            ],
        },
        { ...common, displayName: 'integration', testMatch: ['<rootDir>/**/*.int.test.ts'] },
        {
            ...common,
            displayName: 'network',
            testMatch: ['<rootDir>/**/*.net.test.ts'],
            globalSetup: '<rootDir>/scripts/scenarios/testing/shareNetwork.ts',
            globalTeardown: '<rootDir>/scripts/scenarios/testing/removeNetwork.ts',
        },
        { ...common, displayName: 'fabric', testMatch: ['<rootDir>/**/*.fabric.test.ts'] },
    ],
};
