/** What the view of unknown acronyms shows of a row. Independent of the editor and the server. */

import type { UnknownAcronym } from '../protocol';

/** Return the expansion of an acronym: what the user has entered, or else the guess. */
export function expansionOf(row: UnknownAcronym, edited: ReadonlyMap<string, string>): string {
  return edited.get(row.name) ?? row.expansion;
}

/** Return what stands behind an acronym: the expansion, with a question mark if it is a guess, and the uses. */
export function describe(row: UnknownAcronym, edited: ReadonlyMap<string, string>): string {
  const expansion = expansionOf(row, edited);
  const uses = row.count === 1 ? '1 use' : `${row.count} uses`;
  return [expansion && !edited.has(row.name) ? `${expansion}?` : expansion, uses].filter(Boolean).join(' · ');
}

/** Return the next step for the user in one line of a view, given how many acronyms are checked; empty without acronyms. */
export function nextStep(total: number, checked: number): string {
  if (total === 0) {
    return '';
  }
  return checked === 0
    ? `${total} in this workspace. Check, then add.`
    : `${checked} of ${total} checked. Add them with +.`;
}

/** Return where a guess comes from; empty if there is no guess. */
export function sourceOf({ origin }: UnknownAcronym): string {
  switch (origin.kind) {
    case 'workspace':
      return `Guessed from ${origin.title}${origin.line === null ? '' : `:${origin.line + 1}`}`;
    case 'document':
      return `Guessed from ${origin.title}`;
    case 'builtIn':
      return `Guessed from the built-in glossary ${origin.title}`;
    case 'none':
      return '';
  }
}
