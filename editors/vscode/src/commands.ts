/** The commands of the palette; each asks the server, or says in a sentence why it cannot. */

import * as vscode from 'vscode';
import type { CodeAction, Location, Position, SymbolInformation } from 'vscode-languageclient/node';
import { GLOSSARIES, type Server } from './client';
import { counted } from './status';

const NEW_GLOSSARY = `# The terms of this folder and what is below it.
# A short text without a full stop is what an acronym stands for; any other text is a definition.

SLO: Service Level Objective
`;

/** Register all commands; the result ends them. */
export function registerCommands(server: Server): { dispose(): unknown }[] {
  const { registerCommand } = vscode.commands;
  return [
    registerCommand('glossary-ls.addTerm', () => addTerm(server)),
    registerCommand('glossary-ls.showTerm', () => showTerm(server)),
    registerCommand('glossary-ls.openGlossary', openGlossary),
    registerCommand('glossary-ls.checkWorkspace', () => checkWorkspace(server)),
    registerCommand('glossary-ls.restart', () => server.restart()),
    registerCommand('glossary-ls.showOutput', () => {
      server.output.show();
    }),
    registerCommand('glossary_ls.showReferences', (uri: string, at: Position, places: Location[]) =>
      showReferences(server, uri, at, places),
    ),
  ];
}

/** Add what is selected, or the word at the cursor, to a glossary, and go to the new entry. */
async function addTerm(server: Server): Promise<void> {
  const client = server.running;
  const editor = vscode.window.activeTextEditor;
  if (!client || !editor) {
    return;
  }
  const { document, selection } = editor;
  const word = document.getWordRangeAtPosition(selection.active);
  const range = selection.isEmpty && word ? word : selection;
  const { code2ProtocolConverter: toServer, protocol2CodeConverter: fromServer } = client;
  const answer = await client.sendRequest<object[] | null>('textDocument/codeAction', {
    textDocument: toServer.asTextDocumentIdentifier(document),
    range: toServer.asRange(range),
    context: { diagnostics: [] },
  });
  const offers = (answer ?? []).filter(addsToGlossary);
  if (offers.length === 0) {
    const text = document.getText(range);
    const reason = text ? `'${text}' is in a glossary already, or is no term` : 'nothing is selected';
    void vscode.window.showInformationMessage(`There is nothing to add: ${reason}.`);
    return;
  }
  const chosen =
    offers.length === 1 ? offers[0] : await pick(offers.map((offer) => ({ label: offer.title, offer })));
  if (!chosen) {
    return;
  }
  const action = chosen.edit ? chosen : await client.sendRequest<CodeAction>('codeAction/resolve', chosen);
  const edit = await fromServer.asWorkspaceEdit(action.edit);
  if (!edit || !(await vscode.workspace.applyEdit(edit))) {
    void vscode.window.showWarningMessage('The term could not be added; the glossary has changed meanwhile.');
    return;
  }
  const [uri, edits] = edit.entries().at(-1) ?? [];
  const inserted = edits?.at(-1);
  if (uri && inserted) {
    const lines = inserted.newText.trimEnd().split('\n').length - 1;
    await vscode.window.showTextDocument(uri, {
      selection: endOfLine(await vscode.workspace.openTextDocument(uri), inserted.range.start.line + lines),
    });
  }
}

/** Tell whether an action is one that adds; what it will add travels in its data. */
function addsToGlossary(offer: object): offer is CodeAction {
  const add = (offer as { readonly data?: { readonly add?: unknown } }).data?.add;
  return add === 'term' || add === 'alias';
}

async function pick(
  items: (vscode.QuickPickItem & { offer: CodeAction })[],
): Promise<CodeAction | undefined> {
  return (await vscode.window.showQuickPick(items, { title: 'Add a term' }))?.offer;
}

function endOfLine(document: vscode.TextDocument, line: number): vscode.Range {
  const { end } = document.lineAt(Math.min(line, document.lineCount - 1)).range;
  return new vscode.Range(end, end);
}

interface TermItem extends vscode.QuickPickItem {
  readonly location: vscode.Location;
}

