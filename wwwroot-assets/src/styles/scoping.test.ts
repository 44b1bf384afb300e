/// <reference types="vite/client" />
import { describe, expect, it } from 'vitest';

// Class names leak from page to page unless each page keeps to itself: the style sheets of a page's folder `x` speak only of what is inside
// `.x-page`; what several pages use stands in styles/ or shared/ and names no page.

const sheets = Object.entries(import.meta.glob<string>('../**/*.css', { query: '?raw', import: 'default', eager: true }))
    .map(([path, text]) => ({ path: path.replace('../', '').replace('./', 'styles/'), text }));
const common = ['styles', 'shared', 'shell'];
const folder = (path: string) => path.split('/')[0]!;
const pages = sheets.filter(({ path }) => !common.includes(folder(path)));

interface Rule {
    prelude: string;
    /** Preludes of the rules around it, outermost first. */
    around: string[];
}

/** Every rule of a style sheet, nested ones too. */
function rules(text: string): Rule[] {
    const found: Rule[] = [];
    const around: string[] = [];
    let prelude = '';
    for (const piece of text.replace(/\/\*[\s\S]*?\*\//g, '').split(/([{};])/)) {
        if (piece === '{') {
            found.push({ prelude: prelude.trim().replace(/\s+/g, ' '), around: [...around] });
            around.push(prelude.trim());
        } else if (piece === '}') {
            around.pop();
        }

        prelude = piece;
    }

    return found;
}

const selectors = (prelude: string) => prelude.split(/,(?![^(]*\))/).map(selector => selector.trim());
const groups = (prelude: string) => /^@(media|container|supports|layer)\b/.test(prelude);
const speaksOf = (page: string, selector: string) => new RegExp(`^\\.${page}-page(?![\\w-])`).test(selector);

/** Selectors, and global names such as keyframes, of a page's style sheet that reach beyond the page. */
function unscoped(page: string, text: string): string[] {
    const inside = ({ around }: Rule) => around.some(prelude => !groups(prelude));
    return rules(text).flatMap(rule => {
        const { prelude } = rule;
        if (groups(prelude)) return [];
        if (prelude.startsWith('@')) return [prelude];
        return inside(rule) ? [] : selectors(prelude).filter(selector => !speaksOf(page, selector));
    });
}

describe('unscoped', () => {
    it.each([
        ['.grid-page { .cell { color: red; } @media (width > 1px) { .cell, b { color: red; } } }', []],
        ['@media (width > 1px) { .grid-page .cell { color: red; } }', []],
        ['/* .loose {} */ .grid-page:has(.a, .b) { color: red; }', []],
        ['.cell { color: red; }', ['.cell']],
        ['.grid-page .cell, .cell:is(.a, .b) { color: red; }', ['.cell:is(.a, .b)']],
        ['.grid-pages { color: red; } .grid-page-head { color: red; }', ['.grid-pages', '.grid-page-head']],
        ['@media (width > 1px) { p { color: red; } }', ['p']],
        [':root { --line: red; }', [':root']],
        ['.grid-page { @keyframes beat { 50% { opacity: 0; } } }', ['@keyframes beat']],
    ])('of %s', (text, expected) => {
        expect(unscoped('grid', text)).toEqual(expected);
    });
});

describe('style sheets', () => {
    it('are read', () => {
        expect(new Set(pages.map(({ path }) => folder(path)))).toContain('draw');
        for (const { path, text } of sheets) expect(text.length, path).toBeGreaterThan(20);
    });

    it('of a page speak only of what is inside its page class', () => {
        expect(pages.flatMap(({ path, text }) => unscoped(folder(path), text).map(selector => `${path}: ${selector}`))).toEqual([]);
    });

    it('of all pages name none of them', () => {
        const names = [...new Set(pages.map(({ path }) => folder(path)))];
        const named = sheets.filter(sheet => !pages.includes(sheet)).flatMap(({ path, text }) =>
            rules(text).filter(({ prelude }) => names.some(page => new RegExp(`\\.${page}-page(?![\\w-])`).test(prelude))).map(({ prelude }) => `${path}: ${prelude}`));
        expect(named).toEqual([]);
    });
});
