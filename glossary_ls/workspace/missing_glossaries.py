"""Glossaries that a setting or another glossary names and that are not read: they are missing, or elsewhere.

This module must not know where a setting is from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base import paths
from glossary_ls.base.dataclass import replace
from glossary_ls.base.model import Problem
from glossary_ls.glossary import formats, store
from glossary_ls.settings.kinds import SourceName
from glossary_ls.vfs.files import is_inside
from glossary_ls.vfs.urls import is_url
from glossary_ls.vfs.walk import walk
from glossary_ls.workspace.elsewhere import is_elsewhere
from glossary_ls.workspace.remote_sources import CODE
from glossary_ls.workspace.sources import is_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from glossary_ls.base.text import Text
    from glossary_ls.glossary.model import GlossaryFile
    from glossary_ls.settings.config_file import Configuration
    from glossary_ls.settings.resolver import Resolver
    from glossary_ls.vfs.files import Files
    from glossary_ls.workspace.elsewhere import Elsewhere


class Context(NamedTuple):
    """Where to look for glossaries; `opened` returns the text of a file that is open in the editor."""

    files: Files
    opened: Callable[[str], Text | None]
    elsewhere: Elsewhere


def in_file(context: Context, found: Configuration) -> Iterator[Problem]:
    """Yield a problem for each glossary that a configuration file names and that is not read."""
    root, text = paths.parent(found.path), found.text
    names = list(found.settings.sources)
    for override in found.overrides:
        given = override.given.get("sources", ())
        names += given if isinstance(given, tuple) else ()
    for name in dict.fromkeys(names):
        if problem := _problem(context, root, name):
            quoted = (text.source.find(f"{quote}{name.where}{quote}") for quote in "\"'")
            at = max(*quoted, 0)
            yield replace(problem, span=text.line_span(text.line_index(at)))


def in_editor(context: Context, settings: Resolver, roots: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each glossary that the editor's settings name and that no workspace folder has.

    About URLs, the user is asked or told when they are fetched.
    """
    problems: dict[SourceName, list[Problem | None]] = {}
    for root in roots:
        names, file = settings.of(root).sources, settings.file(root)
        for name in () if file and file.settings.sources == names else names:
            if not is_url(name.where):
                problems.setdefault(name, []).append(_problem(context, root, name))
    for found in problems.values():
        if found[0] is not None and all(found):
            yield found[0]


def in_glossary(context: Context, file: GlossaryFile, root: str) -> Iterator[Problem]:
    """Yield a problem for each glossary that a glossary file builds on and that is not read."""
    for value in file.head.extends:
        if value.text not in store.pack_names():
            naming = next((key.name for key in file.keys if key.value.contains(value.span.start)), "extends")
            folder = paths.parent(file.path)
            if problem := _problem(context, root, SourceName(value.text), folder, naming):
                yield replace(problem, span=value.span)


def _problem(
    context: Context, root: str, name: SourceName, folder: str = "", naming: str = "sources"
) -> Problem | None:
    """Return the problem of a glossary that is not read, without its place.

    A name is relative to `folder`, or else to the workspace folder. `naming` is the setting or key with it.
    """
    if is_elsewhere(name.where):
        return context.elsewhere.problem(root, name.where)
    reason = _reason(context, root, name, folder)
    return Problem(CODE, f"'{naming}' names '{name.where}', but {reason}") if reason else None


def _reason(context: Context, root: str, name: SourceName, folder: str) -> str:
    """Return why a file is not read, and the remedy; or an empty string."""
    where, files = name.where.replace("\\", "/"), context.files
    if where.startswith("!") or is_pattern(where):
        return ""
    path = paths.normal(paths.join(folder or root, where))
    if not is_inside(files, path, root):
        return f"{path} is not in the workspace folder {root}; move it there, or remove the name"
    if files.is_folder(path):
        has_some = next(walk(files, path, lambda found: found.lower().endswith(formats.suffixes())), "")
        return "" if has_some else f"{path} is a folder without glossaries; add one, or remove the name"
    if files.signature(path) is None and context.opened(path) is None:
        return (
            f"there is no file {path}; create it, or correct the name, which is relative to the "
            f"{'folder of this file' if folder else 'workspace folder'}"
        )
    return ""
