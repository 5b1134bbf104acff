"""The order of packages in ARCHITECTURE.md: imports run one way, and no two modules need each other."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "glossary_ls"

#: The packages from the bottom up; those of one level do not import each other.
LEVELS = (
    ("base",),
    ("vfs", "matching"),
    ("markup",),
    ("settings", "acronyms"),
    ("glossary",),
    ("analysis",),
    ("rules",),
    ("features",),
    ("workspace",),
    ("lsp", "api"),
    ("integrations",),
    ("cli",),
)
LEVEL = {name: level for level, names in enumerate(LEVELS) for name in names}

#: `cli` sees the protocol layer in this module alone.
SERVE = PACKAGE / "cli" / "serve.py"

#: Only the protocol layer may load these: they cost more than all the rest together.
HEAVY = ("pygls", "lsprotocol", "cattrs", "asyncio")

#: Input and output of any kind have one home (`cli` prints and reads standard input).
DISK = ("os", "io", "pathlib.Path", "shutil", "tempfile", "importlib.resources")

#: Only these modules send requests.
NETWORK = ("ssl", "socket", "http.client", "urllib.request", "urllib.error", "ftplib", "smtplib", "imaplib")
SENDS = ("glossary_ls.vfs.remote", "glossary_ls.vfs.https")

MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}


@cache
def imports(path: Path) -> frozenset[str]:
    """Return the dotted names that a module imports anywhere, those for the type checker too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.update((node.module, *(f"{node.module}.{alias.name}" for alias in node.names)))
    return frozenset(found)


def package_of(name: str) -> str:
    """Return the package of a dotted name of this project, or an empty string."""
    root, _, rest = name.partition(".")
    return rest.split(".")[0] if root == PACKAGE.name else ""


def modules_imported(name: str) -> set[str]:
    """Return the modules of this project that a module needs: of `from a import b`, `a.b` if it is one."""
    named = {each for each in imports(MODULES[name]) if each in MODULES}
    deepest = {each for each in named if not any(other.startswith(f"{each}.") for other in named)}
    return deepest - {name, PACKAGE.name}


def test_nothing_stands_beside_the_packages() -> None:
    assert {path.stem for path in PACKAGE.glob("*.py")} == {"__init__", "__main__"}
    assert {path.parent.name for path in PACKAGE.glob("*/__init__.py")} == set(LEVEL)


@pytest.mark.parametrize("name", MODULES)
def test_imports_run_from_later_packages_to_earlier_ones(name: str) -> None:
    own = package_of(name)
    if own not in LEVEL:
        return
    for imported in imports(MODULES[name]):
        other = package_of(imported)
        if other not in LEVEL or other == own:
            continue
        assert LEVEL[other] < LEVEL[own], f"{own} must not import {imported}"
        assert (own, other) != ("cli", "lsp") or MODULES[name] == SERVE, f"{name} must not import {imported}"


def test_no_two_modules_need_each_other() -> None:
    graph = {name: modules_imported(name) for name in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


@pytest.mark.parametrize("name", MODULES)
def test_the_core_neither_talks_the_protocol_nor_touches_the_disk(name: str) -> None:
    own, path = package_of(name), MODULES[name]
    names = imports(path)
    if own != "lsp":
        assert not {each for each in names if each.split(".")[0] in HEAVY}
    if own not in {"lsp", "cli", "vfs", "__main__"} and path != PACKAGE / "base" / "paths.py":
        text = {"io"} if path == PACKAGE / "base" / "text.py" else set()
        assert not {each for each in names if each in DISK} - text


@pytest.mark.parametrize("name", MODULES)
def test_one_module_sends_requests(name: str) -> None:
    found = {each for each in imports(MODULES[name]) if each.startswith(NETWORK)}
    assert not found or name in SENDS
    users = {"glossary_ls.lsp.remote", "glossary_ls.cli.fetch", *SENDS}
    assert not imports(MODULES[name]).intersection(SENDS) or name in users


@pytest.mark.parametrize("name", MODULES)
def test_nothing_outside_of_the_formats_knows_one_of_them(name: str) -> None:
    source = MODULES[name].read_text("utf-8")
    inside = "glossary_ls.glossary.formats."
    if not name.startswith(inside) and name != inside.rstrip("."):
        assert inside not in source
    # Writers name their files, too.
    if not name.startswith((inside.rstrip("."), "glossary_ls.glossary.exports")):
        # The name of a new glossary, the names of the packs, and those of examples.
        known = ("glossary.yaml", "packs/", 'removesuffix(".yaml")', "platform.yaml")
        lines = [line for line in source.splitlines() if re.search(r"\.(ya?ml|[ct]sv)\b", line)]
        assert not [line for line in lines if not any(each in line for each in known)]


@pytest.mark.parametrize("name", MODULES)
def test_only_memos_remember_results_of_functions(name: str) -> None:
    if MODULES[name] != PACKAGE / "base" / "memo.py":
        forbidden = ("functools.lru_cache", "weakref.WeakKeyDictionary", "weakref.WeakValueDictionary")
        assert not imports(MODULES[name]).intersection(forbidden)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_is_small_and_says_what_it_is_for(name: str) -> None:
    source = MODULES[name].read_text("utf-8")
    assert source.count("\n") <= 420
    assert ast.get_docstring(ast.parse(source))


def test_the_map_has_the_packages_in_their_order() -> None:
    text = (PACKAGE.parent / "ARCHITECTURE.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    assert sorted(rows) == sorted(LEVEL)
    assert [LEVEL[name] for name in rows] == sorted(LEVEL.values())


@pytest.mark.parametrize("name", [name for name in MODULES if MODULES[name].name == "__init__.py"])
def test_what_the_docstring_of_a_package_names_exists(name: str) -> None:
    text = ast.get_docstring(ast.parse(MODULES[name].read_text("utf-8"))) or ""
    known = {part for each in MODULES for part in each.split(".")}
    for each in (path for path in MODULES if path.startswith(name)):
        tree = ast.parse(MODULES[each].read_text("utf-8"))
        known |= {node.name for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    # Words without a dot or an underscore may be those of a format.
    named = [word for word in re.findall(r"`([a-z_./]+)`", text) if re.search(r"[a-z][._/][a-z]", word)]
    assert not {part for word in named for part in re.split(r"[./]", word)} - known


#: What a check of one file has no use for, and what would slow its start down.
UNUSED = (
    *HEAVY,
    *("concurrent", "dask", "email", "fsspec", "http", "logging", "multiprocessing", "socket", "ssl"),
    *("subprocess", "unittest", "xml"),
    *("dataclasses", "inspect", "yaml", "glossary_ls.glossary.formats.yaml"),
    *("glossary_ls.api", "glossary_ls.integrations", "glossary_ls.lsp", "glossary_ls.glossary.exports"),
    *("glossary_ls.cli.reporters.sarif", "glossary_ls.features.hover", "glossary_ls.features.completion"),
)


def test_a_check_of_one_file_loads_little(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("The QZX is here.\n", "utf-8")
    program = (
        "import sys; from glossary_ls.cli import main; main(['check', 'page.md', '--no-cache']);"
        "print(*sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "QZX" in done.stdout
    assert set(UNUSED).isdisjoint(done.stderr.split())


@pytest.mark.parametrize(
    "command", ["import glossary_ls", "import glossary_ls.cli, glossary_ls.workspace.workspace"]
)
def test_the_command_line_does_not_load_the_protocol(command: str) -> None:
    program = f"import sys; {command}; print(*sorted(sys.modules))"
    output = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    loaded = {name.split(".")[0] for name in output.split()}
    assert not loaded & set(HEAVY)
