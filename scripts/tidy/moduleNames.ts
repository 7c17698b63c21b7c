// SPDX-License-Identifier: Apache-2.0
import ts from 'typescript';
import { read, resolveSpecifier } from './sources';

/** A name that one file takes from a module; `*` for all of them. */
interface TakenName {
    readonly module: string;
    readonly name: string;
    /** `export * from`: passes everything on and takes nothing itself. */
    readonly isBarrel: boolean;
}

/** What a source file exports and what it takes from other modules. */
export interface ModuleNames {
    readonly file: string;
    readonly exported: readonly string[];
    /** Those of them that are interfaces and type aliases. */
    readonly types: ReadonlySet<string>;
    /** Exported names that the file itself uses too. */
    readonly usedInside: ReadonlySet<string>;
    readonly taken: readonly TakenName[];
}

export function moduleNames(file: string): ModuleNames {
    const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, false);
    const exported = source.statements.flatMap(exportedNames);
    const taken: TakenName[] = [];
    const seen = new Map<string, number>();
    const visit = (node: ts.Node): void => {
        if (ts.isIdentifier(node)) seen.set(node.text, (seen.get(node.text) ?? 0) + 1);
        for (const { specifier, names, isBarrel = false } of takenNames(node)) {
            const module = resolveSpecifier(file, specifier);
            taken.push(...names.map((name) => ({ module, name, isBarrel })));
        }
        ts.forEachChild(node, visit);
    };
    visit(source);
    const types = source.statements.filter(
        (node) => ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node),
    );
    return {
        file,
        exported,
        types: new Set(types.flatMap(exportedNames)),
        usedInside: new Set(exported.filter((name) => (seen.get(name) ?? 0) > 1)),
        taken,
    };
}

function exportedNames(statement: ts.Statement): string[] {
    if (ts.isExportDeclaration(statement)) {
        const { exportClause } = statement;
        return exportClause && ts.isNamedExports(exportClause)
            ? exportClause.elements.map(({ name }) => name.text)
            : [];
    }
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    const has = (kind: ts.SyntaxKind): boolean => modifiers.some((modifier) => modifier.kind === kind);
    if (!has(ts.SyntaxKind.ExportKeyword)) return [];
    if (has(ts.SyntaxKind.DefaultKeyword)) return ['default'];
    if (ts.isVariableStatement(statement)) {
        return statement.declarationList.declarations.flatMap(({ name }) => boundNames(name));
    }
    const { name } = statement as ts.DeclarationStatement;
    return name && ts.isIdentifier(name) ? [name.text] : [];
}

function boundNames(name: ts.BindingName): string[] {
    if (ts.isIdentifier(name)) return [name.text];
    return name.elements.flatMap((element) => (ts.isBindingElement(element) ? boundNames(element.name) : []));
}

interface Taking {
    readonly specifier: string;
    readonly names: readonly string[];
    readonly isBarrel?: boolean;
}

function takenNames(node: ts.Node): Taking[] {
    if (ts.isImportDeclaration(node)) {
        return [{ specifier: textOf(node.moduleSpecifier), names: importedNames(node.importClause) }];
    }
    if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
        const specifier = textOf(node.moduleSpecifier);
        return node.exportClause && ts.isNamedExports(node.exportClause)
            ? [{ specifier, names: node.exportClause.elements.map(originalName) }]
            : [{ specifier, names: ['*'], isBarrel: true }];
    }
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
        return [{ specifier: textOf(node.argument.literal), names: ['*'] }];
    }
    if (ts.isCallExpression(node) && isLoad(node)) {
        return node.arguments.slice(0, 1).map((argument) => ({ specifier: textOf(argument), names: ['*'] }));
    }
    return [];
}

function isLoad({ expression }: ts.CallExpression): boolean {
    const isRequire = ts.isIdentifier(expression) && expression.text === 'require';
    return isRequire || expression.kind === ts.SyntaxKind.ImportKeyword;
}

function importedNames(clause: ts.ImportClause | undefined): string[] {
    if (!clause) return [];
    const bindings = clause.namedBindings;
    return [
        ...(clause.name ? ['default'] : []),
        ...(bindings ? (ts.isNamespaceImport(bindings) ? ['*'] : bindings.elements.map(originalName)) : []),
    ];
}

function originalName({ propertyName, name }: ts.ImportSpecifier | ts.ExportSpecifier): string {
    return (propertyName ?? name).text;
}

function textOf(node: ts.Node): string {
    return ts.isStringLiteralLike(node) ? node.text : '';
}
