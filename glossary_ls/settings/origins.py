"""Where the value of each setting comes from: the default, a configuration file, or overrides in it.

It must not know how settings are used, nor read a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass
from glossary_ls.settings.config_file import line_of
from glossary_ls.settings.schema import options

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from glossary_ls.settings.config_file import Configuration
    from glossary_ls.settings.schema import Settings


@dataclass(frozen=True, slots=True)
class Origin:
    """A place that sets a value: the line, from 0, if it was found, and the number of the override."""

    path: str
    line: int | None
    override: int | None = None


@dataclass(frozen=True, slots=True)
class Effective:
    """A setting, its value, and the places that set it; the default without one."""

    key: str
    value: object
    summary: str
    origins: tuple[Origin, ...]


def effective(
    settings: Settings, configuration: Configuration | None, path: str, language: str
) -> Iterator[Effective]:
    """Yield the settings of a document in the order of the table.

    `path` is relative to the folder of the configuration. What is set for each rule is a setting of its own.
    """
    layers: list[tuple[int | None, Mapping[str, object]]] = []
    if configuration is not None:
        layers = [(None, configuration.given)]
        layers += (
            (number, override.given)
            for number, override in enumerate(configuration.overrides)
            if override.matches(path, language)
        )
    for attribute, option in options():
        value = getattr(settings, attribute)
        given = [(number, layer[attribute]) for number, layer in layers if attribute in layer]
        if not isinstance(option.default, dict):
            origins = [_origin(configuration, option.key, number) for number, _ in given if configuration]
            # Only a set adds to lower layers.
            kept = origins if isinstance(option.default, frozenset) else origins[-1:]
            yield Effective(option.key, value, option.summary, tuple(kept))
            continue
        for item in value:
            last = [number for number, layer in given if isinstance(layer, dict) and item in layer][-1:]
            origins = [
                _origin(configuration, f"{option.key}.{item}", number, option.key)
                for number in last
                if configuration
            ]
            yield Effective(f"{option.key}.{item}", value[item], option.summary, tuple(origins))


def _origin(configuration: Configuration, key: str, number: int | None, table: str = "") -> Origin:
    line = line_of(configuration, key, number)
    if line is None and table:
        line = line_of(configuration, table, number)
    return Origin(configuration.path, line, number)
