/** Adding acronyms to a glossary: the input for an expansion, and the choice among the less usual actions. */

import * as vscode from 'vscode';
import type { CodeAction } from 'vscode-languageclient/node';
import type { Server } from './client';

/** The arguments of the command that the server puts into a code action that adds a term. */
export interface Addition {
  readonly uri: string;
  readonly name: string;
  readonly expansion: string;
  readonly target: string;
}

/** The result of the commands that write to a glossary. */
interface Written {
  readonly uri: string;
}

/** Register the commands that code actions of the server execute. */
export function registerAdding(server: Server): vscode.Disposable {
  const { registerCommand } = vscode.commands;
  return vscode.Disposable.from(
    registerCommand('glossary_ls.askExpansion', (addition: Addition) => askExpansion(server, addition)),
    registerCommand('glossary_ls.moreActions', (place: object) => moreActions(server, place)),
  );
}

/** Ask what an acronym stands for, with a guess filled in; undefined if the user cancels. */
export function askFor(name: string, guess: string, title: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title,
    prompt: `What does ${name} stand for? Leave it empty to fill in the entry later.`,
    value: guess,
    ignoreFocusOut: true,
  });
}

/** Add a term after asking for its expansion. An entry without one is opened, with the cursor at the value. */
export async function askExpansion(server: Server, addition: Addition): Promise<void> {
  const { uri, name, target } = addition;
  const expansion = await askFor(name, addition.expansion, `Add '${name}' to ${fileName(target)}`);
  if (expansion !== undefined) {
    const given = { uri, name, target, expansion: expansion.trim(), show: expansion.trim() === '' };
    await write(server, 'addTerm', given, `'${name}' was added`);
  }
}

/** Execute a command of the server that writes to a glossary; return whether it has been written. */
export async function write(server: Server, command: string, given: object, done: string): Promise<boolean> {
  const written = await execute<Written>(server, command, given);
  if (written) {
    const text = `${done} to ${fileName(written.uri)}`;
    vscode.window.setStatusBarMessage(`$(book) ${text}`, 5000);
  }
  return written !== undefined;
}

/** Execute a command of the server; show why it fails. */
export async function execute<Result>(server: Server, command: string, given: object): Promise<Result | undefined> {
  try {
    const params = { command: `glossary_ls.${command}`, arguments: [given] };
    return (await server.running?.sendRequest<Result | null>('workspace/executeCommand', params)) ?? undefined;
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

/** Let the user choose among the code actions that the list leaves out. */
async function moreActions(server: Server, place: object): Promise<void> {
  const actions = await execute<CodeAction[]>(server, 'moreActions', { ...place, list: true });
  const items = (actions ?? []).map((action) => ({ label: action.title, action }));
  const chosen = await vscode.window.showQuickPick(items, { title: 'More actions' });
  if (chosen) {
    await run(server, chosen.action);
  }
}

/** Apply a code action of the server. */
export async function run(server: Server, action: CodeAction): Promise<boolean> {
  const client = server.running;
  if (!client) {
    return false;
  }
  const isComplete = action.edit !== undefined || action.data === undefined;
  const resolved = isComplete ? action : await client.sendRequest<CodeAction>('codeAction/resolve', action);
  const edit = await client.protocol2CodeConverter.asWorkspaceEdit(resolved.edit);
  if (edit && !(await vscode.workspace.applyEdit(edit))) {
    return false;
  }
  if (resolved.command) {
    const { command, arguments: given = [] } = resolved.command;
    await vscode.commands.executeCommand(command, ...(given as unknown[]));
  }
  return edit !== undefined || resolved.command !== undefined;
}

/** Return the name of a file. */
export function fileName(uri: string): string {
  return vscode.workspace.asRelativePath(vscode.Uri.parse(uri, true));
}

