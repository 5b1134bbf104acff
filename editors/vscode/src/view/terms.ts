/** The tree view of all available terms: grouped or filtered, with uses counted in the background. */

import * as vscode from 'vscode';
import type { Server } from '../client';
import { setContext } from '../editor';
import { askGuides, askTerms, nameOf, type TermRow } from '../protocol';
import { counted } from '../status';
import { grouped, GROUPINGS, type Group, type Grouping } from './grouping';
import { resolved, termItem, type TermNode } from './items';

/** A group of terms. */
export interface GroupNode {
  readonly kind: 'group';
  readonly group: Group;
  readonly isOpen: boolean;
}

type Node = GroupNode | TermNode;

/** The terms that match a query. */
interface Found {
  readonly query: string;
  readonly rows: readonly TermRow[];
  /** The URIs of the glossaries with an introduction or comparisons. */
  readonly guides: readonly string[];
}

const VIEW = 'glossary-ls.terms';
const MEMENTO = 'glossary-ls.grouping';

/** The delay after typing and after saving, in milliseconds. */
const TYPING = 120;
const SAVING = 1000;

/** Show the view until the returned object is disposed. */
export function showTerms(server: Server, memory: vscode.Memento): vscode.Disposable {
  const terms = new Terms(server, memory);
  const { registerCommand } = vscode.commands;
  return vscode.Disposable.from(
    terms,
    registerCommand('glossary-ls.filterTerms', () => terms.ask()),
    registerCommand('glossary-ls.clearFilter', () => {
      terms.search('');
    }),
    registerCommand('glossary-ls.groupByGlossary', () => terms.group('glossary')),
    registerCommand('glossary-ls.groupByTopic', () => terms.group('topic')),
    registerCommand('glossary-ls.groupByLetter', () => terms.group('letter')),
    server.onDidChange(() => void terms.reload()),
    server.onDidChangeTerms((changed) => {
      if (changed) {
        void terms.reload();
      }
    }),
    vscode.workspace.onDidSaveTextDocument(() => {
      terms.countLater();
    }),
  );
}

