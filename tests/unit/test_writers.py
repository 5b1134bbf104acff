"""The YAML editor: additions follow the style of the file and change nothing else."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from glossary_ls.base.edits import applied
from glossary_ls.base.model import Alias, AliasKind, Term
from glossary_ls.glossary.formats.yaml import editor, read, scalars
from glossary_ls.glossary.formats.yaml.scalars import is_plain, scalar

from .examples import FEW_EXAMPLES

QTZ = Term("QTZ", "Queue Transfer Zone")
UNKNOWN = Term("QTZ")


def added(source: str, term: Term = QTZ) -> str:
    edits = editor.add_term(source, term)
    assert edits
    return applied(source, edits)


# --- terms ------------------------------------------------------------------------------------------------

ENTRY = "terms:\n  - term: QTZ\n    expansion: Queue Transfer Zone\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ENTRY),
        ("---\n", "---\n" + ENTRY),
        ("# ours", "# ours\n\n" + ENTRY.rstrip("\n")),
        ("# ours\n\n", "# ours\n\n" + ENTRY),
        ("terms:\n", ENTRY),
        ("terms: []\n", ENTRY),
        ("terms: ~  # none yet\n", ENTRY.replace("terms:", "terms:  # none yet")),
        ("name: Ours\n", "name: Ours\n" + ENTRY),
        ("[]\n", ENTRY),
        ("{}\n", ENTRY),
        ("SLO: Objective", "SLO: Objective\nQTZ: Queue Transfer Zone"),
        ("'SLO': \"Objective\"\n", "'SLO': \"Objective\"\n'QTZ': \"Queue Transfer Zone\"\n"),
        ("terms: {SLO: Objective}\n", "terms: {SLO: Objective, QTZ: Queue Transfer Zone}\n"),
        ("- SLO\n- SLA\n", "- SLO\n- SLA\n- term: QTZ\n  expansion: Queue Transfer Zone\n"),
        ("[SLO]\n", "[SLO, {term: QTZ, expansion: Queue Transfer Zone}]\n"),
        (
            "terms:\n- term: A\nname: x\n",
            "terms:\n- term: A\n- term: QTZ\n  expansion: Queue Transfer Zone\nname: x\n",
        ),
        ("accept: [A]\n", "accept: [A]\n" + ENTRY),
        ("SLO: Objective\naccept: [A]\n", "SLO: Objective\nQTZ: Queue Transfer Zone\naccept: [A]\n"),
        (
            "- {term: A, expansion: b}\n- {term: C}\n",
            "- {term: A, expansion: b}\n- {term: C}\n- {term: QTZ, expansion: Queue Transfer Zone}\n",
        ),
        (
            "terms: {\n  A: b,\n  C: d,\n}\n",
            "terms: {\n  A: b,\n  C: d,\n  QTZ: Queue Transfer Zone,\n}\n",
        ),
    ],
)
def test_a_new_entry_has_the_form_of_the_file(before: str, after: str) -> None:
    assert added(before) == after


def test_an_entry_is_inserted_in_alphabetical_order_without_moving_comments() -> None:
    before = "# Kept sorted.\nAPI: a\n# the promise\nSLO: b\nTLS: c  # old\n"
    assert (
        added(before)
        == "# Kept sorted.\nAPI: a\nQTZ: Queue Transfer Zone\n# the promise\nSLO: b\nTLS: c  # old\n"
    )
    assert added(before, Term("AAA", "An A")).startswith("# Kept sorted.\nAAA: An A\nAPI: a\n")
    assert added(before, Term("ZZZ", "Last")).endswith("TLS: c  # old\nZZZ: Last\n")
    assert added("B: 1\nA: 2\nC: 3\n", QTZ).endswith("C: 3\nQTZ: Queue Transfer Zone\n")


def test_entries_separated_by_blank_lines_stay_separated() -> None:
    text = "      text\n\n      # no comment\n"
    before = f"terms:\n  - term: B\n    definition: |\n{text}\n  - term: A\n    # more\n# end\n"
    assert added(before).endswith(
        "\n  - term: A\n    # more\n\n  - term: QTZ\n    expansion: Queue Transfer Zone\n# end\n"
    )


def test_new_lines_end_like_those_of_the_file() -> None:
    assert added("terms:\r\n  - term: A\r\n").count("\r\n") == 4
    assert "\r" not in added("terms:\n  - term: A\n")


def test_indent_and_quotes_follow_the_file() -> None:
    before = 'terms:\n    -   term: "A"\n        expansion: "An A"\n'
    assert added(before) == before + '    -   term: "QTZ"\n        expansion: "Queue Transfer Zone"\n'


def test_an_unknown_expansion_is_left_empty_between_quotes() -> None:
    assert added("", UNKNOWN) == 'terms:\n  - term: QTZ\n    expansion: ""\n'
    assert added("A: b\n", UNKNOWN) == 'A: b\nQTZ: ""\n'
    assert added("", Term("error budget")) == 'terms:\n  - term: error budget\n    definition: ""\n'


def test_the_shorthand_gets_keys_where_one_line_is_ambiguous() -> None:
    term = Term("QTZ", "a zone.", definition="One line.\n\nAnother line.")
    assert added("A: b\n", term) == (
        "A: b\nQTZ:\n  expansion: a zone.\n  definition: |\n    One line.\n\n    Another line.\n"
    )
    assert editor.add_term("A: b\n", Term("terms", "no name for the shorthand")) == ()


def test_an_entry_is_added_to_a_broken_file() -> None:
    before = 'terms:\n  - term: A\n    expansion: "open\n  - term: B\n'
    assert added(before) == before + "  - term: QTZ\n    expansion: Queue Transfer Zone\n"


@pytest.mark.parametrize(
    "source", ["just a text\n", "a: [\n", "QTZ: Queue Transfer Zone\n", "--- a\n--- b\n"]
)
def test_no_edit_without_a_safe_place(source: str) -> None:
    assert editor.add_term(source, QTZ) == ()


@pytest.mark.parametrize("tail", ["accept:\n- KFJ\n", "name: last\n"])
def test_no_entry_is_added_outside_a_broken_list(tail: str) -> None:
    entries = "".join(f"- {{term: T{number:05}, summary: {number}}}\n" for number in range(30))
    assert added(f"terms:\n- term: 'A\n{entries}").endswith("- term: QTZ\n  expansion: Queue Transfer Zone\n")
    assert editor.add_term(f"terms:\n- term: 'A\n{entries}{tail}", QTZ) == ()


@pytest.mark.parametrize("tail", ["", "name: last\n", "accept: [A]\n# end\n"])
def test_an_entry_is_inserted_into_a_list_before_other_keys(tail: str) -> None:
    entries = [f"  - term: T{number:05}\n    summary: {number}\n" for number in range(30)]
    before = "".join(["terms:\n", *entries, tail])
    for name, place in (("A", 0), ("T00015A", 16), ("Z", 30)):
        new = f"  - term: {name}\n    expansion: x\n"
        assert added(before, Term(name, "x")) == "".join(
            ["terms:\n", *entries[:place], new, *entries[place:], tail]
        )


def test_a_new_glossary_is_short_and_valid() -> None:
    text = editor.new_glossary(replace(QTZ, definition="Where\nthings wait."), "Ours: all")
    file = read("", text)
    assert not file.problems
    assert (file.head.name, file.terms[0].expansion, len(text.splitlines())) == (
        "Ours: all",
        "Queue Transfer Zone",
        8,
    )
    assert all(len(line) < 110 for line in text.splitlines())


# --- aliases and accepted words ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "SLO: Service Level Objective  # x\n",
            "SLO:\n  expansion: Service Level Objective  # x\n  aliases: [goal]\n",
        ),
        ("SLO:\n  summary: x\n", "SLO:\n  summary: x\n  aliases: [goal]\n"),
        ("- SLO\n", "- term: SLO\n  aliases: [goal]\n"),
        ("- term: SLO\n  summary: x\n", "- term: SLO\n  aliases: [goal]\n  summary: x\n"),
        ("- term: SLO\n  aliases: [a]\n", "- term: SLO\n  aliases: [a, goal]\n"),
        ("- term: SLO\n  aliases:\n    - a  # b\n", "- term: SLO\n  aliases:\n    - a  # b\n    - goal\n"),
        ("- term: SLO\n  aliases: a\n", "- term: SLO\n  aliases: [a, goal]\n"),
        ("- term: SLO\n  aliases:\n", "- term: SLO\n  aliases: [goal]\n"),
        ("- {term: SLO}\n", "- {term: SLO, aliases: [goal]}\n"),
        ("[SLO]\n", "[{term: SLO, aliases: [goal]}]\n"),
    ],
)
def test_adding_an_alias(before: str, after: str) -> None:
    assert applied(before, editor.add_alias(before, "SLO", Alias("goal"))) == after


def test_adding_an_alias_with_a_kind_or_to_an_unknown_term() -> None:
    source = "- term: SLO\n"
    edits = editor.add_alias(source, "SLO", Alias("goal, the", AliasKind.AVOID))
    assert applied(source, edits) == source + '  aliases: [{name: "goal, the", kind: avoid}]\n'
    assert editor.add_alias(source, "SLA", Alias("goal")) == ()
    assert editor.add_alias("a: [", "a", Alias("goal")) == ()


NOTE = "  # acronyms that need no explanation\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"accept: [QTZ]{NOTE}"),
        ("terms:\n  - SLO\n", f"accept: [QTZ]{NOTE}terms:\n  - SLO\n"),
        ("# ours\n- SLO\n", f"# ours\naccept: [QTZ]{NOTE}terms:\n- SLO\n"),
        ("SLO: Objective\n", f"SLO: Objective\n\naccept: [QTZ]{NOTE}"),
        ("name: x\n", f"name: x\naccept: [QTZ]{NOTE}"),
        ("accept: [A]\n", "accept: [A, QTZ]\n"),
        ("accept: []\n", "accept: [QTZ]\n"),
        ("accept:\n", "accept: [QTZ]\n"),
        ("accept: A\n", "accept: [A, QTZ]\n"),
        ("accept: [\n  A,\n  B  # b\n]\n", "accept: [\n  A,\n  B,  # b\n  QTZ\n]\n"),
        ("accept:\n  - A\n  - B\n  - Z\n", "accept:\n  - A\n  - B\n  - QTZ\n  - Z\n"),
        ("SLO: Objective\naccept: [A]\n", "SLO: Objective\naccept: [A, QTZ]\n"),
        ("{version: 1}\n", "{version: 1, accept: [QTZ]}\n"),
    ],
)
def test_adding_an_accepted_word(before: str, after: str) -> None:
    assert applied(before, editor.add_accepted(before, "QTZ")) == after


def test_an_accepted_word_is_written_once_and_only_into_a_glossary() -> None:
    not_glossaries = "just a text\n", "accept: {a: b}\n", "a: [\n"
    for source in (*not_glossaries, "accept: [A, QTZ]\n", "accept: QTZ\n", "accept:\n- QTZ\n"):
        assert editor.add_accepted(source, "QTZ") == ()


def test_a_long_flow_list_is_continued_on_the_next_line() -> None:
    before = f"accept: [{', '.join(f'AB{number}' for number in range(18))}]\n"
    after = applied(before, editor.add_accepted(before, "QTZ"))
    assert after.endswith(",\n         QTZ]\n")


# --- quotes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Queue Transfer Zone", "Queue Transfer Zone"),
        ("C#", "C#"),
        ("it's", "it's"),
        ("NO", '"NO"'),
        ("1.0", '"1.0"'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("- a", '"- a"'),
        ("*a", '"*a"'),
        (" a", '" a"'),
        ("", '""'),
        ("2026-11-23", '"2026-11-23"'),
        ("a\tb", '"a\\tb"'),
    ],
)
def test_scalars_are_quoted_where_yaml_requires_it(text: str, written: str) -> None:
    assert scalar(text) == written


@FEW_EXAMPLES
@given(st.from_regex(scalars._WORDS.pattern, fullmatch=True), st.booleans())
def test_plain_words_are_read_as_strings(text: str, flow: bool) -> None:  # noqa: FBT001  drawn
    assert scalars._is_read_as_string(text, flow=flow)


@given(st.text(), st.sampled_from(["", "'", '"']), st.booleans())
def test_scalars_round_trip(text: str, quote: str, flow: bool) -> None:  # noqa: FBT001  drawn
    written = scalar(text, quote, flow=flow)
    readable = re.sub("[\ud800-\udfff]", "\ufffd", text)
    sample = f"[{written}]" if flow else f"k: {written}"
    assert yaml.safe_load(sample) == ([readable] if flow else {"k": readable})
    assert is_plain(text, flow=flow) or written != text or not text.strip()


# --- any glossary at all ----------------------------------------------------------------------------------

WORDS = st.from_regex(r"[A-Z]{2,4}|[a-z]{2,6}( [a-z]{2,6})?", fullmatch=True)
TEXTS = st.sampled_from(["An expansion", "A text. With two.", "yes", "a: b", "it's # so", "", "*x*"])
COMMENTS = st.sampled_from(["", "", "", "# a comment", "    # a deeper comment", "  # one more"])


@st.composite
def glossaries(draw: st.DrawFn) -> str:
    """Draw a glossary in any shape, with comments and empty lines anywhere."""
    quote = draw(st.sampled_from(["", "", "'", '"']))
    names = draw(st.lists(WORDS, max_size=5, unique=True))
    if draw(st.booleans()):
        names.sort()
    shape = draw(st.sampled_from(["list", "terms", "indentless", "shorthand", "short terms", "flow items"]))
    indent = "" if shape in {"list", "shorthand", "indentless"} else "  "
    lines = draw(st.lists(COMMENTS, max_size=2))
    if shape not in {"list", "shorthand"}:
        lines += draw(st.sampled_from([[], ["name: Ours"], ["version: 1", "name: Ours  # us"]]))
        lines.append("terms:")
    for name in names:
        lines += draw(st.lists(COMMENTS, max_size=2))
        text = scalar(draw(TEXTS), quote, flow=True)
        if shape.startswith("short"):
            lines.append(f"{indent}{scalar(name, quote, flow=True)}: {text}")
        elif shape == "flow items":
            lines.append(f"{indent}- {{term: {scalar(name, quote, flow=True)}, summary: {text}}}")
        elif draw(st.integers(0, 4)):
            lines.append(f"{indent}- term: {scalar(name, quote, flow=True)}")
            lines.append(f"{indent}  summary: {text}")
            if draw(st.booleans()):
                lines += [f"{indent}  definition: |", f"{indent}    text", "", f"{indent}    # text"]
        else:
            lines.append(f"{indent}- {scalar(name, quote, flow=True)}")
    lines += draw(st.lists(COMMENTS, max_size=2))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return end.join(lines) + draw(st.sampled_from(["", end, end * 2]))


def comments(source: str) -> list[str]:
    return [line.strip() for line in source.split("\n") if line.lstrip().startswith("#")]


@FEW_EXAMPLES
@given(
    glossaries(),
    st.sampled_from(["QTZ", "aa", "zz zz", "NO", "1.0"]),
    st.sampled_from(["", "Some Thing", "a: b"]),
)
def test_adding_a_term_keeps_everything_else(source: str, name: str, text: str) -> None:
    old = read("", source)
    assume(name not in {term.name for term in old.terms})
    edits = editor.add_term(source, Term(name, text))
    assert edits, source
    after = applied(source, edits)
    new = read("", after)
    assert sorted([*(term.name for term in old.terms), name]) == sorted(term.name for term in new.terms)
    assert len(new.problems) == len(old.problems)
    assert [line for line in comments(after) if "what it" not in line] == comments(source)
    remaining = iter(after.split("\n"))
    kept = [line for line in source.split("\n") if line.strip()]
    assert all(any(line.rstrip("\r") == other.rstrip("\r") for other in remaining) for line in kept), after
    if "\r\n" in source:
        assert "\n" not in after.replace("\r\n", "")


@FEW_EXAMPLES
@given(glossaries(), st.sampled_from(["QTZ", "NO"]))
def test_accepting_a_word_keeps_everything_else(source: str, word: str) -> None:
    edits = editor.add_accepted(source, word)
    assert edits, source
    after = applied(source, edits)
    assert read("", after).head.accept == (word,)
    assert [term.name for term in read("", after).terms] == [term.name for term in read("", source).terms]
    again = applied(after, editor.add_accepted(after, "ZZZZ"))
    assert read("", again).head.accept == (word, "ZZZZ")


@given(st.text(alphabet="ab:-[]{}#'\"\n \t&*!|>%@`,?~=<\r"), st.sampled_from([QTZ, UNKNOWN]))
@example("&a:\n", QTZ)
def test_writers_never_raise(source: str, term: Term) -> None:
    for edits in (
        editor.add_term(source, term),
        editor.add_accepted(source, "QTZ"),
        editor.add_alias(source, "a", Alias("b")),
    ):
        applied(source, edits)


@pytest.mark.parametrize("form", ["- term: {}\n  definition: x\n", "{}: 'a text'\n", "# {0}\n- {0}\n\n"])
@pytest.mark.parametrize("step", [1, 7])
@pytest.mark.parametrize("name", ["a", "n050b", "z"])
def test_a_long_file_gets_the_entry_where_a_short_one_would(
    form: str, step: int, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = "".join(form.format(f"n{number * step % 101:03}") for number in range(100))
    edits = editor.add_term(source, Term(name, expansion="Any Number of Things"))
    monkeypatch.setattr("glossary_ls.glossary.formats.yaml.add_term._NEAR", len(source))
    assert edits
    assert edits == editor.add_term(source, Term(name, expansion="Any Number of Things"))
