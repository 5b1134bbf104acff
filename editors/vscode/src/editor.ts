/** Small steps between what is sent and what the editor takes. */

import * as vscode from 'vscode';
import type { Range } from './protocol';

/** Return a range of an answer as the editor has it; both count in UTF-16. */
export function toRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** Set what the `when` clauses of the manifest ask for as `glossary_ls.<name>`. */
export function setContext(name: string, value: unknown): void {
  void vscode.commands.executeCommand('setContext', `glossary_ls.${name}`, value);
}
