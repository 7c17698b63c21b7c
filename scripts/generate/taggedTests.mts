// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { projectDir } from '../network/consortium.mts';

/** A test, or a group of tests, whose title ends with the classes of vulnerability it covers. */
interface TaggedTest {
    readonly file: string;
    readonly title: string;
    readonly classes: readonly string[];
}

const tag = /^(.*\S) \[(V\d+(?: V\d+)*)\]$/s;

/** Every test of the repository with a tag such as `[V51 V82]` at the end of its title. */
export function taggedTests(): readonly TaggedTest[] {
    const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.test.ts'], {
        cwd: projectDir,
    });
    const files = [...new Set(listed.toString().split('\n'))].filter((file) => file !== '').sort();
    return files.flatMap((file) => {
        const text = readFileSync(join(projectDir, file), 'utf8');
        return text.includes('[V') ? testsOf(file, text) : [];
    });
}

function testsOf(file: string, text: string): readonly TaggedTest[] {
    const tests: TaggedTest[] = [];
    const visit = (node: ts.Node, groups: readonly string[]): void => {
        const title = ts.isCallExpression(node) && isTest(node.expression) ? titleOf(node) : undefined;
        if (title?.includes('[V') === true) tests.push(readTitle(file, [...groups, title].join(' › ')));
        const inner = title === undefined ? groups : [...groups, title.replace(tag, '$1')];
        ts.forEachChild(node, (child) => {
            visit(child, inner);
        });
    };
    visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false), []);
    return tests;
}

/** `it`, `test`, `describe`, also with `.each` and its table. */
function isTest(callee: ts.Expression): boolean {
    if (ts.isIdentifier(callee)) return ['it', 'test', 'describe'].includes(callee.text);
    if (ts.isPropertyAccessExpression(callee)) return isTest(callee.expression);
    return (ts.isCallExpression(callee) || ts.isTaggedTemplateExpression(callee)) && isTest(calleeOf(callee));
}

function calleeOf(node: ts.CallExpression | ts.TaggedTemplateExpression): ts.Expression {
    return ts.isCallExpression(node) ? node.expression : node.tag;
}

function titleOf({ arguments: [first] }: ts.CallExpression): string | undefined {
    return first !== undefined && ts.isStringLiteralLike(first) ? first.text : undefined;
}

function readTitle(file: string, text: string): TaggedTest {
    const [, title, classes] = tag.exec(text) ?? [];
    if (title === undefined || classes === undefined) {
        throw new Error(`${file}: "${text}" does not end with classes such as [V51 V82]`);
    }
    return { file, title, classes: classes.split(' ') };
}
