/** The commands of the command palette. Each queries the server, or shows a message if that is not possible. */

import * as vscode from 'vscode';
import type { CodeAction, Location, Position } from 'vscode-languageclient/node';
import { registerAdding, run } from './adding';
import { GLOSSARIES, type Server } from './client';
import { counted } from './status';

const NEW_GLOSSARY = `# The terms of this folder and its subfolders.
# For an acronym, a short text without a period is its expansion. Any other text is a definition.

SLO: Service Level Objective
`;

/** Register all commands. */
export function registerCommands(server: Server): { dispose(): unknown }[] {
  const { registerCommand } = vscode.commands;
  return [
    registerAdding(server),
    registerCommand('glossary-ls.addTerm', () => addTerm(server)),
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

/** Add the selection, extended to whole words, or the word at the cursor, to a glossary. */
async function addTerm(server: Server): Promise<void> {
  const client = server.running;
  const editor = vscode.window.activeTextEditor;
  if (!client || !editor) {
    return;
  }
  const { document, selection } = editor;
  const word = document.getWordRangeAtPosition(selection.active);
  const range = selection.isEmpty && word ? word : selection;
  const toServer = client.code2ProtocolConverter;
  const answer = await client.sendRequest<object[] | null>('textDocument/codeAction', {
    textDocument: toServer.asTextDocumentIdentifier(document),
    range: toServer.asRange(range),
    context: { diagnostics: [] },
  });
  const offers = (answer ?? []).filter(addsToGlossary);
  if (offers.length === 0) {
    const text = document.getText(range);
    const reason = text ? `'${text}' is already in a glossary, or is not a term` : 'no text is selected';
    void vscode.window.showInformationMessage(`Nothing to add: ${reason}.`);
    return;
  }
  const chosen =
    offers.length === 1 ? offers[0] : await pick(offers.map((offer) => ({ label: offer.title, offer })));
  if (chosen && !(await run(server, chosen))) {
    void vscode.window.showWarningMessage('The term could not be added, because the glossary has changed.');
  }
}

/** Return whether a code action adds a term or an alias. */
function addsToGlossary(offer: object): offer is CodeAction {
  const action = offer as { readonly command?: { command: string }; readonly data?: { readonly add?: unknown } };
  return action.command?.command === 'glossary_ls.askExpansion' || action.data?.add === 'alias';
}

async function pick(
  items: (vscode.QuickPickItem & { offer: CodeAction })[],
): Promise<CodeAction | undefined> {
  return (await vscode.window.showQuickPick(items, { title: 'Add a term' }))?.offer;
}

/** Open a glossary of the workspace: the only one, one of several, or a new one. */
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
    void vscode.window.showInformationMessage('Open a folder first. A glossary is stored next to its documents.');
    return undefined;
  }
  const create = `Create glossary.yaml in ${folder.name}`;
  const chosen = await vscode.window.showInformationMessage('This workspace has no glossary yet.', create);
  if (chosen !== create) {
    return undefined;
  }
  const uri = vscode.Uri.joinPath(folder.uri, 'glossary.yaml');
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, { contents: new TextEncoder().encode(NEW_GLOSSARY) });
  return (await vscode.workspace.applyEdit(edit)) ? { uri } : undefined;
}

/** Check all documents of the workspace. The server publishes their diagnostics. */
async function checkWorkspace(server: Server): Promise<void> {
  const client = server.running;
  if (!client) {
    return;
  }
  let done: Outcome;
  try {
    // The server does not announce all of its commands; unknown ones are rejected.
    const params = { command: 'glossary_ls.checkWorkspace', arguments: [] };
    done = await client.sendRequest<Outcome>('workspace/executeCommand', params);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(`The workspace could not be checked: ${cause}`);
    return;
  }
  const show = 'Show Problems';
  const message = `${counted(done.findings, 'problem')} in ${counted(done.documents, 'document')}.`;
  const chosen = await vscode.window.showInformationMessage(message, ...(done.findings === 0 ? [] : [show]));
  if (chosen === show) {
    await vscode.commands.executeCommand('workbench.actions.view.problems');
  }
}

/** The result of a workspace check. */
interface Outcome {
  readonly documents: number;
  readonly findings: number;
}

/** Show the references counted by a code lens. */
async function showReferences(server: Server, uri: string, at: Position, places: Location[]): Promise<void> {
  const converter = server.running?.protocol2CodeConverter;
  if (converter) {
    const locations = places.map((place) => converter.asLocation(place));
    const from = [converter.asUri(uri), converter.asPosition(at)] as const;
    await vscode.commands.executeCommand('editor.action.showReferences', ...from, locations);
  }
}
