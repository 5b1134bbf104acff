/**
 * Extensions of the protocol, as described in docs/protocol.md of the server. The server lists the requests that it
 * supports in `capabilities.experimental.glossary_ls`. Features degrade if a request is missing.
 */

import type { CancellationToken, Position as CodePosition, Range as CodeRange, Uri } from 'vscode';
import type { LanguageClient, Position, Range } from 'vscode-languageclient/node';

/** Notification that terms may have changed; sent only to clients with the capability. */
export const CHANGED = 'glossary_ls/changed';

/** The active glossaries of a document. */
export interface Status {
  readonly terms: number;
  readonly glossaries: readonly { readonly name: string; readonly uri?: string; readonly terms: number }[];
}

/** The origin of a term. A term of kind `document` has no entry: only the document itself defines it. */
export type Kind = 'workspace' | 'user' | 'builtIn' | 'document';

/** The properties of a term in all responses. */
interface Entry {
  readonly name: string;
  readonly expansion: string;
  readonly summary: string;
  readonly topics: readonly string[];
  readonly status: 'active' | 'draft' | 'deprecated';
  readonly glossary: string;
  readonly kind: Kind;
  readonly uri: string | null;
  readonly line: number | null;
}

/** A term in a list. */
export interface TermRow extends Entry {
  readonly aliases: readonly string[];
  readonly uses?: number;
}

/** A term in a document, with the number of its uses and the ranges of the first ones. */
export interface DocumentTerm extends TermRow {
  readonly count: number;
  readonly ranges: readonly Range[];
}

/** One sense of a term with its full entry. Texts are Markdown, names are plain text. */
export interface Sense extends Entry {
  readonly definition: string;
  readonly aliases: readonly {
    readonly name: string;
    readonly kind: 'abbreviation' | 'synonym' | 'variant' | 'avoid';
  }[];
  readonly facts: readonly string[];
  readonly examples: readonly string[];
  readonly related: readonly string[];
  readonly contrasts: readonly { readonly term: string; readonly difference: string }[];
  readonly questions: readonly { readonly question: string; readonly answer: string }[];
  readonly replacedBy: string;
  readonly owner: string;
  readonly reviewed: string;
  readonly source: string;
  readonly url: string;
  readonly range: Range | null;
  readonly markdown: string;
}

/** The introduction of a glossary, and the comparisons of its terms. Texts are Markdown. */
export interface Guide {
  readonly glossary: string;
  readonly kind: Kind;
  readonly uri: string;
  readonly title: string;
  readonly text: string;
  readonly points: readonly string[];
  readonly comparisons: readonly { readonly term: string; readonly other: string; readonly difference: string }[];
}

/** What a hover says about the term that it explains: its name, where it is looked up, and related terms. */
export interface Explained {
  readonly name: string;
  readonly uri: string;
  readonly related: readonly string[];
}

/** A use of a term, with the text of its line. */
export interface Use {
  readonly uri: string;
  readonly range: Range;
  readonly text: string;
}

/** The source of a guess at what an acronym stands for. */
export interface Origin {
  readonly kind: 'workspace' | 'document' | 'builtIn' | 'none';
  readonly title: string;
  readonly uri: string | null;
  readonly line: number | null;
}

/** An acronym of the workspace that nothing explains, with its first uses and a guess. */
export interface UnknownAcronym {
  readonly name: string;
  readonly count: number;
  readonly documents: number;
  readonly uses: readonly Use[];
  readonly expansion: string;
  readonly origin: Origin;
  readonly entry: string | null;
}

/** A name and its senses, best match first. */
export interface Term {
  readonly name: string;
  readonly senses: readonly Sense[];
  readonly uses?: readonly Use[];
}

/** A semantic token; it does not extend past the end of a line. */
export interface Token {
  readonly range: Range;
  readonly kind: 'known' | 'deprecated' | 'unknown';
  readonly first: boolean;
}

/** A reference to a term: its name, and the document or glossary in which the name is looked up. */
export interface TermName {
  readonly name: string;
  readonly uri?: string;
}

/** Request the active glossaries of a document; undefined if the server does not support it. */
export function askStatus(client: LanguageClient, uri: Uri): Promise<Status | undefined> {
  return ask(client, 'status', { uri: client.code2ProtocolConverter.asUri(uri) });
}

/** Request the available terms: all in alphabetical order, or those matching a query, best match first. */
export function askTerms(
  client: LanguageClient,
  params: { readonly query: string; readonly uses?: boolean; readonly limit?: number },
  token?: CancellationToken,
): Promise<TermRow[] | undefined> {
  return ask(client, 'terms', params, token);
}

/** Request the introductions and the comparisons of the available glossaries. */
export async function askGuides(client: LanguageClient): Promise<readonly Guide[]> {
  const order: readonly Kind[] = ['workspace', 'user', 'builtIn'];
  const found = (await ask<Guide[]>(client, 'guides', {})) ?? [];
  return found.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

/** Request all senses of a term, and the uses of the sense with a given index. */
export function askTerm(
  client: LanguageClient,
  params: TermName & { readonly uses?: boolean; readonly sense?: number },
  token?: CancellationToken,
): Promise<Term | undefined> {
  return ask(client, 'term', params, token);
}

/** Request the terms in an open document, or at a position; undefined if the server does not handle the document. */
export function askDocumentTerms(
  client: LanguageClient,
  uri: Uri,
  at?: CodePosition,
): Promise<DocumentTerm[] | undefined> {
  const toServer = client.code2ProtocolConverter;
  return ask(client, 'documentTerms', {
    uri: toServer.asUri(uri),
    ...(at === undefined ? {} : { position: toServer.asPosition(at) }),
  });
}

/** Request the semantic tokens in a range of an open document. */
export function askTokens(client: LanguageClient, uri: Uri, visible: CodeRange): Promise<Token[] | undefined> {
  const toServer = client.code2ProtocolConverter;
  return ask(client, 'tokens', { uri: toServer.asUri(uri), range: toServer.asRange(visible) });
}

/** Return a reference that resolves to this term: relative to its own glossary, if that is in a workspace. */
export function nameOf(term: Entry): TermName {
  return term.kind === 'workspace' && term.uri !== null ? { name: term.name, uri: term.uri } : { name: term.name };
}

async function ask<Answer>(
  client: LanguageClient,
  name: string,
  params: object,
  token?: CancellationToken,
): Promise<Answer | undefined> {
  if (!offers(client, name)) {
    return undefined;
  }
  try {
    const method = `glossary_ls/${name}`;
    // An undefined token would be sent as a parameter.
    const answer = token
      ? client.sendRequest<Answer | null>(method, params, token)
      : client.sendRequest<Answer | null>(method, params);
    return (await answer) ?? undefined;
  } catch {
    // The server may be stopping, or the request was canceled; the next change sends it again.
    return undefined;
  }
}

function offers(client: LanguageClient, name: string): boolean {
  const experimental = client.initializeResult?.capabilities.experimental as
    | { readonly glossary_ls?: Readonly<Record<string, unknown>> }
    | undefined;
  return experimental?.glossary_ls?.[name] === true;
}

export type { Position, Range };
