/** The tree view of the acronyms of the workspace that nothing explains, to be added or accepted all at once. */

import * as vscode from 'vscode';
import { askFor, execute, fileName, write } from '../adding';
import type { Server } from '../client';
import { toRange } from '../editor';
import type { UnknownAcronym, Use } from '../protocol';
import { counted } from '../status';
import { excerpt } from './excerpt';
import { describe, expansionOf, nextStep, sourceOf } from './review';

interface AcronymNode {
  readonly kind: 'acronym';
  readonly row: UnknownAcronym;
}

interface UseNode {
  readonly kind: 'use';
  readonly use: Use;
  readonly name: string;
}

interface OriginNode {
  readonly kind: 'origin';
  readonly row: UnknownAcronym;
}

type Node = AcronymNode | UseNode | OriginNode;

const VIEW = 'glossary-ls.unknown';

/** The delay after a change, in milliseconds. */
const PAUSE = 700;

/** Show the view until the returned object is disposed. */
export function showUnknownAcronyms(server: Server): vscode.Disposable {
  const view = new UnknownAcronyms(server);
  const { registerCommand } = vscode.commands;
  const show = (): Thenable<unknown> => vscode.commands.executeCommand(`${VIEW}.focus`);
  const later = (): void => {
    view.reloadLater();
  };
  return vscode.Disposable.from(
    view,
    registerCommand('glossary_ls.reviewAcronyms', show),
    registerCommand('glossary-ls.reviewAcronyms', show),
    registerCommand('glossary-ls.addChecked', () => view.addChecked()),
    registerCommand('glossary-ls.acceptChecked', () => view.accept(view.checkedRows())),
    registerCommand('glossary-ls.checkGuessed', () => {
      view.checkGuessed();
    }),
    registerCommand('glossary-ls.editExpansion', ({ row }: AcronymNode) => view.edit(row)),
    registerCommand('glossary-ls.addAcronym', ({ row }: AcronymNode) => view.add(row)),
    registerCommand('glossary-ls.acceptAcronym', ({ row }: AcronymNode) => view.accept([row])),
    server.onDidChange(later),
    server.onDidChangeTerms(later),
    vscode.workspace.onDidSaveTextDocument(later),
    vscode.workspace.onDidChangeTextDocument(later),
  );
}

