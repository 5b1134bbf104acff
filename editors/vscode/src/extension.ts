/** Activation and deactivation of the extension. */

import * as vscode from 'vscode';
import { languages, Server } from './client';
import { registerCommands } from './commands';
import { showDecorations } from './decorations';
import { setContext } from './editor';
import { showStatus } from './status';
import { registerViews } from './view/views';

let server: Server | undefined;

/** Start the server without waiting for it, so that activation does not block the editor. */
export function activate(context: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel('Glossary', { log: true });
  const started = (server = new Server(context, output));
  const restart = (): void => {
    void started.restart();
  };
  context.subscriptions.push(
    output,
    started,
    ...registerCommands(started),
    showStatus(started),
    registerViews(started, context),
    showDecorations(started),
    started.onDidChange(() => {
      setContext('running', started.running !== undefined);
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('glossary_ls.server')) {
        setContext('languages', languages());
        restart();
      }
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      if (!started.running) {
        restart();
      }
    }),
  );
  setContext('languages', languages());
  restart();
}

/** Stop the server. */
export async function deactivate(): Promise<void> {
  await server?.stop();
}
