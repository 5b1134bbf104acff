import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UnknownAcronym } from '../src/protocol';
import { describe, expansionOf, nextStep, sourceOf } from '../src/view/review';

const ROW: UnknownAcronym = {
  name: 'QXZT',
  count: 3,
  documents: 2,
  uses: [],
  expansion: 'Queue Transfer Zone',
  origin: { kind: 'workspace', title: 'c.md', uri: 'file:///c.md', line: 4 },
  entry: null,
};

void test('an acronym is described by the guess and its uses', () => {
  assert.equal(describe(ROW, new Map()), 'Queue Transfer Zone? · 3 uses');
  assert.equal(sourceOf(ROW), 'Guessed from c.md:5');
  const none: UnknownAcronym = { ...ROW, count: 1, expansion: '', origin: { ...ROW.origin, kind: 'none' } };
  assert.equal(describe(none, new Map()), '1 use');
});

void test('what the user has entered takes the place of the guess', () => {
  const edited = new Map([['QXZT', 'Quick Zone']]);
  assert.equal(expansionOf(ROW, edited), 'Quick Zone');
  assert.equal(describe(ROW, edited), 'Quick Zone · 3 uses');
  assert.equal(describe(ROW, new Map([['QXZT', '']])), '3 uses');
});

void test('the next step follows what is checked', () => {
  assert.equal(nextStep(0, 0), '');
  assert.match(nextStep(4, 0), /^4 in this workspace/);
  assert.match(nextStep(4, 3), /^3 of 4 checked/);
});
