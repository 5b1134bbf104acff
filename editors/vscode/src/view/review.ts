/** What the view of unknown acronyms shows of a row. Independent of the editor and the server. */

import type { UnknownAcronym } from '../protocol';

/** Return the expansion of an acronym: what the user has entered, or else the guess. */
export function expansionOf(row: UnknownAcronym, edited: ReadonlyMap<string, string>): string {
  return edited.get(row.name) ?? row.expansion;
}

/** Return what stands behind an acronym: its uses, the expansion, and the source of a guess. */
export function describe(row: UnknownAcronym, edited: ReadonlyMap<string, string>): string {
  const expansion = expansionOf(row, edited);
  const uses = row.count === 1 ? '1 use' : `${row.count} uses`;
  return [uses, expansion, expansion && !edited.has(row.name) ? sourceOf(row) : ''].filter(Boolean).join(' · ');
}

/** Return where a guess comes from. */
export function sourceOf({ origin }: UnknownAcronym): string {
  switch (origin.kind) {
    case 'workspace':
      return `from ${origin.title}${origin.line === null ? '' : `:${origin.line + 1}`}`;
    case 'document':
      return `from ${origin.title}`;
    case 'builtIn':
      return `from the built-in glossary ${origin.title}`;
    case 'none':
      return '';
  }
}
