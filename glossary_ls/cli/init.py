"""`glossary-ls init`: look around in a folder, and write a configuration file and a first glossary.

What exists is never changed. It must not know formats, or how documents are read.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.dataclass import dataclass
from glossary_ls.cli import own_glossary, targets, transfer
from glossary_ls.cli.project import Project, add_root
from glossary_ls.cli.reporters.safe import visible
from glossary_ls.cli.terminal import can_ask, screen
from glossary_ls.cli.wording import counted
from glossary_ls.features.harvest.ranking import missing_acronyms, missing_phrases
from glossary_ls.features.harvest.writing import with_entries
from glossary_ls.glossary.discovery import is_glossary, may_be_glossary
from glossary_ls.settings.config_file import CONFIG_FILES, OWN_FILE, tables_in
from glossary_ls.settings.schema import Settings
from glossary_ls.vfs.files import is_built_in, read_text
from glossary_ls.vfs.walk import walk
from glossary_ls.workspace.harvest import harvest_files

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from glossary_ls.features.harvest.ranking import Missing
    from glossary_ls.workspace.glossaries import Listed

SUMMARY = "set up a folder: find what is there, write a configuration file and a first glossary"

#: How the names of files of other tools begin, and what these have to do with glossaries.
_TOOLS = {
    "mkdocs.": "MkDocs; `glossary-ls export --to mkdocs` writes abbreviations for it",
    "zensical.toml": "Zensical; `glossary-ls export --to mkdocs` writes abbreviations for it",
    "conf.py": "Sphinx; `glossary-ls export --to sphinx` writes a glossary for it",
    ".vale.ini": "Vale; its vocabularies are read as accepted words",
    ".pre-commit-config.": "pre-commit; `glossary-ls check` can be one of its hooks",
}

_EDITORS = (
    ("VS Code", "make vsix && code --install-extension build/glossary-ls.vsix"),
    ("Neovim", "vim.lsp.enable('glossary_ls'), with editors/nvim in 'runtimepath'"),
    ("Emacs", "(require 'glossary-ls), with editors/emacs in `load-path`"),
)

_CONFIGURATION = """\
# Settings of glossary-ls for this folder.

# Acronyms that need no explanation.
accept = []

