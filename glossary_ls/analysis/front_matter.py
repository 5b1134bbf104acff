"""The front matter of a document: its topics, and the senses that it pins.

YAML between `---`, TOML between `+++`, JSON in braces or between `---json` and `---`, and the `:name: value`
lines of AsciiDoc and reStructuredText. What cannot be parsed is ignored. This module must not know terms.
"""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING

from glossary_ls.base import memo
from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.base.model import RegionKind
from glossary_ls.base.patterns import lazily

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from glossary_ls.analysis.analysis import Analysis

#: The keys under which site generators and note-taking tools keep the topics of a document.
_ABOUT = frozenset({"topics", "topic", "tags", "tag", "category", "categories", "keywords"})

#: The key under which a document pins the senses of its acronyms.
_SENSES = "senses"

_FIELD = lazily(r"^:([\w-]+):[ \t]+(\S.*)$", re.MULTILINE)
_FIELDS = frozenset({"asciidoc", "restructuredtext"})
_LONGEST_FIELDS = 4_000


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The `topics` as written, the `senses` by acronym, and the offset of the `end`."""

    topics: tuple[str, ...] = ()
    senses: Mapping[str, str] = field(default_factory=dict)
    end: int = 0


def front_matter(analysis: Analysis) -> FrontMatter:
    """Return the front matter of a document, empty if there is none."""
    source = analysis.text.source
    regions = (region for _, scanned in analysis.blocks_near(0) for region in scanned.block.regions)
    for region in regions:
        if region.kind is RegionKind.FRONT_MATTER and region.span.start == 0:
            return _parse(region.span.of(source))
    return _fields(source[:_LONGEST_FIELDS]) if analysis.language.lower() in _FIELDS else FrontMatter()


@memo.recent(16)
def _parse(text: str) -> FrontMatter:
    text = text.removeprefix("\ufeff")
    inner = "\n".join(text.strip().splitlines()[1:-1])
    if text.startswith("{"):
        data = _json(text)
    elif text.startswith("---json"):
        data = _json(inner)
    else:
        data = _toml(inner) if text.startswith(("+++", "---toml")) else _yaml(inner)
    rows = {key.lower(): value for key, value in data.items()} if isinstance(data, dict) else {}
    topics = tuple(topic for key in rows if key in _ABOUT for topic in _strings(rows[key]))
    settled = rows.get(_SENSES)
    senses = settled.items() if isinstance(settled, dict) else ()
    return FrontMatter(topics, {name: sense for name, sense in senses if isinstance(sense, str)}, len(text))


def _fields(text: str) -> FrontMatter:
    top = re.split(r"\n[ \t]*\n", text.lstrip(), maxsplit=1)[0]
    rows = ((found[1].lower(), found[2]) for found in _FIELD.finditer(top))
    return FrontMatter(tuple(topic for key, value in rows if key in _ABOUT for topic in _strings(value)))


def _strings(value: object) -> Iterator[str]:
    """Yield the single topics of a list, or of a string with commas."""
    if isinstance(value, str):
        yield from (part.strip() for part in value.split(",") if part.strip())
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _toml(text: str) -> object:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        # A number with too many digits is no `TOMLDecodeError`.
        return None


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _yaml(text: str) -> object:
    from glossary_ls.markup import yaml_nodes as nodes  # noqa: PLC0415  few documents need it

    try:
        return nodes.plain(nodes.parse(text))
    except nodes.NotYamlError:
        return None
