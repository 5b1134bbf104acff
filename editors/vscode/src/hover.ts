/** Hovers with links to the panel. Only these links are trusted; the text of the server is not. */

import * as vscode from 'vscode';
import type { Hover, LanguageClient } from 'vscode-languageclient/node';
import type { Explained } from './protocol';
import { LINKED, linksOf } from './view/links';

/** Request a hover, and add links to what it explains. */
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
  if (hover && answer?.glossary_ls) {
    const links = new vscode.MarkdownString(linksOf(answer.glossary_ls));
    links.isTrusted = { enabledCommands: [LINKED] };
    hover.contents.push(links);
  }
  return hover;
}
