"""What code actions depend on besides the document: its findings and the glossaries to write to.

Which glossaries a user may want to add to, in which order and under which name, is decided here and nowhere
else. This module changes nothing and must not know what an action does.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.glossary.discovery import scope_of
from glossary_ls.glossary.formats import editor_of
from glossary_ls.rules.shared.fix import FixContext, Target
from glossary_ls.settings.config_file import CONFIG_FILES, OWN_FILE
from glossary_ls.vfs.files import data_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.base.text import Text
    from glossary_ls.workspace.workspace import Workspace

#: More glossaries of one workspace are not offered, or the list would bury everything else.
_MOST = 3

#: The name of a glossary that is made for a workspace or a user without one.
NEW = "glossary.yaml"

#: The names, without their endings, under which one looks for the glossary of a folder first.
_USUAL = ("glossary", ".glossary")

#: Problems of files whose text is not what is on the disk.
_UNREADABLE = frozenset({"unreadable-file", "not-utf-8"})


def fix_context(workspace: Workspace, uri: str) -> FixContext:
    """Return what the code actions of an open document depend on."""
    findings = workspace.findings(uri)
    document = workspace.snapshot(uri)
    path = document.path if document else workspace.path_of(uri)
    return FixContext(
        findings.problems if findings else (),
        tuple(targets(workspace, path)),
        _configuration(workspace, path),
    )


def _configuration(workspace: Workspace, path: str) -> Target | None:
    """Return the file with the settings of a document's workspace folder, or one to be made."""
    root = workspace.root_of(path)
    if root not in workspace.roots:
        return None
    for name in CONFIG_FILES:
        file = paths.join(root, name)
        found = workspace.findings(paths.to_uri(file))
        if found is not None:
            return _target(workspace, file, name, found.text)
    return _target(workspace, paths.join(root, OWN_FILE), f"a new {OWN_FILE}")


def _target(workspace: Workspace, path: str, title: str, text: Text | None = None) -> Target:
    """Return a file to write to, with the edits that the client has made in it already."""
    return Target(path, title, workspace.applied_edits.text(path, text))


def targets(workspace: Workspace, path: str) -> Iterator[Target]:
    """Yield the glossaries that a document may add to: those active for it, the nearest first.

    Of several in one folder the one with the plain name comes first; a glossary adds to itself above all.
    A workspace without any that can be written gets one at its root; the user's own comes last.
    """
    root = workspace.root_of(path)
    user = workspace.files.user_folder if workspace.settings_of(path).user_glossary else ""
    active = [file.path for file in workspace.glossary_of(path).files]
    packs = paths.parent(data_path("packs/x"))
    shared = [found for found in active if root and paths.is_within(found, root)]
    # Packages may be installed below the workspace folder.
    ours = (
        found for found in shared if paths.parent(found) != packs and not workspace.elsewhere.origin(found)
    )
    shared = _usual_first(ours, path)
    mine = (found for found in active if user and paths.is_within(found, user) and found not in shared)
    own = _usual_first(mine, path)
    written = (each for found in shared for each in _existing(workspace, found, paths.relative(found, root)))
    offered = tuple(islice(written, _MOST))
    yield from offered
    if root and not offered:
        yield from _new(workspace, root, f"a new {NEW}")
    if own:
        yield from _existing(workspace, own[0], "your own glossary")
    elif user:
        yield from _new(workspace, user, "your own glossary")


def _usual_first(found: Iterable[str], document: str) -> list[str]:
    """Return glossaries by folder in their order, in each the one with the plain name first."""
    files = list(found)
    folders = list(dict.fromkeys(map(scope_of, files)))

    def rank(path: str) -> tuple[bool, int, int]:
        stem = paths.name(path).rpartition(".")[0]
        usual = _USUAL.index(stem) if stem in _USUAL else len(_USUAL)
        return path != document, folders.index(scope_of(path)), usual

    return sorted(files, key=rank)


def _existing(workspace: Workspace, path: str, title: str) -> Iterator[Target]:
    findings = workspace.findings(paths.to_uri(path))
    if (
        findings
        and not any(problem.code in _UNREADABLE for problem in findings.problems)
        and editor_of(path, findings.text.source)
    ):
        yield _target(workspace, path, title, findings.text)


def _new(workspace: Workspace, folder: str, title: str) -> Iterator[Target]:
    path = paths.join(folder, NEW)
    if workspace.findings(paths.to_uri(path)) is None:
        yield _target(workspace, path, title)
