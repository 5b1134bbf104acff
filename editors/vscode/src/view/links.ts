/** Links from a hover to the panel, as Markdown. Independent of the editor and the server. */

import type { Explained } from '../protocol';

/** The only command that these links may execute; it takes no other argument than a name of a term. */
export const LINKED = 'glossary-ls.showTerm';

/** Return the links to a term and to related ones. */
export function linksOf({ name, uri, related }: Explained): string {
  const link = (label: string, target: string): string =>
    `[${label}](command:${LINKED}?${argument({ name: target, uri })})`;
  const others = related.map((each) => link(escaped(each), each));
  return [link('Show details', name), ...(others.length === 0 ? [] : [`Related: ${others.join(', ')}`])].join(' · ');
}

/** The line of a hover that ends what is most important about a term, before the details. */
const SOURCE = /^\*Source:\*.*(?:\n.+)*/m;

/** Divide the Markdown of a hover after the source of the term; the details are empty if there are none. */
export function divided(markdown: string): readonly [lead: string, details: string] {
  const source = SOURCE.exec(markdown);
  const end = source ? source.index + source[0].length : markdown.length;
  return [markdown.slice(0, end), markdown.slice(end).trim()];
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
