/** The connection to the language server: started, ended and started anew, one after the other. */

import * as vscode from 'vscode';
import type {
  ClientCapabilities,
  ErrorHandler,
  LanguageClient,
  LanguageClientOptions,
  StaticFeature,
} from 'vscode-languageclient/node';
import { CHANGED } from './protocol';
import { findServer, NoServerError, type Program } from './server';

const ID = 'glossary_ls';

/** Settings of the extension itself, which the server would take for mistakes. */
const OWN_SETTINGS = new Set(['server', 'trace', 'decorations']);

/** Where glossaries are; no group in a group, which the editor's search does not take. */
export const GLOSSARIES = ['**/{glossary,.glossary,*.glossary}.{yaml,yml}', '**/.glossary/**/*.{yaml,yml}'];
/** How often a server that dies is started again within three minutes. */
const MOST_RESTARTS = 4;

const CONFIGURATION = '**/{glossary-ls.toml,pyproject.toml}';

/** The one server of this window. */
export class Server implements vscode.Disposable {
  /** Fires when the server has started or ended. */
  readonly onDidChange: vscode.Event<void>;
  /** Fires when views should ask again, with whether terms may be others, or only what documents spell out. */
  readonly onDidChangeTerms: vscode.Event<boolean>;
  /** How the running server was started. */
  program: Program | undefined;

  private readonly changed = new vscode.EventEmitter<void>();
  private readonly changedTerms = new vscode.EventEmitter<boolean>();
  private client: LanguageClient | undefined;
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: vscode.ExtensionContext,
    readonly output: vscode.LogOutputChannel,
  ) {
    this.onDidChange = this.changed.event;
    this.onDidChangeTerms = this.changedTerms.event;
  }

  /** The connection while there is one that answers. */
  get running(): LanguageClient | undefined {
    return this.client?.isRunning() ? this.client : undefined;
  }

  /** End the server if there is one, and start it with the settings of now. */
  restart(): Promise<void> {
    this.queue = this.queue.then(async () => {
      await this.end();
      await this.begin();
    });
    return this.queue;
  }

  /** Wait until a start or an end that is under way is done, however it goes. */
  settled(): Promise<void> {
    return this.queue;
  }

  stop(): Promise<void> {
    this.queue = this.queue.then(() => this.end());
    return this.queue;
  }

  dispose(): void {
    this.changed.dispose();
    this.changedTerms.dispose();
  }

  private async begin(): Promise<void> {
    try {
      this.program = await findServer(this.context);
      const { command, args, cwd } = this.program;
      this.output.info(`Starting ${[command, ...args].join(' ')}`);
      const run = { command, args: [...args, 'serve'], options: { cwd } };
      // Loaded only now: it is most of the extension, and the editor waits for `activate`.
      const library = await import('./library.js');
      let usual: ErrorHandler | undefined;
      let hasStarted = false;
      const errorHandler: ErrorHandler = {
        // By default four messages to a server that has died end the client for good, before it can restart it.
        error: () => ({ action: library.ErrorAction.Continue, handled: true }),
        // A client that is given up below must not come up later, unknown to anybody and beside the next one.
        closed: () =>
          hasStarted
            ? (usual ??= client.createDefaultErrorHandler(MOST_RESTARTS)).closed()
            : { action: library.CloseAction.DoNotRestart, handled: true },
      };
      const client = new library.LanguageClient(ID, 'Glossary', run, { ...this.options(), errorHandler });
      client.registerFeature(new OwnCapabilities());
      client.onNotification(CHANGED, ({ terms }: { readonly terms: boolean }) => {
        this.changedTerms.fire(terms);
      });
      client.onDidChangeState(() => {
        this.changed.fire();
      });
      this.client = client;
      await client.start();
      hasStarted = true;
    } catch (error) {
      await this.end();
      // Not awaited: the next restart must not wait for a button.
      void this.complain(error);
    }
    this.changed.fire();
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    try {
      // What is left of a client whose server never came up cannot be stopped.
      if (client?.needsStop()) {
        await client.stop();
      }
      await client?.dispose();
    } catch (error) {
      this.output.warn(`The language server did not end in order: ${String(error)}`);
    }
  }

  private async complain(error: unknown): Promise<void> {
    const expected = error instanceof NoServerError;
    const message = expected ? error.message : `The glossary's language server did not start: ${String(error)}`;
    this.output.error(message);
    if (expected) {
      error.tried.forEach((line) => {
        this.output.error(`  tried ${line}`);
      });
    }
    const settings = 'Open Settings';
    const output = 'Show Output';
    const chosen = await vscode.window.showErrorMessage(message, settings, output);
    if (chosen === settings) {
      const setting = expected ? error.setting : 'glossary_ls.server';
      // The settings of a machine are, on a remote one, on a page of their own.
      await (vscode.env.remoteName === undefined
        ? vscode.commands.executeCommand('workbench.action.openSettings', setting)
        : vscode.commands.executeCommand('workbench.action.openRemoteSettings', { query: setting }));
    } else if (chosen === output) {
      this.output.show();
    }
  }

  private options(): LanguageClientOptions {
    return {
      documentSelector: documents(),
      outputChannel: this.output,
      markdown: { isTrusted: false, supportHtml: false },
      // Who waits for the start tells the user.
      initializationFailedHandler: () => false,
      middleware: {
        workspace: {
          configuration: async (params, token, next) => {
            const values: unknown = await next(params, token);
            return Array.isArray(values) ? values.map(withoutOwnSettings) : [];
          },
        },
      },
    };
  }
}

/** Return the languages of the documents that are explained. */
export function languages(): string[] {
  return vscode.workspace.getConfiguration('glossary_ls.server').get<string[]>('languages', []);
}

function documents(): { scheme: string; language?: string; pattern?: string }[] {
  return [
    ...languages().flatMap((language) => [
      { scheme: 'file', language },
      { scheme: 'untitled', language },
    ]),
    ...[...GLOSSARIES, CONFIGURATION].map((pattern) => ({ scheme: 'file', pattern })),
  ];
}

function withoutOwnSettings(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).filter(([key]) => !OWN_SETTINGS.has(key)));
}

/** The commands that this extension registers itself; the server leaves them out of those that it announces. */
const OWN_COMMANDS = ['showReferences', 'addTerm', 'showTerm', 'openGlossary', 'checkWorkspace', 'restart'].map(
  (name) => `glossary_ls.${name}`,
);

/** Tells the server that its code lenses can show places, which commands there are, and that views want news. */
class OwnCapabilities implements StaticFeature {
  fillClientCapabilities(capabilities: ClientCapabilities): void {
    const experimental = (capabilities.experimental ?? {}) as Record<string, unknown>;
    experimental.commands = { commands: OWN_COMMANDS };
    experimental.glossary_ls = { asksAtLocations: true, changed: true };
    capabilities.experimental = experimental;
  }

  initialize(): void {
    // Nothing depends on what the server announces.
  }

  getState(): { kind: 'static' } {
    return { kind: 'static' };
  }

  clear(): void {
    // There is nothing to forget.
  }
}
