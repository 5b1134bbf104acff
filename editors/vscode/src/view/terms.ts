/** The view of all terms in force: grouped or searched, with their uses counted when nothing else is to do. */

import * as vscode from 'vscode';
import type { Server } from '../client';
import { setContext } from '../editor';
import { askTerms, nameOf, type TermRow } from '../protocol';
import { counted } from '../status';
import { grouped, type Group, type Grouping } from './grouping';
import { resolved, termItem, type TermNode } from './items';

interface GroupNode {
  readonly kind: 'group';
  readonly group: Group;
  readonly isOnly: boolean;
}

type Node = GroupNode | TermNode;

/** What the server found, and for what. */
interface Found {
  readonly query: string;
  readonly rows: readonly TermRow[];
}

const VIEW = 'glossary-ls.terms';
const MEMENTO = 'glossary-ls.grouping';

/** How long typing, or saving, has to pause, in milliseconds. */
const TYPING = 120;
const SAVING = 1000;

/** Show the view for as long as the result is not disposed of. */
export function showTerms(server: Server, memory: vscode.Memento): vscode.Disposable {
  const terms = new Terms(server, memory);
  const { registerCommand } = vscode.commands;
  return vscode.Disposable.from(
    terms,
    registerCommand('glossary-ls.searchTerms', () => terms.ask()),
    registerCommand('glossary-ls.clearSearch', () => {
      terms.search('');
    }),
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
  /** What is shown, or will be; undefined when it is to be asked for anew. */
  private found: Promise<Found> | undefined;
  private turn = 0;
  private uses: ReadonlyMap<string, number> = new Map();
  private counting: vscode.CancellationTokenSource | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly server: Server,
    private readonly memory: vscode.Memento,
  ) {
    this.onDidChangeTreeData = this.drawn.event;
    this.grouping = memory.get<string>(MEMENTO) === 'letter' ? 'letter' : 'topic';
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

  // --- what the editor asks: only while the view is visible -------------------------------------------------

  async getChildren(node?: Node): Promise<Node[]> {
    if (node) {
      return node.kind === 'group' ? node.group.rows.map(termNode) : [];
    }
    const { query, rows } = await (this.found ??= this.load());
    if (query) {
      return rows.map(termNode);
    }
    const groups = grouped(rows, this.grouping);
    return groups.map((group) => ({ kind: 'group', group, isOnly: groups.length === 1 }));
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if (node.kind === 'term') {
      const item = termItem(node.row, this.uses.get(key(node.row)), 'use');
      item.command = { title: 'Show Term', command: 'glossary-ls.showDetails', arguments: [nameOf(node.row)] };
      return item;
    }
    const { label, rows } = node.group;
    const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(label, node.isOnly ? Expanded : Collapsed);
    item.id = `${this.grouping}:${label}`;
    item.description = String(rows.length);
    item.accessibilityInformation = { label: `${label}, ${counted(rows.length, 'term')}` };
    return item;
  }

  resolveTreeItem(item: vscode.TreeItem, node: Node, token: vscode.CancellationToken): Promise<vscode.TreeItem> {
    return resolved(this.server, item, node.kind === 'term' ? node.row : undefined, token);
  }

  // --- what the user asks -----------------------------------------------------------------------------------

  /** Let the user type what to search for; the view follows. */
  async ask(): Promise<void> {
    // First the view, then the box: it closes when it loses the keyboard.
    await vscode.commands.executeCommand(`${VIEW}.focus`);
    const box = vscode.window.createInputBox();
    box.title = 'Search the glossary';
    box.placeholder = 'Part of a term, an alias, or what it stands for';
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

  // --- what the server says ---------------------------------------------------------------------------------

  /** Ask again, as soon as the view is visible. What is shown stays if it is still true. */
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
      // What is under way may be of before the change.
      this.turn += 1;
      this.found = undefined;
      this.drawn.fire(undefined);
    }
  }

  /** Count the uses after a pause, if anybody can see them. */
  countLater(pause = SAVING): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.count(), pause);
  }

  private async load(): Promise<Found> {
    const turn = ++this.turn;
    // The first question comes while the server is being started.
    await this.server.settled();
    const client = this.server.running;
    const { query } = this;
    const rows = (client && (await askTerms(client, { query }))) ?? [];
    if (turn === this.turn) {
      const number = counted(rows.length, 'term');
      this.view.description = client && !query ? number : '';
      this.view.message = query && rows.length > 0 ? `${number} for “${query}”` : '';
      this.countLater(TYPING);
    }
    return { query, rows };
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

/** Return what a term is known by while its glossary is edited: its line may be another one every second. */
function key({ uri, name, expansion }: TermRow): string {
  return JSON.stringify([uri, name, expansion]);
}
