"""Names of glossary files: which names mark a file as one, and to which documents it applies.

It must not know formats, or read files.
"""

from __future__ import annotations

from glossary_ls.base import paths

GLOSSARY_FOLDER = ".glossary"


def is_named(path: str, suffixes: tuple[str, ...]) -> bool:
    """Return whether a file is a glossary by its name, which ends with one of `suffixes`."""
    name = paths.name(path)
    if not name.endswith(suffixes):
        return False
    stem = name.rpartition(".")[0]
    return stem in {"glossary", ".glossary"} or stem.endswith(".glossary") or _in_folder(path)


def scope_of(path: str) -> str:
    """Return the folder to whose documents a glossary file applies."""
    parts = paths.parent(path).split("/")
    if GLOSSARY_FOLDER in parts:
        return "/".join(parts[: parts.index(GLOSSARY_FOLDER)]) or "/"
    return paths.parent(path)


def _in_folder(path: str) -> bool:
    return GLOSSARY_FOLDER in paths.parent(path).split("/")
