"""Glossaries that a setting names and that are not read: there is no such file, or it is elsewhere.

This module must not know where a setting is from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.model import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from glossary_ls.base.text import Text
    from glossary_ls.settings.config_file import Configuration
    from glossary_ls.settings.resolver import Resolver
    from glossary_ls.vfs.files import Files

CODE = "missing-glossary"


def in_file(files: Files, found: Configuration, opened: Callable[[str], Text | None]) -> Iterator[Problem]:
    """Yield a problem for each glossary that a configuration file names and that is not read."""
    root, text = paths.parent(found.path), found.text
    names = list(found.settings.glossaries)
    for override in found.overrides:
        given = override.given.get("glossaries", ())
        names += given if isinstance(given, tuple) else ()
    for name in dict.fromkeys(names):
        if reason := _reason(files, root, name, opened):
            quoted = (text.source.find(f"{quote}{name}{quote}") for quote in "\"'")
            at = max(*quoted, 0)
            yield Problem(CODE, reason, text.line_span(text.line_index(at)), Severity.WARNING)


def in_editor(
    files: Files, settings: Resolver, roots: Iterable[str], opened: Callable[[str], Text | None]
) -> Iterator[Problem]:
    """Yield a problem for each glossary that the editor's settings name and that no workspace folder has."""
    reasons: dict[str, list[str]] = {}
    for root in roots:
        names, file = settings.of(root).glossaries, settings.file(root)
        for name in () if file and file.settings.glossaries == names else names:
            reasons.setdefault(name, []).append(_reason(files, root, name, opened))
    for found in reasons.values():
        if all(found):
            yield Problem(CODE, found[0])


def _reason(files: Files, root: str, name: str, opened: Callable[[str], Text | None]) -> str:
    """Return why a glossary is not read, and the remedy; or an empty string."""
    path = paths.join(root, name.replace("\\", "/"))
    setting = f"'glossaries' names '{name}', but"
    if not paths.is_within(files.resolve(path), files.resolve(root)):
        return f"{setting} {path} is not in the workspace folder {root}; move it there, or remove the name"
    if files.signature(path) is None and opened(path) is None:
        if files.is_folder(path):
            return f"{setting} {path} is a folder; name the glossaries in it"
        return (
            f"{setting} there is no file {path}; create it, or correct the name, which is relative to the "
            "workspace folder"
        )
    return ""
