"""`check --changed [REV]`: the lines that git says differ from a revision.

They are those that `git diff` would show as added since the commit where the current branch left REV, and
all lines of files that git does not know. This module runs git, and nothing else does.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.patterns import lazily
from glossary_ls.cli.errors import InputError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping

    from glossary_ls.vfs.files import Files, Identity

#: No program that the configuration of a repository names is run: `_without_filters` completes this. A part
#: of a clone that looks like a bare repository is none.
_GIT = (
    *("git", "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"),
    *("-c", "safe.bareRepository=explicit", "-c", "core.quotePath=true"),
    *("-c", "diff.noprefix=false", "-c", "diff.mnemonicPrefix=false"),
)
_DIFF = (
    *("diff", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all", "-O/dev/null"),
    *("--no-color", "--unified=0", "--inter-hunk-context=0", "--dst-prefix=b/"),
)

#: What a partial clone lacks is not fetched, because its configuration says how, and nothing is written.
_ENVIRONMENT = {"GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0"}

#: The scopes of the configuration that belong to a repository, and not to the user.
_OF_REPOSITORY = frozenset({"local", "worktree"})

_HUNK = lazily(r"@@ -\S+ \+(?P<first>\d+)(?:,(?P<number>\d+))? @@")
_FILTER = lazily(r"filter\.(.*)\.[^.\n]++(?:\n|\Z)")
_ESCAPE = lazily(rb'\\([0-7]{3}|[abtnvfr"\\])')
_ESCAPED = dict(zip(b'abtnvfr"\\', b'\a\b\t\n\v\f\r"\\', strict=True))


@dataclass(frozen=True, slots=True)
class ChangedLines:
    """The changed lines of each file, counted from 1; None for all of them."""

    lines: Mapping[Identity, frozenset[int] | None]

    def has(self, file: Identity, first: int, last: int) -> bool:
        """Return whether one of some successive lines of a file changed."""
        if file not in self.lines:
            return False
        lines = self.lines[file]
        return lines is None or any(line in lines for line in range(first, last + 1))


def add(parser: argparse._ArgumentGroup) -> None:
    """Declare the argument."""
    parser.add_argument(
        "--changed",
        metavar="REV",
        nargs="?",
        const="HEAD",
        help="check only lines that differ from where the branch left a revision of git (default: HEAD)",
    )


def changed_lines(files: Files, folder: str, revision: str) -> ChangedLines:
    """Return the changed lines of the repository that a folder is in. Raises InputError."""
    top = paths.normal(_git(folder, "rev-parse", "--show-toplevel").rstrip("\n"))
    try:
        commit = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except InputError:
        if revision == "HEAD":
            # There is no commit yet.
            return ChangedLines(dict.fromkeys(_files(files, top, "--cached", "--others")))
        hint = ""
        if files.is_folder(paths.normal(revision)) or files.signature(paths.normal(revision)):
            hint = f"; to check a path, write --changed=HEAD {revision}"
        raise InputError(f"--changed: git has no revision {revision!r}{hint}") from None
    base = _base(top, commit.strip())
    found: dict[Identity, frozenset[int] | None] = {
        files.identity(paths.join(top, path)): lines
        for path, lines in _added(_git(top, *_without_filters(top), *_DIFF, base)).items()
    }
    found.update(dict.fromkeys(_files(files, top, "--others")))
    return ChangedLines(found)


def _files(files: Files, top: str, *kinds: str) -> Iterator[Identity]:
    """Yield the files that git knows (`--cached`), or neither knows nor ignores (`--others`)."""
    for path in filter(None, _git(top, "ls-files", *kinds, "--exclude-standard", "-z").split("\0")):
        yield files.identity(paths.join(top, path))


def _base(top: str, commit: str) -> str:
    """Return the commit where the current branch left another one, or that one if they are not related."""
    try:
        return _git(top, "merge-base", commit, "HEAD").split()[0]
    except InputError:
        return commit


def _added(patch: str) -> dict[str, frozenset[int]]:
    """Return the lines that a patch without context adds, by path."""
    found: dict[str, set[int]] = {}
    path, left = "", 0
    for line in patch.split("\n"):
        # Lines of a hunk may look like headers.
        if left and line[:1] in {"+", "-"}:
            left -= 1
        elif line.startswith("+++ "):
            path = _unquoted(line[4:].rstrip("\t")).removeprefix("b/")
        elif hunk := _HUNK.match(line):
            first, number = int(hunk["first"]), int(hunk["number"] or 1)
            found.setdefault(path, set()).update(range(first, first + number))
            removed = line.split()[1].partition(",")[2]
            left = number + int(removed or 1)
    return {path: frozenset(lines) for path, lines in found.items()}


def _unquoted(name: str) -> str:
    """Return a path that git may have quoted as in C."""
    if not name.startswith('"'):
        return name
    raw = _ESCAPE.sub(
        lambda match: bytes([_ESCAPED[match[1][0]] if len(match[1]) == 1 else int(match[1], 8)]),
        name[1:-1].encode("utf-8", "surrogateescape"),
    )
    return raw.decode("utf-8", "surrogateescape")


def _without_filters(folder: str) -> Iterator[str]:
    """Yield the options with which git runs no filter that the configuration of a repository names.

    A filter converts a file before it is compared; those of the user, such as that of Git LFS, stay.
    """
    listed = iter(_git(folder, "config", "--list", "--show-scope", "--null").split("\0"))
    for scope, item in zip(listed, listed, strict=False):
        name = _FILTER.match(item)
        if scope not in _OF_REPOSITORY or not name:
            continue
        if "=" in name[1]:
            raise InputError(f"--changed: the name of the filter {name[1]!r} of git contains '='; rename it")
        for option in ("clean=", "process=", "required=false"):
            yield from ("-c", f"filter.{name[1]}.{option}")


def _git(folder: str, *arguments: str) -> str:
    import subprocess  # noqa: PLC0415  because its import is slow and not always needed

    try:
        done = subprocess.run(  # noqa: S603  because the program and its options are fixed
            [*_GIT, *arguments],
            cwd=folder,
            env={**os.environ, **_ENVIRONMENT},
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise InputError(f"--changed needs git, which cannot be run: {error.strerror or error}") from error
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().split("\n")
        reason = next((line for line in lines if line.startswith("fatal:")), lines[0])
        raise InputError(f"--changed: {reason or 'git failed'}")
    return done.stdout.decode("utf-8", "surrogateescape")
