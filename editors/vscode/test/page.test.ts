import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Guide, Sense, Term, Use } from '../src/protocol';
import { guidePage, notice, page, type Page, type Uses } from '../src/view/page';

const SENSE: Sense = {
  name: 'SLO',
  expansion: 'Service Level Objective',
  summary: 'target',
  definition: 'A **target**.',
  aliases: [
    { name: 'objective', kind: 'synonym' },
    { name: 'goal', kind: 'avoid' },
  ],
  facts: ['It is `agreed`.'],
  examples: ['99.9 %'],
  topics: ['reliability'],
  related: ['SLI'],
  contrasts: [{ term: 'SLA', difference: 'An SLA is *signed*.' }],
  questions: [{ question: 'Who sets it?', answer: 'The owner.' }],
  status: 'active',
  replacedBy: '',
  owner: 'Ops',
  reviewed: '2026-01-01',
  source: 'The book',
  url: 'https://example.com/slo',
  glossary: 'Team',
  kind: 'workspace',
  uri: 'file:///ws/glossary.yaml',
  line: 4,
  range: null,
  markdown: '',
};

const AT = { start: { line: 2, character: 4 }, end: { line: 2, character: 7 } };
const USE: Use = { uri: 'file:///ws/a.md', range: AT, text: 'The SLO <b>holds</b>' };

function build(sense: Partial<Sense>, uses: Uses = [[]]): Page {
  const term: Term = { name: sense.name ?? 'SLO', senses: [{ ...SENSE, ...sense }] };
  return page(term, { name: 'SLO', uri: 'file:///ws/a.md' }, uses, (uri) => uri.replace('file:///ws/', ''));
}

function button(built: Page, label: string): unknown {
  const found = new RegExp(`data-target="(\\d+)">${label}</button>`).exec(built.html);
  assert.ok(found, `a button ${label} in ${built.html}`);
  return built.targets[Number(found[1])];
}

void test('the page shows the full entry', () => {
  const { html } = build({});
  for (const part of [
    '<h1 tabindex="-1">SLO</h1>',
    'Service Level Objective',
    'A <strong>target</strong>.',
    'It is <code>agreed</code>.',
    '99.9 %',
    'An SLA is <em>signed</em>.',
    'Who sets it?',
    'The owner.',
    'objective',
    'goal',
    'reliability',
    'Ops',
    '2026-01-01',
    'The book · <a href="https://example.com/slo">',
    'Team',
    'None.',
  ]) {
    assert.ok(html.includes(part), part);
  }
});

void test('buttons lead to other terms, to the entry and to the uses', () => {
  const built = build({}, [[USE]]);
  const origin = 'file:///ws/a.md';
  assert.deepEqual(button(built, 'SLA'), { term: { name: 'SLA', uri: origin } });
  assert.deepEqual(button(built, 'SLI'), { term: { name: 'SLI', uri: origin } });
  assert.deepEqual(button(built, 'Open entry'), { entry: SENSE });
  const line = '<span class="line">3</span><span>The SLO &lt;b&gt;holds&lt;/b&gt;</span>';
  assert.deepEqual(button(built, line), { use: USE });
  assert.ok(built.html.includes('<h3>a.md</h3>'));
});

void test('uses in glossaries are listed separately from uses in documents', () => {
  const { html } = build({}, [[{ ...USE, uri: 'file:///ws/glossary.yaml' }]]);
  assert.match(html, /Uses in the workspace<\/h2><p class="quiet">None.*Uses in glossaries.*glossary\.yaml/s);
});

void test('a deprecated term names its replacement', () => {
  const built = build({ status: 'deprecated', replacedBy: 'SLX' });
  assert.match(built.html, /<strong>Deprecated\.<\/strong> Use .*SLX/);
});

void test('each sense has its own section, and pending uses are shown as being searched', () => {
  const term: Term = { name: 'SLO', senses: [SENSE, { ...SENSE, expansion: 'Second Look' }] };
  const { html } = page(term, { name: 'SLO' }, [undefined, []], (uri) => uri);
  assert.match(html, /Meaning 1 of 2.*Searching.*Meaning 2 of 2.*None\./s);
});

void test('a button keeps its index when uses of earlier senses are added', () => {
  const second = { ...SENSE, expansion: 'Second Look', related: ['the last'] };
  const term: Term = { name: 'SLO', senses: [SENSE, second] };
  const number = (uses: Uses): string | undefined =>
    /data-target="(\d+)">the last</.exec(page(term, { name: 'SLO' }, uses, (uri) => uri).html)?.[1];
  assert.ok(number([]));
  assert.equal(number([[USE, USE], [USE]]), number([]));
});

