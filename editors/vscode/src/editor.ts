/** Conversions and helpers for the editor API. */

import * as vscode from 'vscode';
import type { Range } from './protocol';

/** Convert an LSP range. Both sides count UTF-16 code units. */
export function toRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** Set the context key `glossary_ls.<name>`, which `when` clauses of the manifest use. */
export function setContext(name: string, value: unknown): void {
  void vscode.commands.executeCommand('setContext', `glossary_ls.${name}`, value);
}
