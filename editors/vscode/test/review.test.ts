import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UnknownAcronym } from '../src/protocol';
import { describe, expansionOf } from '../src/view/review';

const ROW: UnknownAcronym = {
  name: 'QXZT',
  count: 3,
  documents: 2,
  uses: [],
  expansion: 'Queue Transfer Zone',
  origin: { kind: 'workspace', title: 'c.md', uri: 'file:///c.md', line: 4 },
  entry: null,
};

void test('an acronym is described by its uses, the guess and where that comes from', () => {
  assert.equal(describe(ROW, new Map()), '3 uses · Queue Transfer Zone · from c.md:5');
  const none: UnknownAcronym = { ...ROW, count: 1, expansion: '', origin: { ...ROW.origin, kind: 'none' } };
  assert.equal(describe(none, new Map()), '1 use');
});

void test('what the user has entered takes the place of the guess', () => {
  const edited = new Map([['QXZT', 'Quick Zone']]);
  assert.equal(expansionOf(ROW, edited), 'Quick Zone');
  assert.equal(describe(ROW, edited), '3 uses · Quick Zone');
  assert.equal(describe(ROW, new Map([['QXZT', '']])), '3 uses');
});
