/** The language status item: the state of the server, the available terms and the problems in the document. */

import * as vscode from 'vscode';
import { languages, type Server } from './client';
import { askStatus } from './protocol';

const SOURCE = 'glossary-ls';
const PAUSE = 300;

/** Show the status of the active document until the returned object is disposed. */
export function showStatus(server: Server): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('glossary_ls.status', selector());
  item.name = 'Glossary';
  let timer: NodeJS.Timeout | undefined;
  let drawn = 0;

  const draw = async (): Promise<void> => {
    const turn = ++drawn;
    const uri = vscode.window.activeTextEditor?.document.uri;
    const client = server.running;
    const known = client && uri ? await askStatus(client, uri) : undefined;
    if (turn !== drawn) {
      return;
    }
    if (!client) {
      item.text = 'Glossary: not running';
      item.detail = '';
      item.severity = vscode.LanguageStatusSeverity.Error;
      item.command = { title: 'Restart', command: 'glossary-ls.restart' };
      return;
    }
    const problems = uri ? count(uri) : 0;
    item.text = known ? `$(book) ${counted(known.terms, 'term')}` : '$(book) Glossary';
    const glossaries = known?.glossaries.map(({ name, terms }) => `${name} (${terms})`).join(', ');
    item.detail = [`${counted(problems, 'problem')} in this document`, glossaries].filter(Boolean).join(' · ');
    item.severity = vscode.LanguageStatusSeverity.Information;
    item.command = { title: 'Open Glossary', command: 'glossary-ls.openGlossary' };
  };
  const drawSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void draw(), PAUSE);
  };

  drawSoon();
  return vscode.Disposable.from(
    item,
    new vscode.Disposable(() => {
      clearTimeout(timer);
    }),
    server.onDidChange(drawSoon),
    vscode.window.onDidChangeActiveTextEditor(drawSoon),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('glossary_ls.server.languages')) {
        item.selector = selector();
      }
    }),
    vscode.languages.onDidChangeDiagnostics((event) => {
      const uri = vscode.window.activeTextEditor?.document.uri.toString();
      if (event.uris.some((changed) => changed.toString() === uri)) {
        drawSoon();
      }
    }),
  );
}

function selector(): vscode.DocumentSelector {
  return languages().map((language) => ({ language }));
}

function count(uri: vscode.Uri): number {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === SOURCE).length;
}

/** Return a number with its noun in the right form. */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
