"""The compiled form of a built-in glossary says the same as its YAML."""

from __future__ import annotations

import pytest

from glossary_ls.base.text import Text
from glossary_ls.glossary import formats, store
from glossary_ls.glossary.formats import compiled
from glossary_ls.vfs.files import data_text


@pytest.mark.parametrize("name", store.pack_names())
def test_both_forms_are_equal(name: str) -> None:
    file = store.pack(name)
    expected = formats.parse(file.path, Text(data_text(f"packs/{name}.yaml")))
    assert (file.format, file.head, file.starts, file.keys) == (
        expected.format,
        expected.head,
        expected.starts,
        expected.keys,
    )
    assert not expected.problems
    for entry, other in zip(file.items, expected.items, strict=True):
        assert (entry.term, entry.span, entry.name, entry.source) == (
            other.term,
            other.span,
            other.name,
            other.source,
        )
        assert (entry.values, entry.keys, entry.problems) == (other.values, other.keys, other.problems)


def test_the_form_of_another_text_is_not_used() -> None:
    text = Text("terms:\n  - term: QXZ\n")
    assert compiled.load("x.yaml", text, data_text("packs/compiled/common-tech.json")) is None
    file = formats.built_in("x.yaml", text, data_text("packs/compiled/common-tech.json"))
    assert [term.name for term in file.terms] == ["QXZ"]
