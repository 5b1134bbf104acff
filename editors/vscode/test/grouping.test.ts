import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TermRow } from '../src/protocol';
import { grouped } from '../src/view/grouping';

function row(name: string, ...topics: string[]): TermRow {
  const place = { glossary: 'Team', kind: 'workspace', uri: 'file:///g.yaml', line: 0 } as const;
  return { name, expansion: '', summary: '', aliases: [], topics, status: 'active', ...place };
}

function shape(...args: Parameters<typeof grouped>): [string, string[]][] {
  return grouped(...args).map(({ label, rows }) => [label, rows.map(({ name }) => name)]);
}

void test('a term is in the group of each of its topics once, and terms without a topic come last', () => {
  const rows = [row('a', 'Zoo', 'apes'), row('b'), row('c', 'Zoo', 'Zoo')];
  assert.deepEqual(shape(rows, 'topic'), [
    ['apes', ['a']],
    ['Zoo', ['a', 'c']],
    ['No topic', ['b']],
  ]);
});

void test('glossaries of the team come first, and its terms come first in a topic', () => {
  const builtIn = { glossary: 'A pack', kind: 'builtIn', uri: 'file:///pack.yaml' } as const;
  const rows: TermRow[] = [
    { ...row('a', 'x'), ...builtIn },
    { ...row('b', 'x'), glossary: 'Other', uri: 'file:///o.yaml' },
    row('c', 'x'),
    { ...row('d'), kind: 'user', glossary: 'Mine', uri: 'file:///mine.yaml' },
    { ...row('e'), uri: null },
  ];
  assert.deepEqual(shape(rows, 'glossary'), [
    ['Other', ['b']],
    ['Team', ['c']],
    ['Mine', ['d']],
    ['A pack', ['a']],
    ['No glossary', ['e']],
  ]);
  assert.deepEqual(shape(rows, 'topic'), [
    ['x', ['b', 'c', 'a']],
    ['No topic', ['e', 'd']],
  ]);
});

void test('glossaries with the same name are different groups', () => {
  const groups = grouped([row('a'), { ...row('b'), uri: 'file:///other.yaml' }], 'glossary');
  assert.deepEqual(groups.map(({ key }) => key), ['file:///g.yaml', 'file:///other.yaml']);
});

void test('letters ignore accents and case, and other characters come last', () => {
  const rows = ['42', 'apex', 'Étage', 'eve', 'øre', 'Ж', '🚀'].map((name) => row(name));
  assert.deepEqual(shape(rows, 'letter'), [
    ['A', ['apex']],
    ['E', ['Étage', 'eve']],
    ['Ø', ['øre']],
    ['Ж', ['Ж']],
    ['#', ['42', '🚀']],
  ]);
});

void test('names of built-in properties are ordinary names', () => {
  assert.deepEqual(shape([row('a', '__proto__'), row('b', 'constructor')], 'topic'), [
    ['__proto__', ['a']],
    ['constructor', ['b']],
  ]);
});

void test('no terms have no groups', () => {
  assert.deepEqual(shape([], 'topic'), []);
});
