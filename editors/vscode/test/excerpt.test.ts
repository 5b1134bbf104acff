import assert from 'node:assert/strict';
import { test } from 'node:test';
import { excerpt } from '../src/view/excerpt';

function marked(line: string, start: number, end: number): string {
  const { label, highlights } = excerpt(line, start, end);
  const [[first, last] = [0, 0]] = highlights;
  return `${label.slice(0, first)}[${label.slice(first, last)}]${label.slice(last)}`;
}

void test('a use near the start of a line is shown without the indentation', () => {
  assert.equal(marked('   The SLO holds', 7, 10), 'The [SLO] holds');
});

void test('a use far into a line is shown with what is before it', () => {
  const line = `${'word '.repeat(20)}SLO ${'word '.repeat(40)}`;
  assert.match(marked(line, 100, 103), /^…(?:word )?.*word \[SLO\] word/);
  assert.ok(excerpt(line, 100, 103).label.length <= 161);
});

void test('what is marked ends with the row', () => {
  assert.equal(excerpt('x'.repeat(300), 0, 300).highlights[0]?.[1], 160);
});
