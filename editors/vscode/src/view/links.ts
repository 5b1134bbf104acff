/** Links from a hover to the panel, as Markdown. Independent of the editor and the server. */

import type { Explained } from '../protocol';

/** The only command that these links may execute; it takes no other argument than a name of a term. */
export const LINKED = 'glossary-ls.showTerm';

/** Return the links to a term and to related ones. */
export function linksOf({ name, uri, related }: Explained): string {
  const link = (label: string, target: string): string =>
    `[${label}](command:${LINKED}?${argument({ name: target, uri })})`;
  const others = related.map((each) => link(escaped(each), each));
  return [link('Show details', name), ...(others.length === 0 ? [] : [`See also: ${others.join(', ')}`])].join(' · ');
}

/** The lines that end what a hover says about a term, before answers and other terms. */
const END = /^(?:\*Topics?:\*.* · )?\*Glossary:\*.*(?:\n.+)*(?:\n+---\n)?/m;

/** The line of a hover with the names that the links lead to. */
const RELATED = /^\*See also:\* .*\n/m;

/**
 * Divide the Markdown of a hover after the source of the term; the rest is empty if there is none. Related terms are
 * left out of a lead that `hasLinks` to them.
 */
export function divided(markdown: string, hasLinks: boolean): readonly [lead: string, rest: string] {
  const found = END.exec(markdown);
  const end = found ? found.index + found[0].length : markdown.length;
  const lead = markdown.slice(0, end).replace(/\s*---\s*$/, '');
  return [hasLinks ? lead.replace(RELATED, '') : lead, markdown.slice(end).trim()];
}

/** Encode an argument such that it cannot end the address of a link. */
function argument(value: object): string {
  const sign = (found: string): string => `%${found.charCodeAt(0).toString(16)}`;
  return encodeURIComponent(JSON.stringify([value])).replace(/[()'!*~]/g, sign);
}

/** Escape all signs that may have a meaning in Markdown, and line breaks. */
function escaped(name: string): string {
  return name.replace(/\s+/g, ' ').replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
