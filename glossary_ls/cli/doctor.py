"""`glossary-ls doctor`: print what is installed and in use, and what is broken, for people who ask for help.

It runs no program: editors are looked for on the search path only.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import glossary_ls
from glossary_ls.base import paths
from glossary_ls.base.dataclass import replace
from glossary_ls.base.model import Severity
from glossary_ls.cli.arguments import add_json, add_subject
from glossary_ls.cli.config import problem_lines
from glossary_ls.cli.printing import print_json, print_rows
from glossary_ls.cli.project import Project, add_root
from glossary_ls.cli.sources import unread
from glossary_ls.cli.terms import glossary_name
from glossary_ls.cli.wording import counted, shown_size
from glossary_ls.features.listing import counts_of
from glossary_ls.matching.engines import NATIVE
from glossary_ls.vfs.cache import cache_files
from glossary_ls.vfs.files import cache_folder

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

SUMMARY = "print what is installed and in use, and what is broken"

_OK, _NOTE, _BROKEN = "ok", "note", "broken"

#: The severities of problems in glossaries and settings that make something not work.
_BREAKING = frozenset({Severity.ERROR, Severity.WARNING})

#: The editors that the manual describes, by their programs.
_EDITORS = {
    "code": "Visual Studio Code",
    "codium": "VSCodium",
    "code-server": "code-server",
    "nvim": "Neovim",
    "vim": "Vim",
    "emacs": "Emacs",
    "hx": "Helix",
    "kak": "Kakoune",
    "kate": "Kate",
    "subl": "Sublime Text",
    "zed": "Zed",
    "idea": "IntelliJ IDEA",
}


class Fact(NamedTuple):
    """What was found out about a part of the installation or of the project."""

    status: str
    part: str
    text: str


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_subject(parser)
    add_json(parser)
    add_root(parser)


def run(options: argparse.Namespace) -> int:
    """Print all facts; return 1 if something is broken."""
    project = Project(options.root)
    document = project.subject(options.path)
    facts = [
        *_program(),
        *_editors(),
        *_cache(project),
        *_configuration(project),
        *_glossaries(project, document),
        *_problems(project),
    ]
    if options.json:
        print_json([fact._asdict() for fact in facts])
    else:
        # Who asks for help needs all of it.
        print_rows(facts, is_cut=False)
    return int(any(fact.status == _BROKEN for fact in facts))


def _program() -> Iterator[Fact]:
    folder = Path(glossary_ls.__file__).parent
    yield Fact(_OK, "program", f"glossary-ls {glossary_ls.__version__} in {folder}")
    yield Fact(_OK, "Python", f"{platform.python_version()} at {sys.executable}")
    if NATIVE:
        yield Fact(_OK, "engine", "native (daachorse)")
    else:
        yield Fact(_NOTE, "engine", "pure Python; the extra `fast` adds a faster one with the same results")
    if find_spec("rdflib") is None:
        yield Fact(_NOTE, "SKOS", "not readable without the extra `skos`")
    else:
        yield Fact(_OK, "SKOS", "readable")


def _editors() -> Iterator[Fact]:
    found = [f"{name} ({where})" for program, name in _EDITORS.items() if (where := shutil.which(program))]
    yield from (Fact(_OK, "editor", each) for each in found)
    if not found:
        yield Fact(_NOTE, "editor", "none of those in the manual is on the search path")
    where = shutil.which("glossary-ls")
    if where is None:
        yield Fact(
            _NOTE, "command", "`glossary-ls` is not on the search path; name its full path in the editor"
        )
    else:
        yield Fact(_OK, "command", f"editors start {where}")


def _cache(project: Project) -> Iterator[Fact]:
    folder = cache_folder(sys.platform, os.environ)
    if not folder:
        yield Fact(_NOTE, "cache", "there is none: set HOME or XDG_CACHE_HOME")
        return
    counts: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for file in cache_files(folder):
        counts[file.kind] += 1
        sizes[file.kind] += file.size
    content = ", ".join(
        f"{kind}: {counted(count, 'file')}, {shown_size(sizes[kind])}" for kind, count in counts.items()
    )
    top = folder
    while not project.files.is_folder(top) and paths.parent(top) != top:
        top = paths.parent(top)
    if os.access(top, os.W_OK):
        yield Fact(_OK, "cache", f"{folder}: {content or 'empty'}")
    else:
        yield Fact(_BROKEN, "cache", f"{folder}: cannot be written")


def _configuration(project: Project) -> Iterator[Fact]:
    found = project.configuration()
    if found is None:
        yield Fact(_NOTE, "settings", "no glossary-ls.toml, and no table tool.glossary-ls in pyproject.toml")
    else:
        overrides = f", {counted(len(found.overrides), 'override')}" if found.overrides else ""
        count = counted(len(found.given), "setting")
        yield Fact(_OK, "settings", f"{project.display_path(found.path)}: {count}{overrides}")


def _glossaries(project: Project, document: str) -> Iterator[Fact]:
    counts = counts_of([project.workspace.glossary_of(document)])
    for row in project.workspace.listed_glossaries(document):
        name = glossary_name(project, row.path)
        if row.is_used:
            terms = counted(counts.get(row.path, 0), "term")
            yield Fact(_OK, "glossary", f"{name}: {terms}, {row.reason}")
        else:
            yield Fact(_NOTE, "glossary", f"{name}: not used: {row.reason}")
    yield from (Fact(_BROKEN, "glossary", problem) for problem in unread(project, document))


def _problems(project: Project) -> Iterator[Fact]:
    """Yield the problems in glossaries and configuration files; hints are not among them."""
    for checked in project.own_files():
        problems = tuple(each for each in checked.findings.problems if each.severity in _BREAKING)
        broken = replace(checked, findings=replace(checked.findings, problems=problems))
        yield from (Fact(_BROKEN, "file", line) for line in problem_lines(broken, project))
