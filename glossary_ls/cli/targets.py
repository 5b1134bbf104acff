"""Which files a command checks: the arguments, with folders replaced by the files below them.

Files that `.gitignore` or `--exclude` names are left out, unless they are arguments themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import globs, paths
from glossary_ls.base.dataclass import dataclass
from glossary_ls.cli import changed_lines
from glossary_ls.cli.errors import InputError
from glossary_ls.glossary.discovery import is_glossary
from glossary_ls.markup.languages import is_document
from glossary_ls.vfs.ignore import Ignore
from glossary_ls.vfs.walk import walk

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from glossary_ls.cli.project import Project
    from glossary_ls.vfs.files import Files, Identity

#: What is said where there is nothing to read.
NO_DOCUMENTS = "no documents found; name files, or folders that contain some"

#: The argument that stands for standard input.
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Patterns of files to leave out, in the syntax of `.gitignore`; `force` is for arguments, too."""

    patterns: tuple[str, ...] = ()
    force: bool = False


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    changed_lines.add(add_exclusion(parser))


def add_exclusion(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    """Declare the arguments that leave files out, and return their group."""
    group = parser.add_argument_group("file selection")
    group.add_argument(
        "--exclude",
        metavar="PATTERN",
        action="append",
        default=[],
        help="leave out files and folders, in the syntax of .gitignore; may be repeated",
    )
    group.add_argument(
        "--force-exclude",
        action="store_true",
        help="apply --exclude and .gitignore to files that are named as arguments, too",
    )
    return group


def exclusion(options: argparse.Namespace) -> Exclusion:
    """Return what the arguments exclude."""
    return Exclusion(tuple(options.exclude), options.force_exclude)


def targets(project: Project, arguments: Sequence[str], exclusion: Exclusion) -> Iterator[str]:
    """Yield each file once, in the order of the arguments, and below a folder in alphabetical order.

    Raises InputError for an argument that does not exist.
    """
    files = project.files
    seen: set[Identity] = set()
    for argument in arguments:
        if argument == STANDARD_INPUT:
            yield argument
            continue
        path = project.path_of(argument)
        if files.signature(path) is not None:
            if exclusion.force and _is_left_out(_Rules(project, path), path, exclusion):
                continue
            if (identity := files.identity(path)) not in seen:
                seen.add(identity)
                yield path
        elif files.is_folder(path):
            rules = _Rules(project, path)
            # Below an ignored folder that is named, only rules of its own count.
            rules.is_active = exclusion.force or not rules.ignores(path, is_folder=True)
            included = _Included(project)
            for file in walk(files, path, included.has, None):
                if not _is_left_out(rules, file, exclusion) and files.identity(file) not in seen:
                    seen.add(files.identity(file))
                    yield file
        else:
            raise InputError(f"{argument}: no such file or folder")


class _Included:
    """Which files below a folder are checked: documents, glossaries, and what `check.include` names."""

    def __init__(self, project: Project) -> None:
        self._root = project.root
        self._patterns = project.workspace.settings_of(paths.join(project.root, "x"), "").check_include

    def has(self, path: str) -> bool:
        """Return whether a file is checked."""
        if is_glossary(path) or is_document(path):
            return True
        return bool(self._patterns) and paths.is_within(path, self._root) and self._matches(path)

    def _matches(self, path: str) -> bool:
        return globs.matches(self._patterns, paths.relative(path, self._root))


class _Rules:
    """The `.gitignore` files that apply to an argument: from its repository, root folder or URL down."""

    def __init__(self, project: Project, path: str) -> None:
        at_url = project.files.top_of(path)
        self.root = at_url or project.root
        self.top = (
            at_url
            or _repository(project.files, path)
            or (project.root if paths.is_within(path, project.root) else path)
        )
        self._ignore = Ignore(project.files, self.top)
        self.is_active = True

    def ignores(self, path: str, *, is_folder: bool = False) -> bool:
        """Return whether a file or a folder, or a folder above it, is ignored."""
        folders = [folder for folder in paths.ancestors(paths.parent(path), self.top) if folder != self.top]
        return self.is_active and (
            (path != self.top and self._ignore.matches(path, is_folder=is_folder))
            or any(self._ignore.matches(folder, is_folder=True) for folder in folders)
        )


def _is_left_out(rules: _Rules, path: str, exclusion: Exclusion) -> bool:
    if rules.ignores(path):
        return True
    if not exclusion.patterns:
        return False
    relative = paths.relative(path, rules.root) if paths.is_within(path, rules.root) else path.lstrip("/")
    parts = relative.split("/")
    folders = ("/".join(parts[:number]) + "/" for number in range(1, len(parts)))
    return any(globs.verdict(exclusion.patterns, each) for each in (*folders, relative))


def _repository(files: Files, path: str) -> str:
    """Return the nearest folder with a `.git` that a path is in, or an empty string."""
    folder = path
    while True:
        git = paths.join(folder, ".git")
        if files.is_folder(git) or files.signature(git) is not None:
            return folder
        parent = paths.parent(folder)
        if parent == folder:
            return ""
        folder = parent
