/** Registers the side bar and the panel, and the command that shows a term in the panel. */

import * as vscode from 'vscode';
import type { Server } from '../client';
import { askDocumentTerms, nameOf, type TermName } from '../protocol';
import { showDocumentTerms } from './documentTerms';
import { fadeDeprecated, registerTermCommands, type TermNode } from './items';
import { TermPanel } from './panel';
import { showTerms } from './terms';
import { showUnknownAcronyms } from './unknown';

/** Register the views, the panel and their commands. */
export function registerViews(server: Server, context: vscode.ExtensionContext): vscode.Disposable {
  const panel = new TermPanel(server, context.extensionUri);
  const show = async (what?: TermName | TermNode): Promise<void> => {
    const name = what === undefined ? await atCursor(server) : 'row' in what ? nameOf(what.row) : what;
    if (name) {
      panel.show(name);
    } else {
      await vscode.commands.executeCommand('glossary-ls.showTerm');
    }
  };
  return vscode.Disposable.from(
    panel,
    fadeDeprecated(),
    showTerms(server, context.workspaceState),
    showDocumentTerms(server),
    showUnknownAcronyms(server),
    registerTermCommands(server),
    vscode.commands.registerCommand('glossary-ls.showDetails', show),
  );
}

/** Return the term at the cursor; undefined if there is none, or if only the document defines it. */
async function atCursor(server: Server): Promise<TermName | undefined> {
  const client = server.running;
  const editor = vscode.window.activeTextEditor;
  const terms =
    client && editor ? await askDocumentTerms(client, editor.document.uri, editor.selection.active) : undefined;
  const found = terms?.find(({ kind }) => kind !== 'document');
  return found && editor ? { name: found.name, uri: editor.document.uri.toString() } : undefined;
}
