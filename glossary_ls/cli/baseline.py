"""`check --baseline FILE`: problems that are known already, and are not reported.

They are told by their fingerprints, which stay the same when other lines change: the path, the rule, the
words that it is about, and how often these occurred before in the file. So a problem that moves or whose line
is edited stays known, and one more of the same kind is new. This module must not know how problems are found.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.dataclass import dataclass
from glossary_ls.cli.errors import InputError
from glossary_ls.cli.reporters.safe import json_text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection, Iterable, Mapping

    from glossary_ls.cli.reporters.row import Row
    from glossary_ls.vfs.files import Files

_VERSION = 1

_Entry = dict[str, str]


@dataclass(frozen=True, slots=True)
class Baseline:
    """The entries of the file by fingerprint."""

    entries: Mapping[str, _Entry]

    def gone(self, checked: Collection[str], found: Collection[str]) -> int:
        """Return how many problems in the checked files (keys) were not found (fingerprints)."""
        return sum(
            entry["path"] in checked and fingerprint not in found
            for fingerprint, entry in self.entries.items()
        )


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    group = parser.add_argument_group("known problems")
    group.add_argument("--baseline", metavar="FILE", help="do not report the problems that this file lists")
    group.add_argument(
        "--write-baseline",
        action="store_true",
        help="write the problems to the file of --baseline instead of reporting them",
    )


def read(files: Files, path: str) -> Baseline:
    """Read the file. Raises InputError if that is not possible."""
    try:
        content = json.loads(files.read(paths.normal(path)))
        if content["version"] != _VERSION:
            raise InputError(f"{path}: version {content['version']!r} of a baseline is not supported")
        return Baseline({entry["fingerprint"]: _checked(entry) for entry in content["findings"]})
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read: {error.strerror or error}; --write-baseline creates it"
        ) from error
    except (ValueError, TypeError, KeyError) as error:
        raise InputError(f"{path}: is not a baseline; --write-baseline writes one") from error


def _checked(entry: _Entry) -> _Entry:
    if not all(isinstance(entry[key], str) for key in ("fingerprint", "path", "code", "subject")):
        raise TypeError
    return entry


def text_of(found: Iterable[tuple[str, Row]], kept: Iterable[_Entry]) -> str:
    """Return the content of a file with the problems of files by key, and entries of an earlier version.

    Each problem is a line, so that changes can be reviewed and merged.
    """
    entries = [
        *kept,
        *(
            {"path": key, "code": row.code, "subject": row.subject, "fingerprint": row.fingerprint}
            for key, row in found
        ),
    ]
    entries.sort(key=lambda entry: (entry["path"], entry["code"], entry["subject"], entry["fingerprint"]))
    lines = ",\n".join(f"    {json_text(entry)}" for entry in entries)
    return f'{{\n  "version": {_VERSION},\n  "findings": [\n{lines}\n  ]\n}}\n'
