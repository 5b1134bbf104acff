/** Terms in groups: by topic, or by letter. Knows neither the editor nor the server. */

import type { TermRow } from '../protocol';

export type Grouping = 'topic' | 'letter';

/** A name for the reader, and the terms in their order. */
export interface Group {
  readonly label: string;
  readonly rows: readonly TermRow[];
}

/** Where the terms without a topic are, and those that begin with no letter. */
export const REST = { topic: 'No topic', letter: '#' } as const;

/** Return the groups in the order in which they are shown; a term of several topics is in each of them. */
export function grouped(rows: readonly TermRow[], grouping: Grouping): Group[] {
  const groups = new Map<string, TermRow[]>();
  const rest: TermRow[] = [];
  for (const row of rows) {
    const keys = new Set(grouping === 'topic' ? row.topics : letters(row.name));
    for (const key of keys) {
      const group = groups.get(key);
      if (group) {
        group.push(row);
      } else {
        groups.set(key, [row]);
      }
    }
    if (keys.size === 0) {
      rest.push(row);
    }
  }
  const order = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });
  const found = [...groups].map(([label, members]) => ({ label, rows: members }));
  found.sort((a, b) => order.compare(a.label, b.label));
  return rest.length === 0 ? found : [...found, { label: REST[grouping], rows: rest }];
}

/** Return the letter under which a name is looked up, if it begins with one. */
function letters(name: string): string[] {
  const [first = ''] = name.normalize('NFD');
  return /\p{L}/u.test(first) ? [first.toUpperCase()] : [];
}
