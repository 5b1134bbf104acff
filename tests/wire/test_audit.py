"""What a server touches while a hostile repository is open, as Python's audit hook sees it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.torture.hostile import Event, make, touched

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_hostile_repository_reaches_nothing_outside_of_it(tmp_path: Path) -> None:
    folder = Path(os.path.realpath(tmp_path))
    made = make(folder)
    # No variable names a folder of the user who runs the tests.
    environ = {"HOME": str(made.home), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-m", "tests.torture.hostile", str(folder)],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    events = [Event(name, arguments) for name, *arguments in json.loads(done.stdout)]
    allowed = [made.inside, *(made.home / name for name in (".config/glossary-ls", ".cache/glossary-ls"))]
    allowed += [ROOT / "glossary_ls", ROOT / "data", ROOT / "docs", Path(sys.prefix), Path(sys.base_prefix)]
    *outside, planted = touched(events, [os.path.realpath(path) for path in allowed])
    assert outside == []
    assert planted == Event("open", [str(made.outside / "a.md"), "r", "524288"])
    # Something was done, and nothing outside was changed.
    assert {"open", "os.scandir", "os.stat", "os.rename"} <= {event.name for event in events}
    assert sorted(path.name for path in made.outside.iterdir()) == [
        "a.md",
        "glossary-ls.toml",
        "glossary.yaml",
        "ignore",
    ]
    assert (made.outside / "glossary.yaml").read_text() == "SLO: Secret\n"
