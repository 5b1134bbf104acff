/** Registers the side bar and the panel, and the commands that show something in the panel. */

import * as vscode from 'vscode';
import type { Server } from '../client';
import { askDocumentTerms, nameOf, type TermName } from '../protocol';
import { showDocumentTerms } from './documentTerms';
import { fadeDeprecated, registerTermCommands, type TermNode } from './items';
import { subjectIn, TermPanel } from './panel';
import { chooseTerm } from './search';
import { showTerms, type GroupNode } from './terms';
import { showUnknownAcronyms } from './unknown';

/** Register the views, the panel and their commands. */
export function registerViews(server: Server, context: vscode.ExtensionContext): vscode.Disposable {
  const panel = new TermPanel(server, context.extensionUri);
  const { registerCommand } = vscode.commands;
  return vscode.Disposable.from(
    panel,
    fadeDeprecated(),
    showTerms(server, context.workspaceState),
    showDocumentTerms(server),
    showUnknownAcronyms(server),
    registerTermCommands(server),
    // Links in hovers and rows of the side bar name the term, the editor's menu names the document.
    registerCommand('glossary-ls.showTerm', async (what?: unknown) => {
      const here = await atCursor(server);
      const subject = what instanceof vscode.Uri ? here : (named(what) ?? (await chooseTerm(server, here?.name)));
      if (subject) {
        panel.show(subject);
      } else if (what instanceof vscode.Uri) {
        void vscode.window.showInformationMessage('No glossary term at the cursor.');
      }
    }),
    registerCommand('glossary-ls.showGuide', (node?: GroupNode) => {
      panel.show({ guide: node?.group.key ?? null });
    }),
  );
}

/** Return the term that an argument names: a row of the side bar, or a value from a link. */
function named(what: unknown): TermName | undefined {
  if (typeof what === 'object' && what !== null && 'row' in what) {
    return nameOf((what as TermNode).row);
  }
  const subject = subjectIn(what);
  return subject && 'name' in subject ? subject : undefined;
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
