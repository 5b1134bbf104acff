"""What an acronym is guessed to stand for: the same however the document came to be what it is."""

from __future__ import annotations

import pytest

from glossary_ls.acronyms.vocabulary import EMPTY
from glossary_ls.analysis import chunks
from glossary_ls.analysis.document import Document
from glossary_ls.analysis.scan import scan
from glossary_ls.base.text import Text
from glossary_ls.glossary.index import build
from glossary_ls.rules.shared import guessing
from glossary_ls.settings.schema import Settings

GLOSSARY = build([])


def guessed(source: str, acronym: str = "QXZ") -> str:
    analysis = scan(Text(source), "markdown", GLOSSARY)
    return guessing.expansion_of(acronym, Document("/ws/d.md", "markdown", analysis, Settings(), EMPTY))


def test_no_long_form_ends_with_a_small_word() -> None:
    text = "It quits xenon zones the most."
    assert guessed(text, "QXZM") == "quits xenon zones the most"
    assert guessed(text, "QXZT") == ""


@pytest.mark.parametrize("length", [40, 100, 8_000])
def test_only_the_start_of_a_document_is_read(monkeypatch: pytest.MonkeyPatch, length: int) -> None:
    monkeypatch.setattr(chunks, "LENGTH", length)
    monkeypatch.setattr(guessing, "_READ", 100)
    phrase = "The Quantum Xylophone Zither plays."
    assert guessed(f"{phrase}\n\n" + "Plain words.\n\n" * 20) == "Quantum Xylophone Zither"
    assert guessed("Plain words.\n\n" * 7 + phrase) == "Quantum Xylophone Zither"
    assert guessed("Plain words.\n\n" * 8 + phrase) == ""
