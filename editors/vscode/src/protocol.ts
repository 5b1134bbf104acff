/**
 * Requests beyond the protocol. A server says in `capabilities.experimental.glossary_ls` which of them it
 * answers; without it, everything that needs them does without.
 */

import type { Uri } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';

/** What is in force for a document. */
export interface Status {
  readonly terms: number;
  readonly glossaries: readonly { readonly name: string; readonly uri?: string; readonly terms: number }[];
}

/** Ask what is in force for a document; undefined when the server does not tell. */
export async function askStatus(client: LanguageClient, uri: Uri): Promise<Status | undefined> {
  if (!offers(client, 'status')) {
    return undefined;
  }
  const textDocument = { uri: client.code2ProtocolConverter.asUri(uri) };
  try {
    return (await client.sendRequest<Status | null>('glossary_ls/status', { textDocument })) ?? undefined;
  } catch {
    // The server may be ending; the next change asks again.
    return undefined;
  }
}

function offers(client: LanguageClient, name: string): boolean {
  const experimental = client.initializeResult?.capabilities.experimental as
    | { readonly glossary_ls?: Readonly<Record<string, unknown>> }
    | undefined;
  return experimental?.glossary_ls?.[name] === true;
}
