"""The last answer about the semantic tokens of a document, as the client has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Piece(NamedTuple):
    """The numbers of some tokens as text, and how many there are."""

    text: str
    length: int


@dataclass(frozen=True, slots=True)
class TokenResult:
    """The last answer about all tokens of a document."""

    number: int
    pieces: tuple[Piece, ...]