void test('answers, facts and comparisons keep their lists and paragraphs', () => {
  const source = 'It depends:\n\n- on **load**\n- on money\n\nAsk first.';
  const rendered = '<p>It depends:</p>\n<ul>\n<li>on <strong>load</strong></li>\n<li>on money</li>\n</ul>\n<p>Ask first.</p>';
  const { html } = build({
    facts: [source],
    examples: [source],
    contrasts: [{ term: 'SLA', difference: source }],
    questions: [{ question: 'How *many*?', answer: source }],
  });
  assert.equal(html.split(rendered).length - 1, 4);
  assert.ok(html.includes('<dt>How <em>many</em>?</dt>'));
});

const GUIDE: Guide = {
  glossary: 'Team',
  kind: 'workspace',
  uri: 'file:///ws/glossary.yaml',
  title: 'Start here',
  text: 'Read *SLO*, not *this* or *an **SLO***.',
  points: ['**First.** See *error budget*.'],
  comparisons: [{ term: 'SLO', other: 'SLB', difference: 'Another *SLO*.\n\n- one' }],
};

void test('a guide links the terms that it emphasizes, and lists the comparisons', () => {
  const built = guidePage([GUIDE], new Set(['slo', 'error budget']));
  const origin = 'file:///ws/glossary.yaml';
  for (const part of ['<h1 tabindex="-1">Start here</h1>', '<em>this</em>', '<em>an <strong>SLO</strong></em>']) {
    assert.ok(built.html.includes(part), part);
  }
  assert.match(built.html, /<dt><button[^>]*>SLO<\/button> or SLB<\/dt><dd><p>Another <button/);
  assert.deepEqual(built.targets[0], { term: { name: 'SLO', uri: origin } });
  assert.deepEqual(button(built, 'error budget'), { term: { name: 'error budget', uri: origin } });
  const numbers = [...built.html.matchAll(/data-target="(\d+)"/g)].map(([, number]) => Number(number));
  assert.deepEqual(numbers, [...built.targets.keys()]);
});

void test('several guides are on one page, each with its glossary', () => {
  const pack: Guide = { ...GUIDE, glossary: 'A pack', kind: 'builtIn', title: '', text: '', points: [] };
  const built = guidePage([GUIDE, pack], new Set(['slo']));
  assert.match(built.html, /<h1 tabindex="-1">Guides and comparisons.*Team.*Start here.*A pack.*Comparisons/s);
  assert.deepEqual(built.targets.at(-1), { term: { name: 'SLO' } });
});

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  '![x](https://example.com/track.png)',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt&#58;alert(1))',
  '[x](command:workbench.action.quit)',
  '[x](vscode://some.extension/do)',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](file:///etc/passwd)',
  '[x]: javascript:alert(1)\n\n[x]',
  '<javascript:alert(1)>',
  '[x](https://example.com "a\\" onclick=\\"alert(1)")',
  '```"><script>alert(1)</script>\n</code><script>alert(1)</script>\n```',
];

for (const text of HOSTILE) {
  void test(`is harmless in every field: ${text}`, () => {
    const names = { name: text, expansion: text, owner: text, reviewed: text, source: text, url: text };
    const lists = { facts: [text], examples: [text], topics: [text], related: [text], replacedBy: text };
    const built = build(
      {
        ...names,
        ...lists,
        glossary: text,
        definition: text,
        status: 'deprecated',
        aliases: [{ name: text, kind: 'synonym' }],
        contrasts: [{ term: text, difference: text }],
        questions: [{ question: text, answer: text }],
      },
      [[{ ...USE, uri: text, text }]],
    );
    const guide: Guide = {
      ...GUIDE,
      glossary: text,
      title: text,
      text,
      points: [text, `*${text}*`],
      comparisons: [{ term: text, other: text, difference: text }],
    };
    const guides = [guidePage([guide], new Set([text.toLowerCase()])), guidePage([guide, guide], new Set())];
    for (const { html } of [built, notice(text, text), ...guides]) {
      const tags = [...html.matchAll(/<\/?([a-z0-9]+)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*>/g)];
      // Every opening bracket belongs to one of our own tags.
      assert.equal(html.split('<').length - 1, tags.length);
      for (const [, name = '', attributes = ''] of tags) {
        assert.doesNotMatch(name, /^(script|img|svg|iframe|object|style|link|form|base|meta)$/);
        for (const [, attribute = '', value = ''] of attributes.matchAll(/\s([\w-]+)="([^"]*)"/g)) {
          assert.match(attribute, /^(class|title|href|type|role|tabindex|aria-label|data-target)$/);
          assert.match(attribute === 'href' ? value : 'https:', /^(https?|mailto):/);
        }
      }
    }
  });
}
