import assert from 'node:assert/strict';
import { test } from 'node:test';
import MarkdownIt from 'markdown-it';
import { divided, linksOf } from '../src/view/links';

const URI = 'file:///ws/a.md';
const HOSTILE = ['](command:evil) [x', 'a) [b](command:evil', '<b>x</b>', '![i](http://x)', '`', '\\](command:evil)', 'a\n\n# b'];

function targets(markdown: string): string[] {
  const html = new MarkdownIt().renderInline(markdown);
  assert.doesNotMatch(html, /<(?!\/?a[ >])/);
  return [...html.matchAll(/href="([^"]*)"/g)].map(([, address = '']) => address);
}

void test('a hover leads to the term and to related ones', () => {
  const found = linksOf({ name: 'SLO', uri: URI, related: ['SLA', 'error budget'] });
  assert.match(found, /Show details.* · See also: .*SLA.*error budget/);
  const names = targets(found).map((address) => {
    const [command, argument = ''] = address.split('?');
    assert.equal(command, 'command:glossary-ls.showTerm');
    return JSON.parse(decodeURIComponent(argument)) as unknown;
  });
  assert.deepEqual(
    names,
    ['SLO', 'SLA', 'error budget'].map((name) => [{ name, uri: URI }]),
  );
  assert.doesNotMatch(linksOf({ name: 'SLO', uri: URI, related: [] }), /See also/);
});

void test('the links of a hover come after the source and before answers and other terms', () => {
  const lead = '**SLO** — target\n\n*Topic:* Reliability · *Glossary:* Team  \n*Also in:* Other';
  assert.deepEqual(divided(`${lead}\n\n---\n\n**Why?** So.`, false), [lead, '**Why?** So.']);
  assert.deepEqual(divided(lead, false), [lead, '']);
  assert.deepEqual(divided('**SLO** — target', true), ['**SLO** — target', '']);
});

void test('related terms are named once', () => {
  const lead = '**SLO** — target\n\n*See also:* SLA  \n*Glossary:* Team';
  assert.deepEqual(divided(lead, true), ['**SLO** — target\n\n*Glossary:* Team', '']);
  assert.deepEqual(divided(lead, false), [lead, '']);
});

for (const name of HOSTILE) {
  void test(`a name cannot add a link: ${JSON.stringify(name)}`, () => {
    const found = targets(linksOf({ name, uri: `file:///${name}`, related: [name] }));
    assert.equal(found.length, 2);
    for (const address of found) {
      assert.match(address, /^command:glossary-ls\.showTerm\?[^?]*$/);
    }
  });
}