/** Let the user search all glossaries in force, and go to the term. */
async function showTerm(server: Server): Promise<void> {
  const client = server.running;
  if (!client) {
    return;
  }
  const box = vscode.window.createQuickPick<TermItem>();
  box.title = 'Show a term';
  box.placeholder = 'Part of a term, an acronym, or what it stands for';
  box.matchOnDetail = true;
  box.matchOnDescription = true;
  let turn = 0;
  const search = async (query: string): Promise<void> => {
    const mine = ++turn;
    box.busy = true;
    let found: object[] | null = null;
    try {
      found = await client.sendRequest<object[] | null>('workspace/symbol', { query });
    } catch {
      // The server may be ending; the next key asks again.
    }
    if (mine !== turn) {
      return;
    }
    box.busy = false;
    box.items = (found ?? []).filter(isPlaced).map((symbol) => ({
      label: symbol.name,
      ...(symbol.containerName === undefined ? {} : { description: symbol.containerName }),
      // The server has searched; what it found by another name must not be filtered out again.
      alwaysShow: true,
      location: client.protocol2CodeConverter.asLocation(symbol.location),
    }));
  };
  box.onDidChangeValue((value) => void search(value));
  box.onDidHide(() => {
    box.dispose();
  });
  box.onDidAccept(() => {
    const [chosen] = box.selectedItems;
    box.hide();
    if (chosen) {
      const { uri, range } = chosen.location;
      void vscode.window.showTextDocument(uri, { selection: new vscode.Range(range.start, range.start) });
    }
  });
  box.show();
  const editor = vscode.window.activeTextEditor;
  const selected = editor?.document.getText(editor.selection) ?? '';
  if (selected && !selected.includes('\n')) {
    box.value = selected;
  }
  await search(box.value);
}

function isPlaced(symbol: object): symbol is SymbolInformation {
  return 'location' in symbol && 'range' in (symbol.location as object);
}

/** Open the workspace's glossary: the only one, one of several, or a new one. */
async function openGlossary(): Promise<void> {
  const found = await Promise.all(GLOSSARIES.map((pattern) => vscode.workspace.findFiles(pattern)));
  // A file may match both patterns.
  const items = [...new Map(found.flat().map((uri) => [uri.toString(), uri])).values()]
    .map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }))
    .sort((a, b) => a.label.split('/').length - b.label.split('/').length || a.label.localeCompare(b.label));
  const chosen =
    items.length > 1
      ? await vscode.window.showQuickPick(items, { title: 'Open a glossary' })
      : (items[0] ?? (await newGlossary()));
  if (chosen) {
    await vscode.window.showTextDocument(chosen.uri);
  }
}

async function newGlossary(): Promise<{ uri: vscode.Uri } | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) {
    void vscode.window.showInformationMessage('Open a folder first: a glossary belongs beside its documents.');
    return undefined;
  }
  const create = `Create glossary.yaml in ${folder.name}`;
  const chosen = await vscode.window.showInformationMessage('There is no glossary here yet.', create);
  if (chosen !== create) {
    return undefined;
  }
  const uri = vscode.Uri.joinPath(folder.uri, 'glossary.yaml');
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, { contents: new TextEncoder().encode(NEW_GLOSSARY) });
  return (await vscode.workspace.applyEdit(edit)) ? { uri } : undefined;
}

/** Have the server look at all documents of the workspace; it reports as it does for open ones. */
async function checkWorkspace(server: Server): Promise<void> {
  const client = server.running;
  if (!client) {
    return;
  }
  let done: Outcome;
  try {
    // Not every command that the server has is announced; one that it has not is refused.
    const params = { command: 'glossary_ls.checkWorkspace', arguments: [] };
    done = await client.sendRequest<Outcome>('workspace/executeCommand', params);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(`The workspace could not be checked: ${cause}`);
    return;
  }
  const show = 'Show Problems';
  const message = `${counted(done.findings, 'finding')} in ${counted(done.documents, 'document')}.`;
  const chosen = await vscode.window.showInformationMessage(message, ...(done.findings === 0 ? [] : [show]));
  if (chosen === show) {
    await vscode.commands.executeCommand('workbench.actions.view.problems');
  }
}

/** What a check of the workspace found. */
interface Outcome {
  readonly documents: number;
  readonly findings: number;
}

/** Show places that a code lens counts. */
async function showReferences(server: Server, uri: string, at: Position, places: Location[]): Promise<void> {
  const converter = server.running?.protocol2CodeConverter;
  if (converter) {
    const locations = places.map((place) => converter.asLocation(place));
    const from = [converter.asUri(uri), converter.asPosition(at)] as const;
    await vscode.commands.executeCommand('editor.action.showReferences', ...from, locations);
  }
}