class UnknownAcronyms implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly onDidChangeTreeData: vscode.Event<undefined>;

  private readonly drawn = new vscode.EventEmitter<undefined>();
  private readonly view: vscode.TreeView<Node>;
  private readonly edited = new Map<string, string>();
  private readonly checked = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private rows: readonly UnknownAcronym[] | undefined;
  private turn = 0;

  constructor(private readonly server: Server) {
    this.onDidChangeTreeData = this.drawn.event;
    this.view = vscode.window.createTreeView(VIEW, { treeDataProvider: this, manageCheckboxStateManually: true });
    this.view.onDidChangeCheckboxState(({ items }) => {
      for (const [node, state] of items) {
        if (node.kind === 'acronym') {
          this.check(node.row, state === vscode.TreeItemCheckboxState.Checked);
        }
      }
    });
    this.view.onDidChangeVisibility(({ visible }) => {
      if (visible) {
        this.reloadLater();
      }
    });
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.view.dispose();
    this.drawn.dispose();
  }

  // --- called by the editor while the view is visible -------------------------------------------------------

  async getChildren(node?: Node): Promise<Node[]> {
    if (node) {
      return node.kind === 'acronym' ? detailsOf(node.row) : [];
    }
    this.rows ??= await this.load();
    this.say();
    return this.rows.map((row) => ({ kind: 'acronym', row }));
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.kind) {
      case 'use':
        return useItem(node);
      case 'origin':
        return originItem(node.row);
      case 'acronym':
        return this.acronymItem(node.row);
    }
  }

  private acronymItem(row: UnknownAcronym): vscode.TreeItem {
    const { Checked, Unchecked } = vscode.TreeItemCheckboxState;
    const item = new vscode.TreeItem(row.name, vscode.TreeItemCollapsibleState.Collapsed);
    item.id = row.name;
    item.description = describe(row, this.edited);
    item.contextValue = 'acronym';
    item.checkboxState = this.checked.has(row.name) ? Checked : Unchecked;
    const where = counted(row.documents, 'document');
    const entry = row.entry === null ? '' : `It has an entry without an explanation in ${fileName(row.entry)}.`;
    const text = new vscode.MarkdownString();
    text.appendText([`${row.name} in ${where}`, sourceOf(row), entry].filter(Boolean).join('\n'));
    item.tooltip = text;
    return item;
  }

  // --- user actions -----------------------------------------------------------------------------------------

  /** Return the rows that the user has checked. */
  checkedRows(): UnknownAcronym[] {
    return (this.rows ?? []).filter(({ name }) => this.checked.has(name));
  }

  /** Check all acronyms of which the expansion is known. */
  checkGuessed(): void {
    for (const row of this.rows ?? []) {
      if (expansionOf(row, this.edited)) {
        this.checked.add(row.name);
      }
    }
    this.drawn.fire(undefined);
    this.say();
  }

  /** Ask for the expansion of an acronym, and check the acronym. */
  async edit(row: UnknownAcronym): Promise<void> {
    const expansion = await askFor(row.name, expansionOf(row, this.edited), `Edit '${row.name}'`);
    if (expansion !== undefined) {
      this.edited.set(row.name, expansion.trim());
      this.check(row, expansion.trim() !== '');
      this.drawn.fire(undefined);
    }
  }

  /** Ask for the expansion of an acronym, and add it. */
  async add(row: UnknownAcronym): Promise<void> {
    const expansion = await askFor(row.name, expansionOf(row, this.edited), `Add '${row.name}' to the glossary`);
    if (expansion !== undefined) {
      const text = expansion.trim();
      const given = { ...placeOf(row), name: row.name, expansion: text, show: text === '' };
      await this.write('addTerm', given, `'${row.name}' was added`, [row]);
    }
  }

  /** Add the acronyms that are checked. */
  async addChecked(): Promise<void> {
    const rows = this.checkedRows();
    const terms = rows.map((row) => ({ name: row.name, expansion: expansionOf(row, this.edited) }));
    const [first] = rows;
    if (first) {
      const what = counted(rows.length, 'acronym');
      await this.write('addTerms', { ...placeOf(first), terms, show: true }, `${what} added`, rows);
    } else {
      askToCheck();
    }
  }

  /** Accept acronyms, so that they need no explanation. */
  async accept(rows: readonly UnknownAcronym[]): Promise<void> {
    const [first] = rows;
    if (first) {
      const accept = rows.map(({ name }) => name);
      const what = counted(rows.length, 'acronym');
      await this.write('addTerms', { ...placeOf(first), accept }, `${what} added to the accepted ones,`, rows);
    } else {
      askToCheck();
    }
  }

  private async write(command: string, given: object, done: string, rows: readonly UnknownAcronym[]): Promise<void> {
    if (await write(this.server, command, given, done)) {
      for (const { name } of rows) {
        this.checked.delete(name);
        this.edited.delete(name);
      }
      this.reloadLater();
    }
  }

  private check({ name }: UnknownAcronym, isChecked: boolean): void {
    if (isChecked) {
      this.checked.add(name);
    } else {
      this.checked.delete(name);
    }
    this.say();
  }

  /** Say how many acronyms there are, and what to do with them. */
  private say(): void {
    const total = this.rows?.length ?? 0;
    this.view.description = total > 0 ? String(total) : '';
    this.view.message = nextStep(total, this.checkedRows().length);
  }

  // --- data from the server ---------------------------------------------------------------------------------

  /** Reload after a pause, if the view is visible; otherwise when it is shown. */
  reloadLater(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.reload(), PAUSE);
  }

  private async reload(): Promise<void> {
    if (!this.view.visible) {
      this.rows = undefined;
      return;
    }
    const turn = ++this.turn;
    const rows = await this.load();
    // A tree that is redrawn without a change would lose clicks.
    if (turn === this.turn && JSON.stringify(rows) !== JSON.stringify(this.rows)) {
      this.rows = rows;
      this.drawn.fire(undefined);
    }
  }

  private async load(): Promise<readonly UnknownAcronym[]> {
    await this.server.settled();
    const hasFolder = (vscode.workspace.workspaceFolders ?? []).length > 0;
    const found =
      hasFolder && this.server.running
        ? await execute<{ readonly acronyms: readonly UnknownAcronym[] }>(this.server, 'reviewAcronyms', {
            draft: false,
          })
        : undefined;
    return found?.acronyms ?? [];
  }
}

/** Return the document whose glossaries an acronym is added to. */
function placeOf(row: UnknownAcronym): { uri?: string; target?: string } {
  const [use] = row.uses;
  return { ...(use ? { uri: use.uri } : {}), ...(row.entry === null ? {} : { target: row.entry }) };
}

/** Return what is below an acronym: where the guess comes from, and the uses. */
function detailsOf(row: UnknownAcronym): Node[] {
  const uses = row.uses.map((use): Node => ({ kind: 'use', use, name: row.name }));
  return row.origin.kind === 'none' ? uses : [{ kind: 'origin', row }, ...uses];
}

function originItem(row: UnknownAcronym): vscode.TreeItem {
  const item = new vscode.TreeItem(sourceOf(row));
  item.iconPath = new vscode.ThemeIcon('lightbulb');
  item.tooltip = row.expansion;
  const { uri, line } = row.origin;
  if (uri !== null && line !== null) {
    const at = new vscode.Position(line, 0);
    item.command = opening('Go to Definition', uri, new vscode.Range(at, at));
  }
  return item;
}

/** The place comes first, because a row cuts off what is at its end. */
function useItem({ use: { uri, range, text }, name }: UseNode): vscode.TreeItem {
  const item = new vscode.TreeItem(`${fileName(uri)}:${range.start.line + 1}`);
  // The text of a use is without the indentation of its line.
  const start = Math.max(text.indexOf(name), 0);
  item.description = excerpt(text, start, start + name.length).label;
  item.tooltip = text;
  item.command = opening('Go to Use', uri, toRange(range));
  return item;
}

function opening(title: string, uri: string, selection: vscode.Range): vscode.Command {
  const where = vscode.Uri.parse(uri, true);
  return { title, command: 'vscode.open', arguments: [where, { selection, preserveFocus: true }] };
}

function askToCheck(): void {
  void vscode.window.showInformationMessage('Check the acronyms first.');
}
