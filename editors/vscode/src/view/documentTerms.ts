/** The tree view of the terms in the active document and their uses. */

import * as vscode from 'vscode';
import type { Server } from '../client';
import { toRange } from '../editor';
import { askDocumentTerms, type DocumentTerm, type Range } from '../protocol';
import { excerpt } from './excerpt';
import { resolved, termItem, type TermNode } from './items';

interface UseNode {
  readonly kind: 'use';
  readonly range: Range;
}

/** The terms of a document. */
interface Found {
  readonly document: vscode.TextDocument | undefined;
  readonly rows: readonly DocumentTerm[];
  /** The line of each use. */
  readonly lines: readonly string[];
}

/** Shows how many uses are not listed, with a link to all uses if a glossary has the term. */
interface MoreNode {
  readonly kind: 'more';
  readonly row: DocumentTerm;
}

type Node = (TermNode & { readonly row: DocumentTerm }) | UseNode | MoreNode;

/** The delay after typing or switching editors, in milliseconds. */
const PAUSE = 300;

/** Show the view until the returned object is disposed. */
export function showDocumentTerms(server: Server): vscode.Disposable {
  const terms = new DocumentTerms(server);
  const drawLater = (): void => {
    terms.drawLater();
  };
  return vscode.Disposable.from(
    terms,
    vscode.commands.registerCommand('glossary-ls.reveal', (range: Range) => terms.reveal(range)),
    server.onDidChange(drawLater),
    server.onDidChangeTerms(drawLater),
    vscode.window.onDidChangeActiveTextEditor(drawLater),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document === terms.document) {
        drawLater();
      }
    }),
  );
}

class DocumentTerms implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly onDidChangeTreeData: vscode.Event<undefined>;
  /** The document whose terms are shown: the last active one, as long as it is visible. */
  document: vscode.TextDocument | undefined;

  private readonly drawn = new vscode.EventEmitter<undefined>();
  private readonly view: vscode.TreeView<Node>;
  private timer: NodeJS.Timeout | undefined;
  /** The pending or loaded terms; undefined if they have to be requested again. */
  private found: Promise<Found> | undefined;
  /** The terms that are displayed. */
  private shown: Found | undefined;

  constructor(private readonly server: Server) {
    this.onDidChangeTreeData = this.drawn.event;
    const options = { treeDataProvider: this, showCollapseAll: true };
    this.view = vscode.window.createTreeView('glossary-ls.documentTerms', options);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.view.dispose();
    this.drawn.dispose();
  }

  drawLater(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.draw(), PAUSE);
  }

  /** Reload when the view is visible. A tree that is redrawn without a change would lose clicks. */
  private async draw(): Promise<void> {
    if (!this.shown || !this.view.visible) {
      this.found = undefined;
      this.drawn.fire(undefined);
      return;
    }
    const loading = (this.found = this.load());
    const { document, rows, lines } = await loading;
    const { shown } = this;
    const isSame =
      document === shown.document && JSON.stringify([rows, lines]) === JSON.stringify([shown.rows, shown.lines]);
    if (loading === this.found && !isSame) {
      this.drawn.fire(undefined);
    }
  }

  private async load(): Promise<Found> {
    await this.server.settled();
    this.follow();
    const client = this.server.running;
    const { document } = this;
    const rows = client && document ? await askDocumentTerms(client, document.uri) : undefined;
    if (document === this.document) {
      this.view.description = rows && document ? (document.uri.path.split('/').at(-1) ?? '') : '';
    }
    const places = rows?.flatMap(({ ranges }) => ranges) ?? [];
    return { document, rows: rows ?? [], lines: document ? places.map(({ start }) => lineOf(document, start.line)) : [] };
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node) {
      return node.kind === 'term' ? usesOf(node.row) : [];
    }
    this.shown = await (this.found ??= this.load());
    return this.shown.rows.map((row) => ({ kind: 'term', row }));
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if (node.kind === 'use') {
      return this.useItem(node.range);
    }
    if (node.kind === 'more') {
      return moreItem(node.row);
    }
    const { row } = node;
    const item = termItem(row, row.count, 'use');
    item.collapsibleState = vscode.TreeItemCollapsibleState.Collapsed;
    item.id = JSON.stringify([row.name, row.expansion, row.uri, row.line]);
    item.command = { title: 'Go to First Use', command: 'glossary-ls.reveal', arguments: [row.ranges[0]] };
    return item;
  }

  resolveTreeItem(item: vscode.TreeItem, node: Node, token: vscode.CancellationToken): Promise<vscode.TreeItem> {
    return resolved(this.server, item, node.kind === 'term' ? node.row : undefined, token);
  }

  /** Go to a use in the current document. */
  async reveal(range: Range): Promise<void> {
    if (this.document) {
      const viewColumn = vscode.window.visibleTextEditors.find((each) => each.document === this.document)?.viewColumn;
      await vscode.window.showTextDocument(this.document, {
        selection: toRange(range),
        preserveFocus: true,
        ...(viewColumn === undefined ? {} : { viewColumn }),
      });
    }
  }

  /** Keep the last document while the focus is not in an editor but, for example, in the panel or a log. */
  private follow(): void {
    const focused = vscode.window.activeTextEditor?.document;
    const active = focused?.uri.scheme === 'output' ? undefined : focused;
    const isVisible = vscode.window.visibleTextEditors.some(({ document }) => document === this.document);
    this.document = active ?? (isVisible ? this.document : undefined);
  }

  private useItem(range: Range): vscode.TreeItem {
    const { document } = this;
    const { line, character } = range.start;
    const text = document ? lineOf(document, line) : '';
    const end = range.end.line === line ? range.end.character : text.length;
    const item = new vscode.TreeItem(excerpt(text, character, end));
    item.description = `line ${line + 1}`;
    item.command = { title: 'Go to Use', command: 'glossary-ls.reveal', arguments: [range] };
    return item;
  }
}

function usesOf(row: DocumentTerm): Node[] {
  const uses: Node[] = row.ranges.map((range) => ({ kind: 'use', range }));
  return row.count > uses.length ? [...uses, { kind: 'more', row }] : uses;
}

function moreItem(row: DocumentTerm): vscode.TreeItem {
  const item = new vscode.TreeItem(`… and ${row.count - row.ranges.length} more`);
  if (row.kind !== 'document') {
    item.command = { title: 'Find Uses', command: 'glossary-ls.findUses', arguments: [{ kind: 'term', row }] };
  }
  return item;
}

/** Return the current text of a line; the document may have become shorter since the request. */
function lineOf(document: vscode.TextDocument, line: number): string {
  return line < document.lineCount ? document.lineAt(line).text : '';
}
