"""The workspaces that the tests of Visual Studio Code open."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

NOTES = """\
# Notes 🐢

The 🚀 SLA of the XQZT team names a zonk.

Our load bal
"""

GLOSSARY = """\
version: 1
terms:
  - term: zonk
    definition: The first meaning.
"""

#: The Python that runs the server; it need not be the one on PATH.
PYTHON = {"glossary_ls.server.interpreter": sys.executable}


def folder_at(path: Path, name: str = "workspace") -> Path:
    """Make a folder with a glossary and two documents, one with a term, an expansion and a finding."""
    root = path / name
    (root / ".git").mkdir(parents=True)
    (root / ".vscode").mkdir()
    (root / "glossary.yaml").write_text(GLOSSARY)
    (root / "notes.md").write_text(NOTES)
    (root / "other.md").write_text("# Other\n\nAsk the VVKJ team.\n")
    return root
