"""Driving a real Emacs: one run in batch does what a person does, and notes what it sees (`observe.el`)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PACKAGE = HERE.parents[1] / "editors" / "emacs"

#: How long the whole run may take, in seconds; every step in it has a deadline of its own, and few wait.
PATIENCE = 300.0

#: What must be there: Emacs itself, Eglot (a package before Emacs 29) and a mode for Markdown.
_NEEDED = "(progn (require 'eglot) (require 'markdown-mode))"


@cache
def program() -> str | None:
    """Return an Emacs with Eglot and markdown-mode; EMACS in the environment names another than `emacs`.

    On machines of a continuous integration it is installed if it can be.
    """
    if os.environ.get("CI", "false") != "false":
        subprocess.run([HERE / "install-editors"], check=False)
    found = shutil.which(os.environ.get("EMACS") or "emacs")
    return found if found and evaluates(found, _NEEDED) else None


def evaluates(emacs: str, code: str) -> bool:
    """Tell whether Lisp code runs without an error; Debian's packages can be required in it."""
    return batch(emacs, "--eval", code).returncode == 0


def batch(
    emacs: str, *arguments: str, folder: Path = HERE, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run Emacs without anybody's configuration, with our package and server to be found."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    debian = '(setq package-directory-list (list "/usr/share/emacs/site-lisp/elpa"))'
    quiet = "(setq native-comp-deferred-compilation nil native-comp-jit-compilation nil)"
    prepared = ["--eval", f"(progn {quiet} {debian} (require 'package) (package-initialize))"]
    return subprocess.run(
        [emacs, "--batch", "-Q", *prepared, "-L", str(PACKAGE), *arguments],
        cwd=folder,
        env={**os.environ, "PATH": path, **variables},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def observations(emacs: str, workspace: Path) -> dict[str, Any]:
    """Return what there is to be seen in a workspace."""
    seen = workspace.parent / "observations.json"
    run = batch(emacs, "-l", str(HERE / "observe.el"), folder=workspace, OBSERVATIONS=str(seen))
    assert run.returncode == 0, run.stderr
    return dict(json.loads(seen.read_text("utf-8")))
