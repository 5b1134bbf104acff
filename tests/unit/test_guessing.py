"""What an acronym is guessed to stand for: the same however the document came to be what it is."""

from __future__ import annotations

import pytest

from glossary_ls import portions
from glossary_ls.acronyms.vocabulary import EMPTY
from glossary_ls.document import Document
from glossary_ls.features.fixes import guessing
from glossary_ls.glossary import build
from glossary_ls.scan import scan
from glossary_ls.settings import Settings
from glossary_ls.text import Text

GLOSSARY = build([])


def guessed(source: str) -> str:
    analysis = scan(Text(source), "markdown", GLOSSARY)
    return guessing.expansion_of("QXZ", Document("/ws/d.md", "markdown", analysis, Settings(), EMPTY))


@pytest.mark.parametrize("length", [40, 100, 8_000])
def test_only_the_start_of_a_document_is_read(monkeypatch: pytest.MonkeyPatch, length: int) -> None:
    monkeypatch.setattr(portions, "LENGTH", length)
    monkeypatch.setattr(guessing, "_READ", 100)
    phrase = "The Quantum Xylophone Zither plays."
    assert guessed(f"{phrase}\n\n" + "Plain words.\n\n" * 20) == "Quantum Xylophone Zither"
    assert guessed("Plain words.\n\n" * 7 + phrase) == "Quantum Xylophone Zither"
    assert guessed("Plain words.\n\n" * 8 + phrase) == ""
