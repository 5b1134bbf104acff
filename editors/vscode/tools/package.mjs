// Pack the extension without make (`npm run package`), on every system: find a Python, and run pack.py with it.
//
// PYTHON names another one than the search path has. The virtual environment of the checkout comes first.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const tools = dirname(fileURLToPath(import.meta.url));
const bin = process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python';
const own = join(tools, '..', '..', '..', '.venv', bin);
const candidates = [process.env.PYTHON, existsSync(own) ? own : '', 'python3', 'python', 'py'];
const isNewEnough = 'import sys; sys.exit(sys.version_info < (3, 11))';

const python = candidates.find((name) => name && spawnSync(name, ['-c', isNewEnough]).status === 0);
if (!python) {
  console.error('Python 3.11 or newer is needed to pack the server; set PYTHON to its path.');
  process.exit(1);
}
const run = spawnSync(python, [join(tools, 'pack.py'), ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(run.status ?? 1);
