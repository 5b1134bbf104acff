/** Finds the language server, and explains to the user why there is none. */

import { stat } from 'node:fs/promises';
import * as os from 'node:os';
import type { ExtensionContext } from 'vscode';
import { Uri, workspace } from 'vscode';
import { findPython } from './python';

/** A command line that runs `glossary-ls`, to be followed by its arguments. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

/** There is no usable server: a message for the user, the setting to change, and what was tried. */
export class NoServerError extends Error {
  constructor(
    message: string,
    readonly setting: string,
    readonly tried: readonly string[] = [],
  ) {
    super(message);
  }
}

/** Return the program to run. Its working directory is never inside a workspace. */
export async function findServer(context: ExtensionContext): Promise<Program> {
  const cwd = os.homedir();
  const settings = workspace.getConfiguration('glossary_ls.server');
  const own = settings.get('path', '').trim();
  if (own) {
    if (!(await isFile(own))) {
      throw new NoServerError(
        `The file ${own} does not exist. Correct or clear the setting glossary_ls.server.path.`,
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
      ? `The interpreter in the setting glossary_ls.server.interpreter cannot be used: ${tried.join('; ')}.`
      : 'The glossary needs Python 3.11 or newer, and none was found on this machine.';
    const remedy = configured ? 'Choose another one.' : 'Install Python, or set an interpreter in the settings.';
    throw new NoServerError(`${cause} ${remedy}`, 'glossary_ls.server.interpreter', tried);
  }
  const script = Uri.joinPath(context.extensionUri, 'bundled', 'serve.py').fsPath;
  // Isolated mode: neither the environment nor the current folder can shadow a module. Bytecode is written to the
  // global storage, because the folder of an extension should not change.
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
