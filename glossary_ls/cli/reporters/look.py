"""How a report for people looks: its width, and what is emphasized. It must not know terminals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

#: The parts of a report that are emphasized, besides the severities.
PATH, CODE, GUTTER, NOTE = "path", "code", "gutter", "note"


def _plain(text: str, _part: str, _page: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Look:
    """The width in columns, and `paint`, which is given a text, the part it is, and a code to link to.

    `wraps`: messages are broken between words, because a terminal would break them anywhere.
    """

    width: int = 120
    paint: Callable[[str, str, str], str] = _plain
    wraps: bool = False


PLAIN = Look()
