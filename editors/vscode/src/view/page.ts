/**
 * Renders the pages of the panel, of terms and of guides, as HTML. Content from glossaries is not trusted: names are
 * escaped, and Markdown is rendered by markdown.ts. Independent of the editor and the server. Bundled with the
 * Markdown library and loaded when the first page is shown.
 */

import type { Guide, Sense, Term, TermName, Use } from '../protocol';
import { block, inline, paragraphs, text, WEB, type TermLink } from './markdown';

/** The target of a button. */
export type Target =
  | { readonly term: TermName }
  | { readonly entry: Sense }
  | { readonly use: Use };

/** A page, and the targets of its buttons by index. */
export interface Page {
  readonly html: string;
  readonly targets: readonly Target[];
}

/** The uses of each sense, as far as they have been found. */
export type Uses = readonly (readonly Use[] | undefined)[];

/** Matches glossary files; no document has such a name. */
const GLOSSARY = /\.(?:ya?ml|[ct]sv)$/i;

/** Render the page of a term. `path` returns the display name of a file. */
export function page(term: Term, origin: TermName, uses: Uses, path: (uri: string) => string): Page {
  const targets: Target[] = [];
  const button: Button = (label, target, kind = 'link') => {
    targets.push(target);
    return `<button type="button" class="${kind}" data-target="${targets.length - 1}">${label}</button>`;
  };
  const link: Link = (name) => button(text(name), { term: { ...origin, name } });
  const { senses } = term;
  // Rendered before the uses, so that buttons keep their index, and the focus, when uses are added.
  const intros = senses.map((sense) => [...about(sense, link), facts(sense, link, button)].join(''));
  const parts = senses.map((sense, index) => {
    const body = `${intros[index] ?? ''}${places(uses[index], path, button)}`;
    const count = senses.length > 1 ? `<p class="count">Meaning ${index + 1} of ${senses.length}</p>` : '';
    return `<article aria-label="${text(sense.expansion || sense.name)}">${count}${body}</article>`;
  });
  return { html: `<h1 tabindex="-1">${text(term.name)}</h1>${parts.join('')}`, targets };
}

/** Render a page with a message. */
export function notice(title: string, sentence: string): Page {
  return { html: `<h1 tabindex="-1">${text(title)}</h1><p>${text(sentence)}</p>`, targets: [] };
}

/** Render the introductions of glossaries and their comparisons. `known` are the names that have a page. */
export function guidePage(guides: readonly Guide[], known: ReadonlySet<string>): Page {
  const targets: Target[] = [];
  const [only, ...more] = guides;
  const title = only && more.length === 0 ? only.title || only.glossary : 'Guides and comparisons';
  const articles = guides.map((guide) => {
    // Names are looked up where a glossary of the workspace is in use; others are in use everywhere.
    const origin = guide.kind === 'workspace' ? { uri: guide.uri } : {};
    const link: TermLink = (name) => {
      if (!known.has(name.toLowerCase())) {
        return undefined;
      }
      targets.push({ term: { ...origin, name } });
      return `<button type="button" class="link" data-target="${targets.length - 1}">${text(name)}</button>`;
    };
    return `<article aria-label="${text(guide.glossary)}">${introduction(guide, title, link)}</article>`;
  });
  return { html: `<h1 tabindex="-1">${text(title)}</h1>${articles.join('')}`, targets };
}

function introduction(guide: Guide, title: string, link: TermLink): string {
  const named = (name: string): string => link(name) ?? text(name);
  const own = guide.title && guide.title !== title ? `<p class="title">${text(guide.title)}</p>` : '';
  const lead = guide.text && `<div class="definition">${paragraphs(guide.text, link)}</div>`;
  const points = guide.points.map((point) => `<li>${block(point, link)}</li>`).join('');
  const rows = guide.comparisons.map(({ term, other, difference }): [string, string] => [
    `${named(term)} or ${named(other)}`,
    block(difference, link),
  ]);
  const source = guide.glossary === title ? '' : `<p class="count">${text(guide.glossary)}</p>`;
  return [source, own, lead, points && `<ol>${points}</ol>`, pairs('Comparisons', rows)].join('');
}

type Button = (label: string, target: Target, kind?: string) => string;
type Link = (name: string) => string;

