/** Where the language server is: the one way to find it, and what to tell the user when there is none. */

import { stat } from 'node:fs/promises';
import * as os from 'node:os';
import type { ExtensionContext } from 'vscode';
import { Uri, workspace } from 'vscode';
import { findPython } from './python';

/** A command line that runs `glossary-ls`; arguments of the program come after it. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

/** Why there is no server: a sentence, what was tried, and the setting that would help. */
export class NoServerError extends Error {
  constructor(
    message: string,
    readonly setting: string,
    readonly tried: readonly string[] = [],
  ) {
    super(message);
  }
}

/** Return the program to run. Its working folder is never one that came with a repository. */
export async function findServer(context: ExtensionContext): Promise<Program> {
  const cwd = os.homedir();
  const settings = workspace.getConfiguration('glossary_ls.server');
  const own = settings.get('path', '').trim();
  if (own) {
    if (!(await isFile(own))) {
      throw new NoServerError(
        `There is no file ${own}. Correct the setting glossary_ls.server.path, or leave it empty.`,
        'glossary_ls.server.path',
      );
    }
    return { command: own, args: [], cwd };
  }
  const configured = settings.get('interpreter', '').trim();
  const search = await findPython(configured);
  if (!search.found) {
    const tried = search.rejected.map(({ name, reason }) => `${name}: ${reason}`);
    const cause = configured
      ? `The Python of the setting glossary_ls.server.interpreter cannot be used: ${tried.join('; ')}.`
      : 'The glossary needs Python 3.11 or newer, and none was found on this machine.';
    const remedy = configured ? 'Name another one.' : 'Install one, or name one in the settings.';
    throw new NoServerError(`${cause} ${remedy}`, 'glossary_ls.server.interpreter', tried);
  }
  const script = Uri.joinPath(context.extensionUri, 'bundled', 'serve.py').fsPath;
  // Isolated: neither the environment nor the folder at hand can put another module in the way. What Python
  // compiles is kept with the extension's other files, because an extension's own folder should not change.
  const cache = Uri.joinPath(context.globalStorageUri, 'pycache').fsPath;
  const args = [...search.found.args, '-I', '-X', `pycache_prefix=${cache}`, '-X', 'utf8', script];
  return { command: search.found.command, args, cwd };
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
