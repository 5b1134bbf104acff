/** Finds a Python interpreter for the bundled server. The workspace is never searched. */

import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';

/** A Python command: the full path of the program, and the arguments that precede ours. */
export interface Python {
  readonly command: string;
  readonly args: readonly string[];
}

/** An unusable interpreter and the reason, for messages. */
export interface Rejected {
  readonly name: string;
  readonly reason: string;
}

export type Search = { readonly found: Python } | { readonly found: undefined; readonly rejected: Rejected[] };

const OLDEST = [3, 11] as const;
const NAMES = ['python3', 'python', 'python3.14', 'python3.13', 'python3.12', 'python3.11'];
const PROBE = 'import sys; print(sys.implementation.name, *sys.version_info[:2])';
/** The timeout of a probe, in milliseconds. */
const TIMEOUT = 10_000;

/**
 * Return the first interpreter that is new enough: the configured one, the one selected in the Python extension,
 * or one on the search path. If an interpreter is configured but unusable, no other one is tried.
 */
export async function findPython(configured: string): Promise<Search> {
  if (configured) {
    const reason = await objection({ command: configured, args: [] });
    return reason === undefined
      ? { found: { command: configured, args: [] } }
      : { found: undefined, rejected: [{ name: configured, reason }] };
  }
  const rejected: Rejected[] = [];
  const seen = new Set<string>();
  for await (const candidate of candidates()) {
    const name = [candidate.command, ...candidate.args].join(' ');
    if (seen.has(name)) {
      continue;
    }
    seen.add(name);
    const reason = await objection(candidate);
    if (reason === undefined) {
      return { found: candidate };
    }
    rejected.push({ name, reason });
  }
  return { found: undefined, rejected };
}

async function* candidates(): AsyncGenerator<Python> {
  const chosen = await chosenInPythonExtension();
  if (chosen) {
    yield { command: chosen, args: [] };
  }
  for (const name of NAMES) {
    for (const command of await onSearchPath(name)) {
      yield { command, args: [] };
    }
  }
  if (process.platform === 'win32') {
    for (const command of await onSearchPath('py')) {
      yield { command, args: ['-3'] };
    }
  }
}

/** Return why an interpreter cannot run the server, or undefined if it can. */
async function objection(python: Python): Promise<string | undefined> {
  let answer: string;
  try {
    answer = await run(python.command, [...python.args, '-I', '-c', PROBE]);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isMissing ? 'the file does not exist' : 'it does not run';
  }
  const [, implementation, major, minor] = /^(\w+) (\d+) (\d+)\s*$/.exec(answer) ?? [];
  if (implementation === undefined) {
    return 'it is not a Python interpreter';
  }
  const version = [Number(major), Number(minor)] as const;
  const isNew = version[0] > OLDEST[0] || (version[0] === OLDEST[0] && version[1] >= OLDEST[1]);
  return isNew ? undefined : `it is Python ${version.join('.')}`;
}

async function run(command: string, args: readonly string[]): Promise<string> {
  const options = { timeout: TIMEOUT, windowsHide: true, cwd: os.homedir() };
  return (await promisify(execFile)(command, args, options)).stdout;
}

/**
 * Return the full paths of a program on the search path. On Windows, the search of the system would include the
 * current folder. Relative entries of the path are skipped, because they depend on the current folder.
 */
async function onSearchPath(name: string): Promise<string[]> {
  const isWindows = process.platform === 'win32';
  const found: string[] = [];
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, isWindows ? `${name}.exe` : name);
    if (path.isAbsolute(folder) && (await isExecutable(file))) {
      found.push(file);
    }
  }
  return found;
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The part of the Python extension's API that is used. */
interface PythonExtension {
  readonly environments?: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    resolveEnvironment(
      path: unknown,
    ): Promise<{ readonly executable: { readonly uri?: vscode.Uri } } | undefined>;
  };
}

/**
 * Return the interpreter selected in the Python extension. It may come from the settings of the workspace, so it
 * is only used in trusted workspaces.
 */
async function chosenInPythonExtension(): Promise<string | undefined> {
  const extension = vscode.extensions.getExtension<PythonExtension>('ms-python.python');
  if (!extension || !vscode.workspace.isTrusted) {
    return undefined;
  }
  const timeout = new Promise<undefined>((resolve) => setTimeout(resolve, TIMEOUT / 2, undefined));
  const ask = async (): Promise<string | undefined> => {
    const { environments } = await extension.activate();
    const active = environments?.getActiveEnvironmentPath(vscode.workspace.workspaceFolders?.[0]?.uri);
    const environment = active && (await environments?.resolveEnvironment(active));
    return environment?.executable.uri?.fsPath;
  };
  try {
    return await Promise.race([ask(), timeout]);
  } catch {
    return undefined;
  }
}
