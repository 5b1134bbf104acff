/**
 * Renders the Markdown of glossaries, which is not trusted: without HTML and images, and with links to the web or to
 * mail only. Independent of the editor and the server.
 */

import MarkdownIt from 'markdown-it';

/** The addresses that a link may have. */
export const WEB = /^(?:https?|mailto):/i;

/** Returns a link to a term as HTML, given its name as written, or undefined if there is no such term. */
export type TermLink = (name: string) => string | undefined;

const markdown = new MarkdownIt('default', { html: false, linkify: false, typographer: false });
markdown.disable('image');
markdown.validateLink = (url: string) => WEB.test(url);
// The page has its own headings.
for (const rule of ['heading_open', 'heading_close']) {
  markdown.renderer.rules[rule] = (tokens, index) => (tokens[index]?.nesting === 1 ? '<h4>' : '</h4>');
}
// An emphasized name of a term becomes a link, where the caller has links.
markdown.renderer.rules.em_open = (tokens, index, _options, env) => {
  const [name, end] = [tokens[index + 1], tokens[index + 2]];
  const link = name?.type === 'text' && end?.type === 'em_close' ? linkIn(env)?.(name.content) : undefined;
  if (link === undefined || !name || !end) {
    return '<em>';
  }
  name.content = '';
  end.hidden = true;
  return link;
};
markdown.renderer.rules.em_close = (tokens, index) => (tokens[index]?.hidden === true ? '' : '</em>');

function linkIn(env: unknown): TermLink | undefined {
  return (env as { readonly link?: TermLink } | undefined)?.link;
}

/** Escape a text for HTML content and attributes. */
export function text(value: string): string {
  const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return value.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);
}

/** Render a text of one line. */
export function inline(source: string): string {
  return markdown.renderInline(source);
}

/** Render a text with its paragraphs and lists; a single paragraph has no tag of its own. */
export function block(source: string, link?: TermLink): string {
  const env = { link };
  const tokens = markdown.parse(source, env);
  const [first, content] = tokens;
  return tokens.length === 3 && first?.type === 'paragraph_open' && content
    ? markdown.renderer.render([content], markdown.options, env)
    : markdown.renderer.render(tokens, markdown.options, env);
}

/** Render a text in which each paragraph has its tag. */
export function paragraphs(source: string, link?: TermLink): string {
  return markdown.render(source, { link });
}
