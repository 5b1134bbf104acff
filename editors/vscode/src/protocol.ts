/**
 * Requests beyond the protocol, as docs/protocol.md of the server describes them. A server says in
 * `capabilities.experimental.glossary_ls` which of them it answers; without it, everything that needs them does
 * without.
 */

import type { CancellationToken, Position as CodePosition, Range as CodeRange, Uri } from 'vscode';
import type { LanguageClient, Position, Range } from 'vscode-languageclient/node';

/** The server's word that terms may be others now; only to clients that ask for it. */
export const CHANGED = 'glossary_ls/changed';

/** What is in force for a document. */
export interface Status {
  readonly terms: number;
  readonly glossaries: readonly { readonly name: string; readonly uri?: string; readonly terms: number }[];
}

/** Whose entry a term is; `document` has none, because only the document itself spells the term out. */
export type Kind = 'workspace' | 'user' | 'builtIn' | 'document';

/** What every answer says about a term. */
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

/** A row of a list of terms. */
export interface TermRow extends Entry {
  readonly aliases: readonly string[];
  readonly uses?: number;
}

/** A term that a document mentions: how often, and the first places. */
export interface DocumentTerm extends TermRow {
  readonly count: number;
  readonly ranges: readonly Range[];
}

/** One sense of a term with everything that is known about it; texts are Markdown, names are not. */
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

/** A place that uses a term, and its line. */
export interface Use {
  readonly uri: string;
  readonly range: Range;
  readonly text: string;
}

/** A name and its senses, the best first. */
export interface Term {
  readonly name: string;
  readonly senses: readonly Sense[];
  readonly uses?: readonly Use[];
}

/** A stretch of a line that a document's terms colour. */
export interface Token {
  readonly range: Range;
  readonly kind: 'known' | 'deprecated' | 'unknown';
  readonly first: boolean;
}

/** Which term is meant; `uri` is a document, or a glossary, from which the name is looked up. */
export interface TermName {
  readonly name: string;
  readonly uri?: string;
}

/** Ask what is in force for a document; undefined when the server does not tell. */
export function askStatus(client: LanguageClient, uri: Uri): Promise<Status | undefined> {
  return ask(client, 'status', { uri: client.code2ProtocolConverter.asUri(uri) });
}

/** Ask for the terms in force: all in alphabetical order, or those of a query, the closest first. */
export function askTerms(
  client: LanguageClient,
  params: { readonly query: string; readonly uses?: boolean },
  token?: CancellationToken,
): Promise<TermRow[] | undefined> {
  return ask(client, 'terms', params, token);
}

/** Ask for all senses of a term, and where the one with a number is used. */
export function askTerm(
  client: LanguageClient,
  params: TermName & { readonly uses?: boolean; readonly sense?: number },
  token?: CancellationToken,
): Promise<Term | undefined> {
  return ask(client, 'term', params, token);
}

/** Ask which terms an open document, or a place of it, mentions; undefined when the server does not look at it. */
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

/** Ask for the semantic tokens in a part of an open document. */
export function askTokens(client: LanguageClient, uri: Uri, visible: CodeRange): Promise<Token[] | undefined> {
  const toServer = client.code2ProtocolConverter;
  return ask(client, 'tokens', { uri: toServer.asUri(uri), range: toServer.asRange(visible) });
}

/** Return from where the name of a term leads to this very term: its own glossary, if that is of a workspace. */
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
    // A token that is undefined would be sent as a parameter.
    const answer = token
      ? client.sendRequest<Answer | null>(method, params, token)
      : client.sendRequest<Answer | null>(method, params);
    return (await answer) ?? undefined;
  } catch {
    // The server may be ending, or nobody waits for the answer any more; the next change asks again.
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
