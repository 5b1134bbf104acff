"""Resolving the settings of a document from the editor and the configuration files of workspace folders.

The open text of a configuration file takes precedence over the disk, and the last valid settings stay in
effect while a file is invalid. The module must not know what the settings do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.dataclass import dataclass, field, replace
from glossary_ls.base.text import Text
from glossary_ls.settings import config_file
from glossary_ls.settings.config_file import CONFIG_FILES, Configuration
from glossary_ls.settings.schema import DEFAULTS, Settings, overlay, overlay_given, parse
from glossary_ls.vfs.files import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from glossary_ls.base.model import Problem
    from glossary_ls.vfs.files import Files, Signature


@dataclass(eq=False)
class Resolver:
    """Settings by workspace folder, path and language; `_opened` returns the text of an open file."""

    _files: Files
    _opened: Callable[[str], Text | None]
    _choices: Mapping[str, tuple[str, ...]]
    _editor: dict[str, tuple[Settings, ...]] = field(default_factory=dict)
    _files_read: dict[str, Configuration | None] = field(default_factory=dict)
    _signatures: dict[str, tuple[Signature | None, ...]] = field(default_factory=dict)
    _merged: dict[tuple[str, tuple[int, ...]], Settings] = field(default_factory=dict)

    def configure(self, *layers: object, root: str = "") -> tuple[bool, tuple[Problem, ...]]:
        """Set the layers of editor settings for one root, or for all roots.

        Later layers take precedence over earlier ones, and those of a root over those for all. Return whether
        the settings changed, and their problems.
        """
        parsed = [parse(layer, "editor settings", self._choices) for layer in layers]
        settings = tuple(settings for settings, _ in parsed)
        changed = settings != self._editor.get(root, (DEFAULTS,) * len(settings))
        self._editor[root] = settings
        if changed:
            self._merged.clear()
        return changed, tuple(problem for _, problems in parsed for problem in problems)

    def of(self, root: str, path: str = "", language: str = "") -> Settings:
        """Return the settings of a document: defaults, file, editor and overrides merged.

        It is the same object until a setting changes, and for all documents with the same overrides.
        """
        file = self.file(root)
        overrides = file.overrides if file else ()
        relative = paths.relative(path, root) if path and paths.is_within(path, root) else ""
        matching = tuple(
            number for number, override in enumerate(overrides) if override.matches(relative, language)
        )
        if (root, matching) not in self._merged:
            settings = file.settings if file else DEFAULTS
            for scope in dict.fromkeys(("", root)):
                for layer in self._editor.get(scope, ()):
                    settings = overlay(settings, layer)
            for number in matching:
                settings = overlay_given(settings, overrides[number].given)
            self._merged[root, matching] = settings
        return self._merged[root, matching]

    def is_on_anywhere(self, root: str, attribute: str) -> bool:
        """Return whether a boolean setting is true for any document below a root."""
        found = self.file(root)
        given = (override.given.get(attribute) for override in found.overrides) if found else ()
        return bool(getattr(self.of(root), attribute)) or any(given)

    # --- configuration files ------------------------------------------------------------------------------

    def file(self, root: str) -> Configuration | None:
        """Return the configuration file of a root."""
        if root and root not in self._files_read:
            self._files_read[root] = self._read(root, None)
        return self._files_read.get(root)

    def paths(self) -> Iterator[str]:
        """Yield the paths of the configuration files in use."""
        return (found.path for found in self._files_read.values() if found)

    def concerns(self, path: str) -> bool:
        """Return whether a file may contain the settings of a root that was resolved."""
        return paths.name(path) in CONFIG_FILES and paths.parent(path) in self._files_read

    def reload(self, root: str) -> None:
        """Reload the configuration file of a root."""
        self._files_read[root] = self._read(root, self._files_read.get(root))
        self._merged.clear()

    def poll(self) -> Iterator[str]:
        """Yield the roots whose configuration files have changed on disk."""
        for root, signatures in tuple(self._signatures.items()):
            if tuple(map(self._files.signature, _candidates(root))) != signatures:
                yield root

    def set_roots(self, roots: Iterable[str]) -> None:
        """Drop the configuration files, and the editor settings of folders that are no roots any more."""
        self._editor = {root: self._editor[root] for root in ("", *roots) if root in self._editor}
        self._files_read.clear()
        self._signatures.clear()
        self._merged.clear()

    def _read(self, root: str, last: Configuration | None) -> Configuration | None:
        self._signatures[root] = tuple(map(self._files.signature, _candidates(root)))
        for path in _candidates(root):
            text = self._opened(path)
            if text is None:
                real, folder = map(self._files.resolve, (path, root))
                if self._files.signature(path) is None or not paths.is_within(real, folder):
                    # A repository could link to any file of the user.
                    continue
                text = Text(read_text(self._files, path).text)
            found = config_file.read(path, text, self._choices)
            if found is not None:
                if last is not None and not found.readable:
                    return replace(found, settings=last.settings, overrides=last.overrides)
                return found
        return None


def _candidates(root: str) -> list[str]:
    return [paths.join(root, name) for name in CONFIG_FILES]
