// SPDX-License-Identifier: Apache-2.0
// Rules for code that several organisations execute and have to agree on, byte for byte. No published tool checks
// TypeScript chaincode for them.

const clocks = new Set(['Date', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask']);
const randomness = /^(random|generateKey|getRandomValues|webcrypto)/;
const integerMath = new Set(['floor', 'ceil', 'min', 'max', 'abs', 'sign', 'trunc']);
const localeMethods = /^(toLocale.*|localeCompare|normalize)$/;
/** What chaincode may import of Node: hashing and signatures, and the loading of the shim's own parts. */
const modulesAllowed = new Set(['node:crypto', 'node:module']);
const timerModules = new Set(['timers', 'perf_hooks']);

/** A rule that reports `message` on every node the visitor hands to `report`. */
function rule(message, visitor) {
    return {
        meta: { type: 'problem', messages: { found: message }, schema: [] },
        create: (context) => visitor((node) => context.report({ node, messageId: 'found' }), context),
    };
}

/** Reports uses of global names, but not properties or declarations that happen to be called so. */
function onGlobal(names, report, context) {
    return {
        'Program:exit'(program) {
            const scope = context.sourceCode.getScope(program);
            const ofGlobals = scope.set ? [...scope.set.values()].filter(({ defs }) => defs.length === 0) : [];
            const references = [...scope.through, ...ofGlobals.flatMap((variable) => variable.references)];
            for (const { identifier, isTypeReference } of references) {
                if (isTypeReference !== true && names.has(identifier.name)) report(identifier);
            }
        },
    };
}

function propertyOf(node) {
    if (node.computed) return node.property.type === 'Literal' ? String(node.property.value) : undefined;
    return node.property.name;
}

export const rules = {
    'no-clock': rule('Each endorser has its own clock. Take the time from the transaction.', (report, context) =>
        onGlobal(clocks, report, context),
    ),
    'no-randomness': rule(
        'Each endorser would draw another number. Take ids and nonces from the command.',
        (report) => ({
            MemberExpression: (node) => {
                const isMath = node.object.type === 'Identifier' && node.object.name === 'Math';
                const name = propertyOf(node) ?? '';
                if (isMath ? name === 'random' : /crypto/i.test(node.object.name ?? '') && randomness.test(name))
                    report(node);
            },
            ImportSpecifier: (node) => {
                const source = node.parent.source.value;
                if (/^(node:)?crypto$/.test(source) && randomness.test(node.imported.name)) report(node);
            },
        }),
    ),
    'no-locale': rule('Locale and ICU data differ between machines. Compare code units.', (report, context) => ({
        MemberExpression: (node) => {
            if (localeMethods.test(propertyOf(node) ?? '')) report(node);
        },
        ...onGlobal(new Set(['Intl']), report, context),
    })),
    'no-environment': rule(
        'Environment, files, network and processes differ between machines. Pass values in from main.ts.',
        (report, context) => ({
            ImportDeclaration: (node) => {
                const name = node.source.value;
                const isNode = name.startsWith('node:') && !modulesAllowed.has(name);
                if (isNode || timerModules.has(name) || bareNodeModules.has(name)) report(node);
            },
            ImportExpression: (node) => report(node),
            ...onGlobal(new Set(['process', 'fetch', 'navigator', 'WebSocket']), report, context),
        }),
    ),
    'no-float-math': rule('Floating point differs between engines. Calculate with bigint.', (report) => ({
        MemberExpression: (node) => {
            const isMath = node.object.type === 'Identifier' && node.object.name === 'Math';
            const name = propertyOf(node) ?? '';
            if (isMath && name !== 'random' && !integerMath.has(name)) report(node);
        },
        CallExpression: (node) => {
            if (node.callee.type === 'Identifier' && node.callee.name === 'parseFloat') report(node);
        },
        Literal: (node) => {
            if (typeof node.value === 'number' && !Number.isInteger(node.value)) report(node);
        },
    })),
    'no-for-in': rule(
        'The order of for…in depends on how the object was built. Use Object.entries and sort.',
        (report) => ({
            ForInStatement: (node) => report(node),
        }),
    ),
    'no-module-state': rule('Concurrent transactions share the module. Keep state in the context.', (report) => ({
        'Program > VariableDeclaration[kind!="const"]': (node) => report(node),
        'Program > ExportNamedDeclaration > VariableDeclaration[kind!="const"]': (node) => report(node),
        'PropertyDefinition[static=true][readonly!=true]': (node) => report(node),
    })),
    'no-json-stringify': rule('Key order is insertion order. Use canonicalJson.', (report) => ({
        MemberExpression: (node) => {
            const isJson = node.object.type === 'Identifier' && node.object.name === 'JSON';
            if (isJson && propertyOf(node) === 'stringify') report(node);
        },
    })),
};

const bareNodeModules = new Set([
    'fs',
    'net',
    'http',
    'https',
    'dns',
    'os',
    'child_process',
    'worker_threads',
    'process',
]);

/** A part of an ESLint configuration: spread it into one that names the files. */
export const determinism = {
    plugins: { chaincode: { rules } },
    rules: {
        ...Object.fromEntries(Object.keys(rules).map((name) => [`chaincode/${name}`, 'error'])),
        '@typescript-eslint/no-floating-promises': 'error',
        '@typescript-eslint/require-array-sort-compare': 'error',
    },
};
