/** Tree items for terms, and the commands of their context menus. */

import * as vscode from 'vscode';
import type { Server } from '../client';
import { askTerm, nameOf, type DocumentTerm, type Kind, type Term, type TermRow } from '../protocol';
import { counted } from '../status';

/** A term in a tree. */
export interface TermNode {
  readonly kind: 'term';
  readonly row: TermRow | DocumentTerm;
}

const ICONS: Record<Kind, string> = {
  workspace: 'book',
  user: 'account',
  builtIn: 'library',
  document: 'file',
};
const ORIGINS: Record<Kind, string> = {
  workspace: 'a workspace glossary',
  user: 'your personal glossary',
  builtIn: 'a built-in glossary',
  document: 'this document',
};

/** The URI scheme of terms, used to color deprecated ones. */
const SCHEME = 'glossary-ls-term';

/** Create the tree item of a term. */
export function termItem(row: TermRow, count: number | undefined, noun: string): vscode.TreeItem {
  const item = new vscode.TreeItem(row.name);
  const state = row.status === 'active' ? '' : row.status;
  const number = count === undefined || count === 0 ? '' : counted(count, noun);
  const meaning = row.expansion || row.summary.charAt(0).toUpperCase() + row.summary.slice(1);
  item.description = [state, number, meaning].filter(Boolean).join(' · ');
  item.iconPath = new vscode.ThemeIcon(row.status === 'deprecated' ? 'circle-slash' : ICONS[row.kind]);
  item.contextValue = row.uri === null || row.kind === 'document' ? 'own' : 'term';
  item.accessibilityInformation = {
    label: [row.name, row.expansion, state, number, `from ${ORIGINS[row.kind]}`].filter(Boolean).join(', '),
  };
  if (row.status === 'deprecated') {
    item.resourceUri = vscode.Uri.from({ scheme: SCHEME, path: '/deprecated', query: row.name });
  }
  return item;
}

/** Add a tooltip to a tree item, if it is a term. */
export async function resolved(
  server: Server,
  item: vscode.TreeItem,
  row: TermRow | undefined,
  token: vscode.CancellationToken,
): Promise<vscode.TreeItem> {
  if (row) {
    item.tooltip = await tooltip(server, row, token);
  }
  return item;
}

/** Return the hover of a term. Text from a glossary is not trusted and not HTML. */
async function tooltip(server: Server, row: TermRow, token: vscode.CancellationToken): Promise<vscode.MarkdownString> {
  const client = server.running;
  const found = client && row.kind !== 'document' ? await askTerm(client, nameOf(row), token) : undefined;
  const sense = found?.senses[senseOf(found, row)];
  const text = new vscode.MarkdownString();
  if (sense) {
    text.appendMarkdown(sense.markdown);
  } else {
    text.appendText([row.name, row.expansion, row.summary].filter(Boolean).join(' — '));
  }
  return text;
}

/** Return the index of the sense that belongs to a row, or 0 if it no longer exists. */
function senseOf({ senses }: Term, row: TermRow): number {
  return Math.max(
    senses.findIndex(({ uri, line }) => uri === row.uri && line === row.line),
    0,
  );
}

/** Show deprecated terms in the color of disabled items. */
export function fadeDeprecated(): vscode.Disposable {
  const decoration = new vscode.FileDecoration();
  decoration.color = new vscode.ThemeColor('disabledForeground');
  decoration.tooltip = 'Deprecated';
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration: (uri) => (uri.scheme === SCHEME ? decoration : undefined),
  });
}

/** Register the commands of the context menu of a term. */
export function registerTermCommands(server: Server): vscode.Disposable {
  const { registerCommand } = vscode.commands;
  return vscode.Disposable.from(
    registerCommand('glossary-ls.openEntry', ({ row }: TermNode) => openEntry(row)),
    registerCommand('glossary-ls.copyTerm', ({ row }: TermNode) => vscode.env.clipboard.writeText(row.name)),
    registerCommand('glossary-ls.findUses', ({ row }: TermNode) => findUses(server, row)),
  );
}

/** Open the entry of a term. */
export async function openEntry({ uri, line }: { uri: string | null; line: number | null }): Promise<void> {
  if (uri !== null) {
    const at = new vscode.Position(line ?? 0, 0);
    await openPlace(vscode.Uri.parse(uri, true), new vscode.Range(at, at), { preserveFocus: false });
  }
}

/** Show a range in a text editor, but not in the column of the panel. */
export async function openPlace(
  uri: vscode.Uri,
  range: vscode.Range,
  { preserveFocus }: { readonly preserveFocus: boolean },
): Promise<void> {
  const used = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors.find(isOfFile);
  const viewColumn = used?.viewColumn ?? vscode.ViewColumn.One;
  try {
    await vscode.window.showTextDocument(uri, { selection: range, preserveFocus, viewColumn });
  } catch {
    void vscode.window.showWarningMessage(`${vscode.workspace.asRelativePath(uri)} could not be opened.`);
  }
}

function isOfFile({ document, viewColumn }: vscode.TextEditor): boolean {
  return viewColumn !== undefined && document.uri.scheme !== 'output';
}

async function findUses(server: Server, row: TermRow): Promise<void> {
  const client = server.running;
  if (!client) {
    return;
  }
  const name = nameOf(row);
  const found = await vscode.window.withProgress(
    { location: { viewId: 'glossary-ls.terms' } },
    async (): Promise<vscode.Location[]> => {
      const term = await askTerm(client, name);
      const sense = term ? senseOf(term, row) : 0;
      const answer = await askTerm(client, { ...name, uses: true, sense });
      return (answer?.uses ?? []).map((use) => client.protocol2CodeConverter.asLocation(use));
    },
  );
  const [first] = found;
  if (first) {
    await vscode.commands.executeCommand('editor.action.showReferences', first.uri, first.range.start, found);
  } else {
    void vscode.window.showInformationMessage(`No document of the workspace uses '${row.name}'.`);
  }
}
