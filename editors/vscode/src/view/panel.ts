/** The panel that shows a term or a guide next to the editor. page.ts renders its content. */

import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Server } from '../client';
import { toRange } from '../editor';
import { askGuides, askTerm, askTerms, type TermName } from '../protocol';
import { openEntry, openPlace } from './items';
import type { Page, Target, Uses } from './page';

const VIEW = 'glossary-ls.term';
const NOT_RUNNING = 'The glossary language server is not running.';

/** The guide of a glossary, by its URI, or the guides of all. */
export interface GuideName {
  readonly guide: string | null;
}

/** What the panel shows. */
export type Subject = TermName | GuideName;

/** How an update changes scroll position and focus. */
interface Update {
  /** A different term is shown: scroll to the top. */
  readonly isNew?: boolean;
  /** The update was triggered from within the page: keep the focus there. */
  readonly focus?: boolean;
}

/** The panel of this window; there is at most one. */
export class TermPanel implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private subject: Subject | undefined;
  private known: { readonly name: TermName; readonly uses: Uses } | undefined;
  private targets: readonly Target[] = [];
  private serial = 0;
  private turn = 0;
  private searching: vscode.CancellationTokenSource | undefined;
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly server: Server,
    private readonly extension: vscode.Uri,
  ) {
    const refresh = (): void => {
      if (this.panel?.visible) {
        void this.draw({});
      }
    };
    this.subscriptions = [
      server.onDidChange(refresh),
      server.onDidChangeTerms(refresh),
      vscode.workspace.onDidSaveTextDocument(refresh),
      vscode.window.registerWebviewPanelSerializer(VIEW, {
        deserializeWebviewPanel: async (panel, state) => {
          // Reloading the window restores the panel.
          this.adopt(panel);
          const subject = subjectIn(state);
          if (subject) {
            this.subject = subject;
          } else {
            panel.dispose();
          }
          await Promise.resolve();
        },
      }),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
    this.panel?.dispose();
  }

  /** Show a term or a guide; the editor keeps the focus. */
  show(subject: Subject): void {
    this.subject = subject;
    if (this.panel) {
      this.panel.reveal(undefined, true);
      void this.draw({ isNew: true });
      return;
    }
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    // The page requests its content when it is ready.
    this.adopt(vscode.window.createWebviewPanel(VIEW, titleOf(subject), column));
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel?.dispose();
    this.panel = panel;
    const media = vscode.Uri.joinPath(this.extension, 'media');
    panel.webview.options = { enableScripts: true, localResourceRoots: [media] };
    panel.iconPath = vscode.Uri.joinPath(this.extension, 'images', 'icon.png');
    panel.onDidDispose(() => {
      if (this.panel === panel) {
        this.panel = undefined;
        this.known = undefined;
        this.searching?.cancel();
      }
    });
    panel.webview.onDidReceiveMessage((message: unknown) => {
      if (this.panel === panel) {
        void this.handle(message);
      }
    });
    panel.webview.html = shell(panel.webview, media);
  }

  /** Handle a message from the page: either that it is ready, or which button was pressed. */
  private async handle(message: unknown): Promise<void> {
    const { ready, serial, target } = message as Readonly<Record<string, unknown>>;
    if (ready === true) {
      await this.draw({ isNew: true });
      return;
    }
    const chosen = serial === this.serial && typeof target === 'number' ? this.targets[target] : undefined;
    if (!chosen) {
      return;
    }
    if ('term' in chosen) {
      this.subject = chosen.term;
      await this.draw({ isNew: true, focus: true });
    } else if ('entry' in chosen) {
      await openEntry(chosen.entry);
    } else {
      const { uri, range } = chosen.use;
      await openPlace(vscode.Uri.parse(uri, true), toRange(range), { preserveFocus: false });
    }
  }

  private async draw(update: Update): Promise<void> {
    const turn = ++this.turn;
    this.searching?.cancel();
    this.searching?.dispose();
    this.searching = new vscode.CancellationTokenSource();
    const { subject } = this;
    await this.server.settled();
    if (subject && turn === this.turn) {
      await ('guide' in subject ? this.drawGuides(subject, update, turn) : this.drawTerm(subject, update, turn));
    }
  }

  private async drawGuides({ guide }: GuideName, update: Update, turn: number): Promise<void> {
    const client = this.server.running;
    const found = client ? await askGuides(client) : [];
    const rows = (client && (await askTerms(client, { query: '' }))) ?? [];
    const { guidePage, notice } = await import('./page.js');
    if (turn !== this.turn) {
      return;
    }
    const guides = found.filter(({ uri }) => guide === null || uri === guide);
    const known = new Set(rows.flatMap(({ name, aliases }) => [name, ...aliases]).map((name) => name.toLowerCase()));
    this.title('Guide');
    const reason = client ? 'No active glossary has a guide or comparisons.' : NOT_RUNNING;
    this.send(guides.length > 0 ? guidePage(guides, known) : notice('Guide', reason), update);
  }

  private async drawTerm(name: TermName, update: Update, turn: number): Promise<void> {
    const token = this.searching?.token;
    const client = this.server.running;
    const term = client && (await askTerm(client, name));
    const { page, notice } = await import('./page.js');
    if (turn !== this.turn) {
      return;
    }
    if (!client || !term) {
      const reason = client ? 'No active glossary has this term.' : NOT_RUNNING;
      this.send(notice(name.name, reason), update);
      return;
    }
    this.title(term.name);
    const build = (uses: Uses): Page => page(term, name, uses, path);
    // Show the previous uses until the search has finished.
    this.send(build(this.known?.name === name ? this.known.uses : []), update);
    const uses = await Promise.all(
      term.senses.map(async (_, sense) => {
        const answer = await askTerm(client, { ...name, uses: true, sense }, token);
        return answer?.uses ?? [];
      }),
    );
    if (turn === this.turn) {
      this.known = { name, uses };
      this.send(build(uses), {});
    }
  }

  private title(title: string): void {
    if (this.panel && this.panel.title !== title) {
      this.panel.title = title;
    }
  }

  private send({ html, targets }: Page, { isNew = false, focus = false }: Update): void {
    this.targets = targets;
    this.serial += 1;
    const { serial, subject: state } = this;
    void this.panel?.webview.postMessage({ html, serial, state, isNew, focus });
  }
}

function path(uri: string): string {
  return vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
}

function titleOf(subject: Subject): string {
  return 'guide' in subject ? 'Guide' : subject.name;
}

/** Return the subject in a value that comes from outside; undefined if it is none. */
export function subjectIn(value: unknown): Subject | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const { name, uri, guide } = value as Readonly<Record<string, unknown>>;
  if (typeof guide === 'string' || guide === null) {
    return { guide };
  }
  if (typeof name !== 'string') {
    return undefined;
  }
  return typeof uri === 'string' ? { name, uri } : { name };
}

/** Return the page without its content. The policy allows only the extension's own style sheet and script. */
function shell(webview: vscode.Webview, media: vscode.Uri): string {
  const nonce = randomBytes(18).toString('base64');
  const file = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(media, name)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Glossary</title>
<link rel="stylesheet" href="${file('panel.css')}">
</head>
<body>
<main></main>
<script nonce="${nonce}" src="${file('panel.js')}"></script>
</body>
</html>`;
}
