/** The connection to the language server. Starts and stops run one after the other. */

import * as vscode from 'vscode';
import type {
  ClientCapabilities,
  ErrorHandler,
  LanguageClient,
  LanguageClientOptions,
  StaticFeature,
} from 'vscode-languageclient/node';
import { hoverWithLinks } from './hover';
import { CHANGED } from './protocol';
import { findServer, NoServerError, type Program } from './server';

const ID = 'glossary_ls';

/** Settings of the extension itself, which the server would report as unknown. */
const OWN_SETTINGS = new Set(['server', 'trace', 'decorations']);

/** Glob patterns of glossary files. `findFiles` does not support nested groups. */
export const GLOSSARIES = [
  '**/{glossary,.glossary,*.glossary}.{yaml,yml,csv,tsv}',
  '**/.glossary/**/*.{yaml,yml,csv,tsv}',
];
/** The maximum number of restarts after a crash within three minutes. */
const MOST_RESTARTS = 4;

const CONFIGURATION = '**/{glossary-ls.toml,pyproject.toml}';

/** The server of this window. */
export class Server implements vscode.Disposable {
  /** Fires when the server has started or stopped. */
  readonly onDidChange: vscode.Event<void>;
  /** Fires when views should reload; true if terms may have changed, false if only definitions in documents have. */
  readonly onDidChangeTerms: vscode.Event<boolean>;
  /** The command line of the running server. */
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

  /** The client, if the server is running. */
  get running(): LanguageClient | undefined {
    return this.client?.isRunning() ? this.client : undefined;
  }

  /** Stop the server if it is running, and start it with the current settings. */
  restart(): Promise<void> {
    this.queue = this.queue.then(async () => {
      await this.end();
      await this.begin();
    });
    return this.queue;
  }

  /** Wait until pending starts and stops have finished, successfully or not. */
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
      // Loaded lazily: it is most of the code, and the editor waits for `activate`.
      const library = await import('./library.js');
      let usual: ErrorHandler | undefined;
      let hasStarted = false;
      const errorHandler: ErrorHandler = {
        // By default, four messages to a crashed server stop the client for good, before it can restart the server.
        error: () => ({ action: library.ErrorAction.Continue, handled: true }),
        // A client that is discarded below must not restart later, in parallel with the next one.
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
      // Not awaited: the next restart must not wait for the user to close the message.
      void this.report(error);
    }
    this.changed.fire();
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    try {
      // A client whose server never started cannot be stopped.
      if (client?.needsStop()) {
        await client.stop();
      }
      await client?.dispose();
    } catch (error) {
      this.output.warn(`The language server did not stop cleanly: ${String(error)}`);
    }
  }

  private async report(error: unknown): Promise<void> {
    const expected = error instanceof NoServerError;
    const message = expected ? error.message : `The glossary language server did not start: ${String(error)}`;
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
      // Machine settings of a remote have their own page.
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
      // `begin` reports the error.
      initializationFailedHandler: () => false,
      middleware: {
        provideHover: (document, position, token) =>
          this.running && hoverWithLinks(this.running, document, position, token),
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

/** Return the languages that the server is used for. */
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

/** The commands that this extension registers itself; the server does not announce them. */
const OWN_COMMANDS = [
  'showReferences',
  'askExpansion',
  'moreActions',
  'reviewAcronyms',
  'addTerm',
  'showTerm',
  'openGlossary',
  'checkWorkspace',
  'restart',
].map((name) => `glossary_ls.${name}`);

/** Client capabilities beyond the protocol: own commands, code lenses with references, and change notifications. */
class OwnCapabilities implements StaticFeature {
  fillClientCapabilities(capabilities: ClientCapabilities): void {
    const experimental = (capabilities.experimental ?? {}) as Record<string, unknown>;
    experimental.commands = { commands: OWN_COMMANDS };
    experimental.glossary_ls = { asksAtLocations: true, changed: true, linksTerms: true };
    capabilities.experimental = experimental;
  }

  initialize(): void {
    // Does not depend on the server capabilities.
  }

  getState(): { kind: 'static' } {
    return { kind: 'static' };
  }

  clear(): void {
    // There is no state.
  }
}