# The built-in glossaries that are used.
# packs = [{packs}]
"""


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("-y", "--yes", action="store_true", help="write without asking")
    add_root(parser)


@dataclass(frozen=True, slots=True)
class _File:
    """A file to be written, and what it is for."""

    path: str
    text: str
    what: str


def run(options: argparse.Namespace) -> int:
    """Print what there is, and write what is missing."""
    project = Project(options.root)
    documents = [each for each in _documents(project) if not is_glossary(each)]
    found = harvest_files(project.workspace, _with_progress(documents))
    acronyms, phrases = missing_acronyms(found), missing_phrases(found)
    print(f"Found in {visible(project.root)}:" if options.root != "." else "Found here:")
    for line in (*_glossaries(project), *_tools(project)):
        print(f"  {line}")
    print(
        f"  {counted(found.documents, 'document')}, with {counted(len(acronyms), 'acronym')} and "
        f"{counted(len(phrases), 'phrase')} that no glossary explains"
    )
    defined = [each for each in acronyms if each.defined and not each.is_conflict]
    wanted = [*_configuration(project), *_glossary(project, defined)]
    written = [file for file in wanted if _is_wanted(project, file, is_sure=options.yes)]
    for file in written:
        transfer.write(project.files, file.path, file.text)
    _print_result(project, wanted, written)
    _print_next(len(acronyms) + len(phrases))
    return 0


def _documents(project: Project) -> Iterator[str]:
    return targets.targets(project, [project.root], targets.Exclusion())


def _with_progress(documents: Sequence[str]) -> Iterator[str]:
    """Yield documents, and show on a terminal how many are done."""
    shown = screen("never", quiet=False)
    for done, path in enumerate(documents):
        shown.progress(done, len(documents))
        yield path
    shown.close()


# --- what there is ----------------------------------------------------------------------------------------


def _glossaries(project: Project) -> Iterator[str]:
    """Yield a line for each glossary, and for each file that looks like one and is not used."""
    seen = set()
    below = (paths.parent(path) for path in walk(project.files, project.root, may_be_glossary))
    for folder in dict.fromkeys((project.root, *below)):
        for row in project.workspace.listed_glossaries(paths.join(folder, "x.md")):
            if row.path not in seen and not is_built_in(row.path):
                seen.add(row.path)
                yield _described(project, row)


def _described(project: Project, row: Listed) -> str:
    name = visible(project.display_path(row.path))
    if row.file is None or not row.is_used:
        return f"{name}: not used as a glossary, {row.reason}"
    return f"{name}: a glossary with {counted(len(row.file.terms), 'term')} ({row.file.format})"


def _tools(project: Project) -> Iterator[str]:
    if (name := _configured(project)) is not None:
        yield f"{name}: settings of glossary-ls"
    for folder in (project.root, paths.join(project.root, "docs")):
        for item in project.files.list_folder(folder):
            for start, what in _TOOLS.items():
                if item.name.startswith(start) and not item.is_folder:
                    yield f"{visible(paths.relative(paths.join(folder, item.name), project.root))}: {what}"


def _configured(project: Project) -> str | None:
    """Return the name of the file with settings at the root folder."""
    for name in CONFIG_FILES:
        source = read_text(project.files, paths.join(project.root, name))
        if source.readable and (name == OWN_FILE or _has_table(source.text, tables_in(name))):
            return name
    return None


def _has_table(source: str, names: Sequence[str]) -> bool:
    try:
        table: object = tomllib.loads(source)
    except tomllib.TOMLDecodeError:
        return False
    for name in names:
        table = table.get(name) if isinstance(table, dict) else None
    return table is not None


# --- what is written --------------------------------------------------------------------------------------


def _configuration(project: Project) -> Iterator[_File]:
    if _configured(project) is None:
        packs = ", ".join(f'"{name}"' for name in Settings().packs)
        text = _CONFIGURATION.format(packs=packs)
        yield _File(paths.join(project.root, OWN_FILE), text, "settings, with comments")


def _glossary(project: Project, defined: Sequence[Missing]) -> Iterator[_File]:
    """Yield a first glossary, of the acronyms that the documents define."""
    target = own_glossary.own_glossary(project)
    text = with_entries(target.path, None, defined) if target.text is None else None
    if text is not None:
        number = counted(len(defined), "acronym")
        yield _File(target.path, text, f"{number} with the definition that the documents give")


def _is_wanted(project: Project, file: _File, *, is_sure: bool) -> bool:
    """Return whether to write a file: the user says so, which only a terminal can ask."""
    if is_sure:
        return True
    if not can_ask():
        return False
    name = visible(project.display_path(file.path))
    return input(f"Write {name} ({file.what})? [Y/n] ").strip().lower() in {"", "y", "yes"}


def _print_result(project: Project, wanted: Sequence[_File], written: Sequence[_File]) -> None:
    if not wanted:
        print("\nNothing is left to set up.")
    for file in wanted:
        name = visible(project.display_path(file.path))
        print(f"\n{'Wrote' if file in written else 'Would write'} {name}: {file.what}", end="")
    if wanted:
        print()
    if wanted and not written:
        print("`glossary-ls init --yes` writes without asking.")


def _print_next(missing: int) -> None:
    print("\nNext:")
    print("  glossary-ls check             what is not explained, and other problems")
    if missing:
        print("  glossary-ls harvest --write   entries for what the glossary lacks")
    print("  glossary-ls new TERM          an entry for a term")
    print("\nIn your editor, with a checkout:")
    for name, what in _EDITORS:
        print(f"  {name}: {what}")
