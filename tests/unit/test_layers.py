"""The import order of ARCHITECTURE.md: no module may import from a layer above its own."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "glossary_ls"

#: The layers from the bottom up; a name stands for a module or a package.
LAYERS = (
    ("text", "buffer", "model", "terms", "paths", "files"),
    ("globs", "settings", "settings_kinds", "settings_docs", "overrides", "configuration"),
    ("readers", "writers", "regions", "discovery"),
    ("glossary", "names", "matching"),
    ("acronyms",),
    ("portions", "runs", "analysis", "scan", "harvest", "harvest_cache"),
    ("document",),
    ("checks",),
    ("features",),
    (
        "shelf",
        "findings",
        "opened",
        "cells",
        "choices",
        "scopes",
        "preferences",
        "gathering",
        "word_lists",
        "workspace",
        "around",
        "corpus",
        "inspection",
        "survey",
    ),
    ("lsp", "cli"),
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}

#: Only the protocol layer may load these: they cost more than all the rest together.
HEAVY = ("pygls", "lsprotocol", "cattrs", "asyncio")

#: Input and output of any kind have one home (`cli` prints and reads standard input).
DISK = ("os", "io", "pathlib.Path", "shutil", "tempfile", "importlib.resources")

MODULES = sorted(PACKAGE.rglob("*.py"))


def imports(path: Path) -> set[str]:
    """Return the dotted names that a module imports, those for the type checker too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.update((node.module, *(f"{node.module}.{alias.name}" for alias in node.names)))
    return found


def layer(path: Path) -> str:
    """Return the name under which a module stands in LAYERS."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_arrow_points_upwards(path: Path) -> None:
    own = layer(path)
    if own in {"__init__", "__main__"}:
        return
    assert own in LEVEL, f"add {own} to a layer"
    for name in imports(path):
        package, _, rest = name.partition(".")
        other = rest.split(".")[0]
        if package == "glossary_ls" and other and other != "__version__":
            allowed = other == own or LEVEL[other] < LEVEL[own]
            same = LEVEL[other] == LEVEL[own] and (own, other) != ("lsp", "cli")
            assert allowed or same, f"{own} must not import {other}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_core_neither_talks_the_protocol_nor_touches_the_disk(path: Path) -> None:
    own = layer(path)
    names = imports(path)
    if own != "lsp":
        assert not {name for name in names if name.split(".")[0] in HEAVY}
    if own not in {"lsp", "cli", "files", "paths", "__main__"}:
        forbidden = {name for name in names if name in DISK} - ({"io"} if own == "text" else set())
        assert not forbidden


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_is_small_and_says_what_it_is_for(path: Path) -> None:
    source = path.read_text("utf-8")
    assert source.count("\n") <= 420
    assert ast.get_docstring(ast.parse(source))


def test_the_map_names_everything() -> None:
    text = (PACKAGE.parent / "ARCHITECTURE.md").read_text("utf-8")
    packages = {"readers", "writers", "regions", "matching", "acronyms", "checks", "features", "lsp", "cli"}
    assert not [name for name in LEVEL if f"{name}/" not in text and f"{name}.py" not in text]
    assert {path.parent.name for path in PACKAGE.glob("*/__init__.py")} == packages


@pytest.mark.parametrize("command", ["import glossary_ls", "import glossary_ls.cli, glossary_ls.workspace"])
def test_the_command_line_does_not_load_the_protocol(command: str) -> None:
    program = f"import sys; {command}; print(*sorted(sys.modules))"
    output = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    loaded = {name.split(".")[0] for name in output.split()}
    assert not loaded & set(HEAVY)