function* about(sense: Sense, link: Link): Generator<string> {
  if (sense.expansion) {
    yield `<p class="expansion">${text(sense.expansion)}</p>`;
  }
  if (sense.status === 'deprecated') {
    const instead = sense.replacedBy ? ` Use ${link(sense.replacedBy)} instead.` : '';
    yield `<p class="status deprecated"><strong>Deprecated.</strong>${instead}</p>`;
  } else if (sense.status === 'draft') {
    yield '<p class="status">Draft. This entry has not been approved yet.</p>';
  }
  if (sense.definition) {
    yield `<div class="definition">${paragraphs(sense.definition)}</div>`;
  } else if (sense.summary) {
    yield `<div class="definition"><p>${text(sense.summary)}</p></div>`;
  }
  yield pairs(
    'Not to be confused with',
    sense.contrasts.map(({ term, difference }) => [link(term), block(difference)]),
  );
  yield bullets('', sense.facts.map(each));
  yield bullets(sense.examples.length === 1 ? 'Example' : 'Examples', sense.examples.map(each));
  yield pairs(
    'Questions',
    sense.questions.map(({ question, answer }) => [inline(question), block(answer)]),
  );
}

/** Render an item of a list. */
function each(source: string): string {
  return block(source);
}

function bullets(title: string, items: readonly string[]): string {
  const list = items.map((item) => `<li>${item}</li>`).join('');
  return items.length === 0 ? '' : `${title && `<h2>${title}</h2>`}<ul>${list}</ul>`;
}

function pairs(title: string, rows: readonly (readonly [string, string])[]): string {
  const list = rows.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('');
  return rows.length === 0 ? '' : `<h2>${title}</h2><dl>${list}</dl>`;
}

function facts(sense: Sense, link: Link, button: Button): string {
  const names = (avoided: boolean): string =>
    sense.aliases
      .filter(({ kind }) => (kind === 'avoid') === avoided)
      .map(({ name }) => text(name))
      .join(', ');
  const entry = sense.uri === null ? '' : button('Open entry', { entry: sense }, 'action');
  const rows: [string, string][] = [
    ['Also called', names(false)],
    ['Avoid', names(true)],
    ['See also', sense.related.map(link).join(', ')],
    [sense.topics.length > 1 ? 'Topics' : 'Topic', sense.topics.map(text).join(', ')],
    ['Replaced by', sense.replacedBy && link(sense.replacedBy)],
    ['Owner', text(sense.owner)],
    ['Reviewed', text(sense.reviewed)],
    ['Glossary', `${text(sense.glossary)} ${entry}`],
    ['Source', source(sense)],
  ];
  const list = rows.filter(([, value]) => value).map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`);
  return `<dl class="facts">${list.join('')}</dl>`;
}

function source({ source: name, url }: Sense): string {
  const address = WEB.test(url) ? `<a href="${text(url)}">${text(url)}</a>` : text(url);
  return [text(name), address].filter(Boolean).join(' · ');
}

function places(uses: readonly Use[] | undefined, path: (uri: string) => string, button: Button): string {
  const title = 'Uses in the workspace';
  if (!uses) {
    return `<h2>${title}</h2><p class="quiet" role="status">Searching…</p>`;
  }
  const inGlossaries = uses.filter(({ uri }) => GLOSSARY.test(uri));
  const inDocuments = uses.filter(({ uri }) => !GLOSSARY.test(uri));
  const found = [
    inDocuments.length === 0 ? `<h2>${title}</h2><p class="quiet">None.</p>` : listed(title, inDocuments, path, button),
    inGlossaries.length === 0 ? '' : listed('Uses in glossaries', inGlossaries, path, button),
  ];
  return found.join('');
}

function listed(title: string, uses: readonly Use[], path: (uri: string) => string, button: Button): string {
  const files = new Map<string, Use[]>();
  for (const use of uses) {
    files.set(use.uri, [...(files.get(use.uri) ?? []), use]);
  }
  const groups = [...files].map(([uri, inFile]) => {
    const rows = inFile.map((use) => {
      const line = `<span class="line">${use.range.start.line + 1}</span>`;
      return `<li>${button(`${line}<span>${text(use.text)}</span>`, { use }, 'use')}</li>`;
    });
    return `<h3>${text(path(uri))}</h3><ul class="uses">${rows.join('')}</ul>`;
  });
  return `<h2>${title} <span class="badge">${uses.length}</span></h2>${groups.join('')}`;
}
