"""The readable text and the regions of reStructuredText."""

from __future__ import annotations

from textwrap import dedent

import pytest

from glossary_ls.base.model import RegionKind
from glossary_ls.markup.restructuredtext import parse

from . import block_invariants as invariants
from .steps import assert_linear


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Title\n=====\nText", "Title\nText"),
        ("=====\nTitle\n=====\n", "Title"),
        ("a\n\n----\n\nb", "a\nb"),
        ("See:\n::\n\n  GPU\n\nb", "See:\nb"),
        ("See::\n\n  GPU\n\n  TPU\n\nb", "See:\nb"),
        ("- See::\n\n    GPU\n\n- b", "See:\nb"),
        ("See::\n\n> GPU\n> TPU\n\nb", "See:\nb"),
        (".. code-block:: x\n   :opt: y\n\n   GPU\n\n   TPU\nb", "b"),
        (".. note:: The GPU\n   is fast.\n", "The GPU is fast."),
        (".. note::\n   :class: x\n\n   The GPU.\n", "The GPU."),
        (".. versionadded:: 3.5 The GPU\n   is new.\n", "The GPU is new."),
        (".. admonition:: A Title\n   :class: x\n\n   Body\n", "A Title\nBody"),
        (".. function:: a(GPU)\n              b(TPU)\n   :noindex:\n\n   Body\n", "Body"),
        (".. a comment\n   on GPU\n\n   on TPU\n\ntext", "text"),
        ("..\n\n   quote", "quote"),
        ("..\n   comment\n\ntext", "text"),
        (".. [1] Foot\n   note.\n.. [#a] Other.", "Foot note.\nOther."),
        (".. _GPU: https://x.y\n.. _TPU:\n\nb", "b"),
        (".. |GPU| replace:: the unit\n.. |TPU| image:: x.png\n", "the unit"),
        (
            "SLO\n   Service level objective,\n   an aim.\nSLI\n   An indicator.",
            "SLO=Service level objective, an aim.\nSLI=An indicator.",
        ),
        (":Author: A B\n:Date: today\n   or so", "A B\ntoday or so"),
        ("-v, --verbose  Say more\n--file=FILE    The file\n", "Say more\nThe file"),
        (">>> GPU\nTPU\n\ntext", "text"),
        ("| one\n| two\n", "one\ntwo"),
        ("1. one\n   more\n2. two\n\n- three\n* four", "one more\ntwo\nthree\nfour"),
        ("PEP: 1\nTitle: GPU\n\nText", "Text"),
        (
            ".. glossary::\n   :sorted:\n\n   SLO\n   aim\n      An\n      aim. Yes.\n\n      A\n      text",
            "SLO\naim=An aim. Yes.\nA text",
        ),
        (
            ".. list-table:: Names\n\n   * - A\n     - B\n   * - SLO\n     - Service\n       level\n",
            "Names\nA | B\nSLO | Service level",
        ),
        (
            '.. csv-table:: Names\n   :header: GPU\n\n   SLO, "level, objective"\n',
            "Names\nSLO | level, objective",
        ),
        (
            "=== ===\nA   B\n=== ===\nSLO level\n    one\nSLI two\n=== ===\n",
            "A | B\nSLO | level one\nSLI | two",
        ),
        ("=== ===\nSLO level\n\nSLI two\n=== ===\n\nafter", "SLO | level\nSLI | two\nafter"),
        (
            "+---+-----+\n| A | B   |\n+===+=====+\n| S | two |\n|   | are |\n+---+-----+\n",
            "A | B\nS | two are",
        ),
    ],
)
def test_structure(source: str, text: str) -> None:
    assert invariants.read(parse, source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("the ``GPU`` and *an* **SLO**", "the GPU and an SLO"),
        (
            "a :term:`fast GPU` and :abbr:`SLO (Service Level Objective)`",
            "a fast GPU and SLO =(Service Level Objective)",
        ),
        ("a :ref:`nice title <target>` or :ref:`target` or :doc:`/a/b`", "a nice title or … or …"),
        ("by :rfc:`2119` and :pep:`the text <8>` and :math:`a_b`", "by … and the text and …"),
        ("see `the docs <https://x.y>`_ and `others`__ and name_.", "see the docs and others and name."),
        ("see `<https://x.y>`_ and https://x.y/z.", "see … and …."),
        ("a |version| [1]_ b [Bib]_", "a … b …"),
        ("\\*no\\* 2*x*3 a\\ b *args and **kw", "*no* 2*x*3 ab *args and **kw"),
        ("an _`inline target` here", "an inline target here"),
        ("`plain words` and `code_name`", "plain words and code_name"),
        ("`text`:sup: here", "text here"),
        ("not closed `` or ` or * or |", "not closed `` or ` or * or |"),
    ],
)
def test_inline(source: str, text: str) -> None:
    assert invariants.read(parse, source) == text


def test_kinds() -> None:
    source = "GPU One\n=======\n\nthe ``SLO`` `SLI <x>`_ and TPU\n\n=== ===\nLPU x\n=== ===\n"
    assert invariants.kinds(parse, source) >= {
        ("GPU", "heading"),
        ("SLO", "code_inline"),
        ("SLI", "link"),
        ("TPU", "prose"),
        ("LPU", "table"),
    }


def test_code_and_formulas_are_regions() -> None:
    source = dedent("""\
        Text::

          one
          two

        .. math:: a

           b

        end
        """)
    assert invariants.hidden(parse, source, RegionKind.CODE_BLOCK) == ["one\n  two"]
    assert invariants.hidden(parse, source, RegionKind.MATH) == ["a", "b"]


@pytest.mark.parametrize(
    "unit",
    [
        "`",
        "``",
        "*a ",
        "|a ",
        ":a:`",
        "[a ",
        "_`a ",
        "a_ ",
        "`a <",
        ".. _a",
        "+-+",
        "= ",
        "a\n b\n",
        "::\n ",
        ":a",
    ],
)
def test_cost_is_linear(unit: str) -> None:
    assert_linear(lambda source: invariants.blocks(parse, source), unit)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (".. class:: Load(x)\n\n   The body.\n\n   .. method:: a()\n\n      More.", "The body.\nMore."),
        (".. class:: special\n\nA paragraph.", "A paragraph."),
        (".. class:: special\n\n   A paragraph.", "A paragraph."),
        (".. py:module:: load\n   :synopsis: The load.\n\n   The body.", "The body."),
        (".. currentmodule:: load\n\nText.", "Text."),
    ],
)
def test_the_body_of_a_class_is_text(source: str, expected: str) -> None:
    assert invariants.read(parse, source) == expected
