/** Hovers with links to the panel. Only these links are trusted; the text of the server is not. */

import * as vscode from 'vscode';
import type { Hover, LanguageClient } from 'vscode-languageclient/node';
import type { Explained } from './protocol';
import { divided, LINKED, linksOf } from './view/links';

/** Request a hover, and add links to what it explains, where they are seen without scrolling. */
export async function hoverWithLinks(
  client: LanguageClient,
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.Hover | undefined> {
  const params = client.code2ProtocolConverter.asTextDocumentPositionParams(document, position);
  let answer: (Hover & { readonly glossary_ls?: Explained }) | null;
  try {
    answer = await client.sendRequest<typeof answer>('textDocument/hover', params, token);
  } catch {
    // The request was canceled, or the server is stopping.
    return undefined;
  }
  const hover = client.protocol2CodeConverter.asHover(answer) ?? undefined;
  const [text] = hover?.contents ?? [];
  if (hover && answer?.glossary_ls && text instanceof vscode.MarkdownString) {
    const links = new vscode.MarkdownString(linksOf(answer.glossary_ls));
    links.isTrusted = { enabledCommands: [LINKED] };
    const [lead, rest] = divided(text.value, answer.glossary_ls.related.length > 0);
    text.value = lead;
    hover.contents.push(links, ...(rest ? [new vscode.MarkdownString(rest)] : []));
  }
  return hover;
}
