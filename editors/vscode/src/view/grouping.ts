/** Groups terms by topic or by letter. Independent of the editor and the server. */

import type { TermRow } from '../protocol';

export type Grouping = 'topic' | 'letter';

/** A group of terms: its label, and the terms in order. */
export interface Group {
  readonly label: string;
  readonly rows: readonly TermRow[];
}

/** The groups for terms without a topic, and for terms that do not begin with a letter. */
export const REST = { topic: 'No topic', letter: '#' } as const;

/** Return the groups in display order. A term with several topics is in each of their groups. */
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

/** Return the initial letter of a name without accents, if it begins with a letter. */
function letters(name: string): string[] {
  const [first = ''] = name.normalize('NFD');
  return /\p{L}/u.test(first) ? [first.toUpperCase()] : [];
}
