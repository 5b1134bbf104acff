/** Optional underlines for the terms in the visible lines, based on the semantic tokens of the server. */

import * as vscode from 'vscode';
import { languages, type Server } from './client';
import { toRange } from './editor';
import { askTokens, type Token } from './protocol';

const SETTING = 'glossary_ls.decorations';

/** The delay after typing or scrolling, in milliseconds. */
const PAUSE = 150;

/** The number of lines above and below the visible range that are underlined as well. */
const BEYOND = 30;

type Mode = 'off' | 'first' | 'all';

/** Underline terms until the returned object is disposed. */
export function showDecorations(server: Server): vscode.Disposable {
  const styles = { known: underline('glossary.termUnderline'), deprecated: underline('glossary.deprecatedUnderline') };
  const timers = new Map<vscode.TextEditor, NodeJS.Timeout>();
  const drawn = new WeakSet<vscode.TextEditor>();

  const draw = async (editor: vscode.TextEditor): Promise<void> => {
    timers.delete(editor);
    const { document } = editor;
    const client = server.running;
    const mode = modeOf(document);
    const { version } = document;
    const range = mode === 'off' ? undefined : visibleRange(editor);
    const found = client && range ? await askTokens(client, document.uri, range) : [];
    if (document.version !== version || modeOf(document) !== mode) {
      // The change has scheduled another update.
      return;
    }
    const tokens = (found ?? []).filter(({ first }) => mode === 'all' || first);
    if (tokens.length > 0 || drawn.has(editor)) {
      drawn.add(editor);
      editor.setDecorations(styles.known, rangesOf(tokens, 'known'));
      editor.setDecorations(styles.deprecated, rangesOf(tokens, 'deprecated'));
    }
  };
  const drawLater = (editor: vscode.TextEditor): void => {
    clearTimeout(timers.get(editor));
    timers.set(
      editor,
      setTimeout(() => void draw(editor), PAUSE),
    );
  };
  const drawAll = (): void => {
    vscode.window.visibleTextEditors.forEach(drawLater);
  };

  drawAll();
  return vscode.Disposable.from(
    styles.known,
    styles.deprecated,
    new vscode.Disposable(() => {
      timers.forEach((timer) => {
        clearTimeout(timer);
      });
    }),
    server.onDidChange(drawAll),
    server.onDidChangeTerms(drawAll),
    vscode.window.onDidChangeVisibleTextEditors(drawAll),
    vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
      drawLater(textEditor);
    }),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      vscode.window.visibleTextEditors.filter((editor) => editor.document === document).forEach(drawLater);
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(SETTING) || event.affectsConfiguration('glossary_ls.server.languages')) {
        drawAll();
      }
    }),
  );
}

function underline(color: string): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    borderWidth: '0 0 1px 0',
    borderStyle: 'dotted',
    borderColor: new vscode.ThemeColor(color),
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
}

function modeOf(document: vscode.TextDocument): Mode {
  return languages().includes(document.languageId)
    ? vscode.workspace.getConfiguration(undefined, document).get<Mode>(SETTING, 'off')
    : 'off';
}

function visibleRange({ document, visibleRanges }: vscode.TextEditor): vscode.Range | undefined {
  const [first, last] = [visibleRanges[0], visibleRanges.at(-1)];
  const end = document.lineCount - 1;
  return first && last && document.validateRange(
    new vscode.Range(Math.max(first.start.line - BEYOND, 0), 0, Math.min(last.end.line + BEYOND, end) + 1, 0),
  );
}

function rangesOf(tokens: readonly Token[], kind: Token['kind']): vscode.Range[] {
  return tokens.filter((token) => token.kind === kind).map(({ range }) => toRange(range));
}
