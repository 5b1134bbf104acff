"""Glossary files in installed Python packages, which name them as entry points.

A package of the environment that the server runs in declares its glossaries in the group `glossary_ls.packs`.
The value of an entry point is a package and, behind a colon, a file in it: `acme_glossary:glossary.yaml`, or
`acme_glossary.terms:glossary.yaml` for a file in the subfolder `terms`. Without a file, it is all files of
the folder. Nothing of the package is imported, so none of its code runs. This module must not know formats.

Source: https://packaging.python.org/en/latest/specifications/entry-points/
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.patterns import lazily

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from importlib.metadata import Distribution, EntryPoint

GROUP = "glossary_ls.packs"

#: The name of a distribution (PEP 508).
_NAME = lazily(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
_PACKAGE = lazily(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")


@dataclass(frozen=True, slots=True)
class PackageFiles:
    """The paths of a package's glossary files, in order, and what is wrong with it, with the remedy."""

    paths: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def package_files(name: str) -> PackageFiles:
    """Return the glossary files of an installed distribution, such as `acme-glossary`. Never raises.

    It reads the disk each time.
    """
    from importlib import metadata  # noqa: PLC0415  because only packages need it

    if not _NAME.fullmatch(name):
        return PackageFiles(problems=(f"'{name}' is not the name of a Python package",))
    try:
        distribution = metadata.distribution(name)
        points = sorted(distribution.entry_points.select(group=GROUP))
    except metadata.PackageNotFoundError:
        return PackageFiles(
            problems=(f"the Python package '{name}' is not installed beside the server; install it there",)
        )
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return PackageFiles(problems=(f"the Python package '{name}' is damaged; install it again",))
    if not points:
        return PackageFiles(
            problems=(f"the Python package '{name}' has no glossary (no entry point '{GROUP}')",)
        )
    found: list[str] = []
    problems: list[str] = []
    for point in points:
        files = tuple(_files(distribution, point))
        found += files
        if not files:
            problems.append(
                f"the Python package '{name}' has no file for its glossary '{point.name}' ({point.value}); "
                "ask its authors"
            )
    return PackageFiles(tuple(dict.fromkeys(found)), tuple(problems))


def _files(distribution: Distribution, point: EntryPoint) -> Iterator[str]:
    package, _, file = (part.strip() for part in point.value.partition(":"))
    if not _PACKAGE.fullmatch(package) or not _is_inside(file):
        return
    top, *rest = package.split(".")
    for base in (*_installed(distribution, top), *_specified(top)):
        folder = base.joinpath(*rest)
        candidates = [folder / file] if file else sorted(folder.rglob("*"))
        if files := [path for path in candidates if path.is_file() and (file or _is_data(path, folder))]:
            yield from (paths.normal(str(path)) for path in files)
            return


def _is_inside(file: str) -> bool:
    """Return whether a relative path stays in its folder."""
    return not file.startswith("/") and not re.search(r"(^|/)\.\.(/|$)|[\\:\0]", file)


def _is_data(path: Path, folder: Path) -> bool:
    """Return whether a file of a package may be a glossary: it is neither code nor hidden."""
    parts = path.relative_to(folder).parts
    return not path.name.endswith((".py", ".pyc", ".pyi")) and not any(
        part.startswith((".", "__")) for part in parts
    )


def _installed(distribution: Distribution, top: str) -> Iterator[Path]:
    """Yield the folder of a package beside the metadata of its distribution."""
    yield Path(str(distribution.locate_file(top)))


def _specified(top: str) -> Sequence[Path]:
    """Return the folders of a package that is installed in another way, such as an editable one.

    Finding a top-level package imports nothing, unlike finding one below it.
    """
    from importlib.util import find_spec  # noqa: PLC0415  because only packages need it

    try:
        spec = find_spec(top)
    except (ImportError, ValueError, AttributeError):
        return ()
    return [Path(folder) for folder in (spec and spec.submodule_search_locations) or ()]
