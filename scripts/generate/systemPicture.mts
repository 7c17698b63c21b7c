// SPDX-License-Identifier: Apache-2.0
import { readConsortium } from '../network/consortium.mts';

const width = 960;
const columnWidth = 210;
const columnGap = 20;
const left = 30;
const colours = {
    ink: '#1c2b33',
    faint: '#5b6b73',
    box: '#ffffff',
    member: '#e8f3ec',
    regulator: '#f3ecdf',
    line: '#9db1a5',
};

/** docs/system.svg: the members' table drawn, so that the picture cannot differ from the network. */
export function systemPicture(): string {
    const { organisations } = readConsortium();
    const columns = organisations.map((organisation, index) => {
        const x = left + index * (columnWidth + columnGap);
        const subtitle = organisation.endorses
            ? `endorses · attests as ${organisation.attesterRole ?? ''}`
            : 'reads and checks everything';
        return organisationColumn(x, organisation.title, subtitle, organisation.endorses, index === 0);
    });
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(width)} 500" font-family="system-ui, sans-serif" role="img" aria-label="The system: wallets, the gateway, four organisations and the ordering node">
<rect width="${String(width)}" height="500" fill="#f7faf8"/>
${box(left, 20, 330, 62, 'Grid operators and energy sources', 'ENTSO-E documents, one day, several zones')}
${box(370, 20, 210, 62, 'Wallets', 'sign intents with their own keys')}
${box(600, 20, 330, 62, 'Regulators and auditors', 'read every figure back from a peer of their own')}
${arrow(195, 82, 195, 118)}${arrow(475, 82, 475, 118)}${arrow(765, 118, 765, 82)}
${box(left, 118, 900, 62, 'Gateway and the power command', 'plan · sign · submit to several members in parallel · follow events — it can never spend')}
${organisations.map((_, index) => arrow(left + index * (columnWidth + columnGap) + columnWidth / 2, 180, left + index * (columnWidth + columnGap) + columnWidth / 2, 216)).join('')}
${columns.join('\n')}
${box(left, 426, 900, 54, 'Ordering node: cuts and signs blocks', 'two of three members must have executed a transaction with the same result; every peer checks every block')}
${organisations.map((_, index) => arrow(left + index * (columnWidth + columnGap) + columnWidth / 2, 426, left + index * (columnWidth + columnGap) + columnWidth / 2, 404)).join('')}
</svg>
`;
}

function organisationColumn(x: number, title: string, subtitle: string, endorses: boolean, leads: boolean): string {
    const fill = endorses ? colours.member : colours.regulator;
    const inner = (y: number, name: string, note: string): string =>
        box(x + 12, y, columnWidth - 24, 40, name, note, 12);
    return `<g><rect x="${String(x)}" y="216" width="${String(columnWidth)}" height="188" rx="8" fill="${fill}" stroke="${colours.line}"/>
${text(x + columnWidth / 2, 236, title, 15, 600)}${text(x + columnWidth / 2, 252, subtitle, 11)}
${inner(262, 'Chaincode', 'the rules, TypeScript')}
${inner(308, 'Peer', 'ledger, state, history')}
${inner(354, leads ? 'CA · orderer' : 'CA', 'its own identities')}</g>`;
}

function box(x: number, y: number, w: number, h: number, title: string, note: string, size = 14): string {
    const middle = x + w / 2;
    return `<rect x="${String(x)}" y="${String(y)}" width="${String(w)}" height="${String(h)}" rx="6" fill="${colours.box}" stroke="${colours.line}"/>
${text(middle, y + h / 2 - 4, title, size, 600)}${text(middle, y + h / 2 + 13, note, size - 2)}`;
}

function text(x: number, y: number, content: string, size: number, weight = 400): string {
    const fill = weight > 400 ? colours.ink : colours.faint;
    return `<text x="${String(x)}" y="${String(y)}" font-size="${String(size)}" font-weight="${String(weight)}" fill="${fill}" text-anchor="middle">${content}</text>`;
}

function arrow(x1: number, y1: number, x2: number, y2: number): string {
    const direction = y2 > y1 ? 1 : -1;
    const head = `${String(x2 - 4)},${String(y2 - 7 * direction)} ${String(x2 + 4)},${String(y2 - 7 * direction)} ${String(x2)},${String(y2)}`;
    return `<line x1="${String(x1)}" y1="${String(y1)}" x2="${String(x2)}" y2="${String(y2)}" stroke="${colours.faint}"/><polygon points="${head}" fill="${colours.faint}"/>`;
}
