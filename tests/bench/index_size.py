"""How much the memory of a process grows when names are compiled: prints megabytes, nothing where unknown."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from glossary_ls.matching import Matcher
from glossary_ls.matching.spellings import Name
from tests.bench import texts

_STATUS = Path("/proc/self/statm")


def resident() -> float:
    """Return the resident memory of this process in megabytes."""
    gc.collect()
    pages = int(_STATUS.read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Compile as many names as the command line says."""
    names = [
        Name(f"{texts.name(number % texts.ENTRIES)} {number}", exact=False)
        for number in range(int(sys.argv[1]))
    ]
    Matcher(names[:100]).find("x")
    before = resident()
    matcher = Matcher(names)
    matcher.find("x")
    print(f"{resident() - before:.1f}")


if __name__ == "__main__" and _STATUS.exists():
    main()
