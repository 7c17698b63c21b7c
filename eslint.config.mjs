// SPDX-License-Identifier: Apache-2.0
import eslint from '@eslint/js';
import jest from 'eslint-plugin-jest';
import tseslint from 'typescript-eslint';
import { determinism } from './scripts/lint/determinism.mjs';

const everywhere = {
    complexity: ['error', 12],
    'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
    eqeqeq: 'error',
    '@typescript-eslint/explicit-function-return-type': [
        'error',
        { allowExpressions: true, allowTypedFunctionExpressions: true },
    ],
    '@typescript-eslint/switch-exhaustiveness-check': 'error',
    '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
    '@typescript-eslint/prefer-nullish-coalescing': 'off',
    '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
    '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    '@typescript-eslint/no-unnecessary-type-parameters': 'off',
};

export default tseslint.config(
    {
        ignores: ['**/dist/**', '**/node_modules/**', '**/generated/**', '**/fixtures/**', '.network/**'],
    },
    eslint.configs.recommended,
    {
        files: ['**/*.ts', '**/*.mts'],
        extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
        languageOptions: { parserOptions: { project: './tsconfig.tests.json', tsconfigRootDir: import.meta.dirname } },
        linterOptions: { reportUnusedDisableDirectives: 'error' },
        rules: everywhere,
    },
    {
        // A type-only import erases the decorator metadata that fabric-contract-api reads.
        files: ['chaincode/src/contracts/**'],
        rules: { '@typescript-eslint/consistent-type-imports': 'off' },
    },
    {
        files: ['chaincode/domain/src/**/*.ts', 'chaincode/src/**/*.ts'],
        ignores: ['**/*.test.ts', 'chaincode/src/testing/**', 'chaincode/src/server/**', 'chaincode/src/main.ts'],
        ...determinism,
    },
    {
        files: ['**/*.test.ts', '**/testing/**', 'scripts/scenarios/**', '**/*.bench.ts'],
        ...jest.configs['flat/recommended'],
    },
    {
        files: ['**/*.test.ts', '**/testing/**', 'scripts/scenarios/**', '**/*.bench.ts'],
        rules: {
            ...jest.configs['flat/recommended'].rules,
            'jest/expect-expect': ['error', { assertFunctionNames: ['expect*', 'assert*', 'fc.assert', 'behaves*'] }],
            'jest/no-conditional-expect': 'off',
            'jest/no-export': 'off',
            'max-lines-per-function': 'off',
            complexity: 'off',
            '@typescript-eslint/no-non-null-assertion': 'off',
            '@typescript-eslint/explicit-function-return-type': 'off',
            '@typescript-eslint/no-unsafe-assignment': 'off',
            '@typescript-eslint/no-unsafe-member-access': 'off',
            '@typescript-eslint/no-unsafe-argument': 'off',
            '@typescript-eslint/no-unsafe-call': 'off',
            '@typescript-eslint/no-unsafe-return': 'off',
            '@typescript-eslint/require-await': 'off',
            '@typescript-eslint/unbound-method': 'off',
        },
    },
    {
        files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
        extends: [tseslint.configs.disableTypeChecked],
        languageOptions: {
            globals: {
                console: 'readonly',
                module: 'writable',
                require: 'readonly',
                process: 'readonly',
                Buffer: 'readonly',
                __dirname: 'readonly',
            },
        },
    },
);
