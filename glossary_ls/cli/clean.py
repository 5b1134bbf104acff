"""`glossary-ls clean`: remove the caches of this program. It must not import the core."""

from __future__ import annotations

import os
import sys
from collections import Counter
from typing import TYPE_CHECKING

from glossary_ls.cli.errors import InputError
from glossary_ls.cli.wording import counted, shown_size
from glossary_ls.vfs.cache import cache_files, remove
from glossary_ls.vfs.files import cache_folder

if TYPE_CHECKING:
    import argparse

SUMMARY = "remove the caches of this program"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--dry-run", action="store_true", help="print what would be removed, and remove nothing"
    )


def run(options: argparse.Namespace) -> int:
    """Remove the files that this program wrote to the cache, and say which."""
    folder = cache_folder(sys.platform, os.environ)
    counts: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for file in tuple(cache_files(folder)):
        if not options.dry_run:
            try:
                remove(folder, file)
            except OSError as error:
                raise InputError(f"{file.path}: cannot be removed: {error.strerror or error}") from error
        counts[file.kind] += 1
        sizes[file.kind] += file.size
    done = "Would remove" if options.dry_run else "Removed"
    for kind, count in counts.items():
        print(f"{done} {kind}: {counted(count, 'file')}, {shown_size(sizes[kind])}")
    if not counts:
        print("The cache is empty.")
    return 0
