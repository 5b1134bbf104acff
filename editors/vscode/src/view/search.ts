/** The search for a term of any active glossary, in a list that is filtered by the server. */

import * as vscode from 'vscode';
import type { Server } from '../client';
import { askTerms, nameOf, type TermName, type TermRow } from '../protocol';
import { openEntry } from './items';

interface TermItem extends vscode.QuickPickItem {
  readonly row: TermRow;
}

const MOST = 200;
const ENTRY: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('go-to-file'), tooltip: 'Go to Entry' };

/** Let the user choose a term, beginning with a name; undefined if there is no server, or the user cancels. */
export function chooseTerm(server: Server, name = selectedText()): Promise<TermName | undefined> {
  const client = server.running;
  if (!client) {
    return Promise.resolve(undefined);
  }
  const box = vscode.window.createQuickPick<TermItem>();
  box.title = 'Show a term';
  box.placeholder = 'Part of a term, an acronym or its expansion';
  let turn = 0;
  const search = async (query: string): Promise<void> => {
    const mine = ++turn;
    box.busy = true;
    const rows = (await askTerms(client, { query, limit: MOST })) ?? [];
    if (mine === turn) {
      box.busy = false;
      box.items = rows.map(itemOf);
    }
  };
  return new Promise((resolve) => {
    box.onDidChangeValue((value) => void search(value));
    box.onDidTriggerItemButton(({ item }) => {
      box.hide();
      void openEntry(item.row);
    });
    box.onDidAccept(() => {
      const [chosen] = box.selectedItems;
      if (chosen) {
        resolve(nameOf(chosen.row));
        box.hide();
      }
    });
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
    box.value = name;
    box.show();
    void search(name);
  });
}

function itemOf(row: TermRow): TermItem {
  return {
    label: row.name,
    description: row.expansion || row.summary,
    detail: row.glossary,
    // The server has filtered already; keep matches by alias.
    alwaysShow: true,
    ...(row.uri === null ? {} : { buttons: [ENTRY] }),
    row,
  };
}

function selectedText(): string {
  const editor = vscode.window.activeTextEditor;
  const text = editor?.document.getText(editor.selection) ?? '';
  return text.includes('\n') ? '' : text;
}
