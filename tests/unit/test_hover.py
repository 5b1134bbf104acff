"""What is under the cursor: shortcuts of the hover change nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary_ls.base.text import Text
from glossary_ls.features import hover
from glossary_ls.workspace.workspace import Workspace
from tests.memory_files import MemoryFiles

GLOSSARY = """\
version: 1
terms:
  - {term: cold start, expansion: C S}
  - {term: p95, expansion: P}
  - {term: GPU, expansion: G P U}
  - {term: .NET, expansion: N}
  - {term: C++, expansion: C}
  - {term: KV cache, expansion: K}
"""

WORKSPACE = Workspace(MemoryFiles({"/w/glossary.yaml": GLOSSARY}), ["/w"])

WORDS = ("cold start", "cold", "start", "p95", "GPU", "GPUs", ".NET", "C++", "KV", "cache", "coldStart", "ZQ")
BETWEEN = (*" \n\t-_.,([`/=", "'s", "\u2019", "**", "\u0301", "\u00ad")
PIECES = (*WORDS, *BETWEEN)


@settings(max_examples=40)
@given(st.lists(st.sampled_from(PIECES), max_size=7).map("".join), st.sampled_from(["markdown", "python"]))
def test_a_name_that_stands_alone_is_explained_as_any_other(source: str, language: str) -> None:
    document = WORKSPACE.analyze("/w/doc.md", language, Text(source))
    quick = [hover.hover(document, offset) for offset in range(len(source) + 1)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hover, "_stands_alone", lambda *_: False)
        assert [hover.hover(document, offset) for offset in range(len(source) + 1)] == quick