class Terms implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly onDidChangeTreeData: vscode.Event<undefined>;

  private readonly drawn = new vscode.EventEmitter<undefined>();
  private readonly view: vscode.TreeView<Node>;
  private grouping: Grouping;
  private query = '';
  /** The pending or displayed terms; undefined if they have to be requested again. */
  private found: Promise<Found> | undefined;
  private turn = 0;
  private guides: readonly string[] = [];
  private uses: ReadonlyMap<string, number> = new Map();
  private counting: vscode.CancellationTokenSource | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly server: Server,
    private readonly memory: vscode.Memento,
  ) {
    this.onDidChangeTreeData = this.drawn.event;
    const remembered = memory.get<string>(MEMENTO);
    this.grouping = GROUPINGS.find((each) => each === remembered) ?? 'glossary';
    setContext('grouping', this.grouping);
    setContext('searching', false);
    this.view = vscode.window.createTreeView(VIEW, { treeDataProvider: this, showCollapseAll: true });
    this.view.onDidChangeVisibility(({ visible }) => {
      if (visible) {
        this.countLater();
      } else {
        this.stopCounting();
      }
    });
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.stopCounting();
    this.view.dispose();
    this.drawn.dispose();
  }

  // --- called by the editor while the view is visible -------------------------------------------------------

  async getChildren(node?: Node): Promise<Node[]> {
    if (node) {
      return node.kind === 'group' ? node.group.rows.map(termNode) : [];
    }
    const { query, rows, guides } = await (this.found ??= this.load());
    if (query) {
      return rows.map(termNode);
    }
    this.guides = guides;
    const groups = grouped(rows, this.grouping);
    const isOpen = ({ rows: [first] }: Group): boolean =>
      groups.length === 1 || (this.grouping === 'glossary' && first?.kind === 'workspace');
    return groups.map((group) => ({ kind: 'group', group, isOpen: isOpen(group) }));
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if (node.kind === 'term') {
      const item = termItem(node.row, this.uses.get(key(node.row)), 'use');
      item.command = { title: 'Show Term', command: 'glossary-ls.showTerm', arguments: [nameOf(node.row)] };
      return item;
    }
    const { key: group, label, rows } = node.group;
    const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(label, node.isOpen ? Expanded : Collapsed);
    item.id = `${this.grouping}:${group}`;
    if (this.grouping === 'glossary' && group) {
      item.tooltip = vscode.workspace.asRelativePath(vscode.Uri.parse(group, true));
      item.contextValue = this.guides.includes(group) ? 'guide' : 'glossary';
    }
    item.description = String(rows.length);
    item.accessibilityInformation = { label: `${label}, ${counted(rows.length, 'term')}` };
    return item;
  }

  resolveTreeItem(item: vscode.TreeItem, node: Node, token: vscode.CancellationToken): Promise<vscode.TreeItem> {
    return resolved(this.server, item, node.kind === 'term' ? node.row : undefined, token);
  }

  // --- user actions -----------------------------------------------------------------------------------------

  /** Show an input box that filters the view as the user types. */
  async ask(): Promise<void> {
    // Focus the view first: the box closes when it loses the focus.
    await vscode.commands.executeCommand(`${VIEW}.focus`);
    const box = vscode.window.createInputBox();
    box.title = 'Filter the terms';
    box.placeholder = 'Part of a term, an alias or an expansion';
    box.value = this.query;
    let timer: NodeJS.Timeout | undefined;
    const search = (): void => {
      clearTimeout(timer);
      this.search(box.value.trim());
    };
    box.onDidChangeValue(() => {
      clearTimeout(timer);
      timer = setTimeout(search, TYPING);
    });
    box.onDidAccept(() => {
      box.hide();
    });
    box.onDidHide(() => {
      search();
      box.dispose();
    });
    box.show();
  }

  search(query: string): void {
    if (query !== this.query) {
      this.query = query;
      setContext('searching', query !== '');
      void this.reload();
    }
  }

  async group(grouping: Grouping): Promise<void> {
    this.grouping = grouping;
    setContext('grouping', grouping);
    this.drawn.fire(undefined);
    await this.memory.update(MEMENTO, grouping);
  }

  // --- data from the server ---------------------------------------------------------------------------------

  /** Reload when the view is visible. The tree is only redrawn if something has changed. */
  async reload(): Promise<void> {
    this.stopCounting();
    const { found } = this;
    if (found && this.view.visible) {
      const before = await found;
      const loading = this.load();
      const { turn } = this;
      const isSame = JSON.stringify(await loading) === JSON.stringify(before);
      if (turn !== this.turn) {
        return;
      }
      this.found = loading;
      if (!isSame) {
        this.drawn.fire(undefined);
      }
    } else {
      // A pending request may predate the change.
      this.turn += 1;
      this.found = undefined;
      this.drawn.fire(undefined);
    }
  }

  /** Count the uses after a delay, if the view is visible. */
  countLater(pause = SAVING): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.count(), pause);
  }

  private async load(): Promise<Found> {
    const turn = ++this.turn;
    // The first request comes while the server is starting.
    await this.server.settled();
    const client = this.server.running;
    const { query } = this;
    const rows = (client && (await askTerms(client, { query }))) ?? [];
    const guides = client ? (await askGuides(client)).map(({ uri }) => uri) : [];
    if (turn === this.turn) {
      const number = counted(rows.length, 'term');
      this.view.description = client && !query ? number : '';
      this.view.message = query && rows.length > 0 ? `${number} for “${query}”` : '';
      this.countLater(TYPING);
    }
    return { query, rows, guides };
  }

  private async count(): Promise<void> {
    this.stopCounting();
    const client = this.server.running;
    if (!client || !this.view.visible) {
      return;
    }
    const { query } = this;
    const counting = (this.counting = new vscode.CancellationTokenSource());
    const rows = await askTerms(client, { query, uses: true }, counting.token);
    if (rows && !counting.token.isCancellationRequested) {
      const uses = new Map(rows.map((row) => [key(row), row.uses ?? 0]));
      const isOld = [...uses].every(([term, count]) => this.uses.get(term) === count);
      this.uses = query ? new Map([...this.uses, ...uses]) : uses;
      if (!isOld) {
        this.drawn.fire(undefined);
      }
    }
  }

  private stopCounting(): void {
    clearTimeout(this.timer);
    this.counting?.cancel();
    this.counting?.dispose();
    this.counting = undefined;
  }
}

function termNode(row: TermRow): TermNode {
  return { kind: 'term', row };
}

/** Return a key that stays the same while the glossary is edited, unlike the line of the entry. */
function key({ uri, name, expansion }: TermRow): string {
  return JSON.stringify([uri, name, expansion]);
}
