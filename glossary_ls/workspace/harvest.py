"""What the glossaries of a workspace lack for some documents, and the glossary that it is added to.

This module changes nothing and must not know the protocol.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.features.harvest.found import Harvest, merged
from glossary_ls.features.harvest.gathering import harvest
from glossary_ls.markup import language_of
from glossary_ls.rules.shared.fix import Target
from glossary_ls.vfs.files import read_text
from glossary_ls.workspace.fix_targets import NEW, targets

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glossary_ls.workspace.workspace import Workspace


def harvest_file(workspace: Workspace, path: str) -> Harvest | None:
    """Return what the glossaries of a document lack for it; None if it cannot be read.

    Paths in the result are relative to the workspace folder.
    """
    source = read_text(workspace.files, path)
    return None if source.problems else harvest_text(workspace, path, source.text)


def harvest_text(workspace: Workspace, path: str, text: str) -> Harvest:
    """Return what the glossaries of a document lack for it, as `harvest_file`, given its text."""
    root, language = workspace.root_of(path), language_of(path)
    name = paths.relative(path, root) if root and paths.is_within(path, root) else path
    return harvest(name, text, language, workspace.settings_of(path), workspace.glossary_of(path, language))


def harvest_files(workspace: Workspace, files: Iterable[str]) -> Harvest:
    """Return what the glossaries lack for some documents."""
    found = (harvest_file(workspace, path) for path in files)
    return merged(each for each in found if each is not None)


def glossary_to_write(workspace: Workspace, root: str) -> Target:
    """Return the glossary that entries for the documents of a workspace folder are added to."""
    document = paths.join(root, "x.md")
    found = next((each for each in targets(workspace, document) if paths.is_within(each.path, root)), None)
    return found or Target(paths.join(root, NEW), NEW)
