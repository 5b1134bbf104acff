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
