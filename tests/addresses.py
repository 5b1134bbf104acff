"""The address of the repository: `Repository` in pyproject.toml is the source, other files repeat it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]

#: The files that have the address; `python -m tests.generate` writes it into them.
FILES = (
    ROOT / "pyproject.toml",
    ROOT / "zensical.toml",
    ROOT / "docs/ci.md",
    ROOT / "docs/editors/zed.md",
    ROOT / "glossary_ls/rules/pages.py",
    ROOT / "editors/nvim/lsp/glossary_ls.lua",
    ROOT / "editors/vscode/package.json",
    ROOT / "packaging/homebrew/glossary-ls.rb",
    ROOT / "packaging/mason/package.yaml",
    ROOT / "packaging/nix/package.nix",
)

#: The address of a repository of this name: host, owner, name. The package index has such addresses, too.
_ADDRESS = re.compile(r"https://(?!pypi\.org/)[\w.-]+/[\w.-]+/glossary-ls(?![\w-])")


def repository() -> str:
    """Return the address in pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return str(project["urls"]["Repository"])


def with_repository(text: str, address: str) -> str:
    """Replace each address of the repository."""
    return _ADDRESS.sub(address, text)


def repositories(text: str) -> set[str]:
    """Return the addresses of the repository in a text."""
    return set(_ADDRESS.findall(text))
