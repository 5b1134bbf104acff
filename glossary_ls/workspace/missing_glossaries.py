"""Glossaries that a setting or another glossary names and that are not read: they are missing, or elsewhere.

This module must not know where a setting is from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.model import Problem, Severity
from glossary_ls.glossary import formats, store
from glossary_ls.settings.kinds import SourceName
from glossary_ls.vfs.walk import walk
from glossary_ls.workspace.elsewhere import is_elsewhere
from glossary_ls.workspace.sources import is_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from glossary_ls.base.text import Text
    from glossary_ls.glossary.model import GlossaryFile
    from glossary_ls.settings.config_file import Configuration
    from glossary_ls.settings.resolver import Resolver
    from glossary_ls.vfs.files import Files

CODE = "missing-glossary"


def in_file(files: Files, found: Configuration, opened: Callable[[str], Text | None]) -> Iterator[Problem]:
    """Yield a problem for each glossary that a configuration file names and that is not read."""
    root, text = paths.parent(found.path), found.text
    names = list(found.settings.sources)
    for override in found.overrides:
        given = override.given.get("sources", ())
        names += given if isinstance(given, tuple) else ()
    for name in dict.fromkeys(names):
        if reason := _reason(files, root, name, opened):
            quoted = (text.source.find(f"{quote}{name.where}{quote}") for quote in "\"'")
            at = max(*quoted, 0)
            yield Problem(CODE, reason, text.line_span(text.line_index(at)), Severity.WARNING)


def in_editor(
    files: Files, settings: Resolver, roots: Iterable[str], opened: Callable[[str], Text | None]
) -> Iterator[Problem]:
    """Yield a problem for each glossary that the editor's settings name and that no workspace folder has."""
    reasons: dict[SourceName, list[str]] = {}
    for root in roots:
        names, file = settings.of(root).sources, settings.file(root)
        for name in () if file and file.settings.sources == names else names:
            reasons.setdefault(name, []).append(_reason(files, root, name, opened))
    for found in reasons.values():
        if all(found):
            yield Problem(CODE, found[0])


def in_glossary(
    files: Files, file: GlossaryFile, root: str, opened: Callable[[str], Text | None]
) -> Iterator[Problem]:
    """Yield a problem for each glossary that a glossary file builds on and that is not read."""
    for value in file.head.extends:
        if value.text not in store.pack_names():
            folder = paths.parent(file.path)
            if reason := _reason(files, root, SourceName(value.text), opened, folder):
                yield Problem(CODE, reason, value.span, Severity.WARNING)


def _reason(
    files: Files, root: str, name: SourceName, opened: Callable[[str], Text | None], folder: str = ""
) -> str:
    """Return why a glossary is not read, and the remedy; or an empty string.

    A name is relative to `folder`, or else to the workspace folder.
    """
    where = name.where.replace("\\", "/")
    if where.startswith("!") or is_pattern(where) or is_elsewhere(where):
        return ""
    path = paths.join(folder or root, where)
    setting = f"'{'extends' if folder else 'sources'}' names '{name.where}', but"
    if not paths.is_within(files.resolve(path), files.resolve(root)):
        return f"{setting} {path} is not in the workspace folder {root}; move it there, or remove the name"
    if files.is_folder(path):
        has_some = next(walk(files, path, lambda found: found.lower().endswith(formats.suffixes())), "")
        return (
            ""
            if has_some
            else f"{setting} {path} is a folder without glossaries; add one, or remove the name"
        )
    if files.signature(path) is None and opened(path) is None:
        return (
            f"{setting} there is no file {path}; create it, or correct the name, which is relative to the "
            f"{'folder of this file' if folder else 'workspace folder'}"
        )
    return ""
