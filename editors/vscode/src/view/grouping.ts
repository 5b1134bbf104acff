/** Groups terms by glossary, by topic or by letter. Independent of the editor and the server. */

import type { Kind, TermRow } from '../protocol';

export const GROUPINGS = ['glossary', 'topic', 'letter'] as const;

export type Grouping = (typeof GROUPINGS)[number];

/** A group of terms: its label, and the terms in order. Groups of the same grouping have different keys. */
export interface Group {
  readonly key: string;
  readonly label: string;
  readonly rows: readonly TermRow[];
}

/** The groups for terms without a place, for terms without a topic, and for those that do not begin with a letter. */
export const REST = { glossary: 'No glossary', topic: 'No topic', letter: '#' } as const;

/** The order of the origins of terms: what the team explains itself comes first. */
const NEAREST: readonly Kind[] = ['document', 'workspace', 'user', 'builtIn'];

/** Return the groups in display order. A term with several topics is in each of their groups. */
export function grouped(rows: readonly TermRow[], grouping: Grouping): Group[] {
  const groups = new Map<string, { label: string; rows: TermRow[] }>();
  const rest: TermRow[] = [];
  for (const row of grouping === 'letter' ? rows : nearestFirst(rows)) {
    const found = keysOf(row, grouping);
    for (const [key, label] of found) {
      const group = groups.get(key);
      if (group) {
        group.rows.push(row);
      } else {
        groups.set(key, { label, rows: [row] });
      }
    }
    if (found.size === 0) {
      rest.push(row);
    }
  }
  const order = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });
  const found = [...groups].map(([key, group]) => ({ key, ...group }));
  found.sort((a, b) => (grouping === 'glossary' ? distance(a) - distance(b) : 0) || order.compare(a.label, b.label));
  return rest.length === 0 ? found : [...found, { key: '', label: REST[grouping], rows: rest }];
}

/** Return the terms of the workspace, those of the user and the built-in ones, each in the given order. */
function nearestFirst(rows: readonly TermRow[]): TermRow[] {
  return [...rows].sort((a, b) => NEAREST.indexOf(a.kind) - NEAREST.indexOf(b.kind));
}

function distance({ rows: [first] }: { readonly rows: readonly TermRow[] }): number {
  return first ? NEAREST.indexOf(first.kind) : NEAREST.length;
}

/** Return the keys of the groups of a term, with their labels. */
function keysOf(row: TermRow, grouping: Grouping): Map<string, string> {
  switch (grouping) {
    case 'glossary':
      return new Map(row.uri === null ? [] : [[row.uri, row.glossary]]);
    case 'topic':
      return new Map(row.topics.map((topic) => [topic, topic]));
    case 'letter':
      return new Map(letters(row.name).map((letter) => [letter, letter]));
  }
}

/** Return the initial letter of a name without accents, if it begins with a letter. */
function letters(name: string): string[] {
  const [first = ''] = name.normalize('NFD');
  return /\p{L}/u.test(first) ? [first.toUpperCase()] : [];
}
