"""Glossaries of Contextive: what is read of each value, what a mistake costs, and how files change."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.base import memo
from glossary_ls.base.text import Text
from glossary_ls.features.completion import complete
from glossary_ls.features.in_code import written
from glossary_ls.glossary import formats
from glossary_ls.glossary.model import GlossaryFile, Role
from glossary_ls.workspace.workspace import Workspace
from tests.memory_files import MemoryFiles

PAGE = Path(__file__).parents[2] / "docs" / "glossaries" / "contextive.md"
ONE = "contexts:\n  - name: Kitchen\n    terms:\n      - name: {}\n        definition: {}\n"


def read(source: str, path: str = "/ws/bakery.glossary.yml") -> GlossaryFile:
    return formats.parse(path, Text(source))


def test_the_example_of_the_manual_is_read_as_it_says() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    file = read(example)
    assert not file.problems
    assert [value.text for value in file.head.extends] == ["../shared/units.glossary.yml"]
    kitchen, shop = file.head.contexts
    assert kitchen == ("Kitchen", "Turn flour and time into bread every night.", ("Owner: the night shift",))
    assert shop.topic == "Shop"
    batch, sop, other = file.terms
    assert (batch.name, batch.topics, batch.facts) == ("batch", ("Kitchen",), ("Measured in: loaves",))
    assert [alias.name for alias in batch.aliases] == ["oven load"]
    assert batch.examples == ("The second batch is rye.",)
    assert (sop.expansion, sop.aliases) == ("standard operating procedure", ())
    assert (other.name, other.topics, other.scope) == ("batch", ("Shop",), ("**/*counter*",))


@pytest.mark.parametrize(
    ("path", "source", "expected"),
    [
        ("/ws/a.glossary.yml", "contexts:\n", "contextive"),
        ("/ws/a.glossary.yaml", "# note\nimports: [b.yml]\n", "contextive"),
        ("/ws/glossary.yml", "\ufeff'contexts':\n  - terms:\n", "contextive"),
        ("/ws/.contextive/definitions.yml", "theme: dark\n", "contextive"),
        ("/ws/domain.yml", "contexts:\n  - name: A\n    terms:\n", "contextive"),
        ("/ws/kube.yml", "contexts:\n  - context: {cluster: a}\n    name: b\n", "yaml"),
        ("/ws/a.glossary.yml", "terms:\n  - term: contexts\n", "yaml"),
        ("/ws/a.glossary.yml", "- {term: a, definition: 'contexts: b'}\n", "yaml"),
    ],
)
def test_the_top_of_a_file_tells_its_format(path: str, source: str, expected: str) -> None:
    assert read(source, path).format == expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (">", "one two\nthree"),
        (">-", "one two\nthree"),
        ("|", "one\ntwo\n\nthree"),
        ("|+", "one\ntwo\n\nthree"),
    ],
)
def test_texts_of_several_lines_keep_their_lines(style: str, expected: str) -> None:
    text = f"{style}\n          one\n          two\n\n          three\n\n"
    (term,) = read(ONE.format("batch", text)).terms
    assert term.definition == expected


@pytest.mark.parametrize(
    ("globs", "path", "is_met"),
    [
        ('["**"]', "a.md", True),
        ("[cards]", "a.md", False),
        ("[cards]", "new-cards/a.md", True),
        ("[cards]", "src/cards.py", True),
        ("[src/cards]", "x/src/cards/a.md", True),
        ("[/src/**]", "x/src/deep/a.md", True),
        ('["*.py"]', "deep/a.py", True),
        ('["*.py"]', "a.md", False),
        ("cards", "cards/a.md", True),
    ],
)
def test_paths_limit_a_context_to_documents(globs: str, path: str, *, is_met: bool) -> None:
    glossary = ONE.format("batch", "loaves").replace("    terms", f"    paths: {globs}\n    terms", 1)
    space = Workspace(MemoryFiles({"/ws/a.glossary.yml": glossary}), ["/ws"])
    space.configure({"packs": []})
    assert bool(space.glossary_of(f"/ws/{path}").senses("batch")) is is_met


def test_a_syntax_error_is_reported_where_it_is_and_the_rest_serves() -> None:
    good = ONE.format("batch", "loaves")
    file = read(
        good + "      - name: crust\n        definition: : out\n      - name: crumb\n  - name: Shop\n"
        "    terms:\n    - name: till\n    - {name: open\n  - name: Cellar\n    terms: [{name: vat}]\n"
    )
    assert [term.name for term in file.terms] == ["batch", "crumb", "till", "vat"]
    errors = [problem for problem in file.problems if problem.code == "invalid-yaml"]
    assert [file.text.line_index(problem.span.start) + 1 for problem in errors] == [7, 12]
    assert [context.topic for context in file.head.contexts] == ["Kitchen", "Shop", "Cellar"]


@given(st.text(alphabet="contexs:termna -[]{}\"'|\n\t\u0000#&*", max_size=80))
def test_nothing_is_too_odd(source: str) -> None:
    file = read("contexts:\n- terms:\n  - name: a\n" + source)
    for placed in file.entries:
        assert placed.name.role is Role.TERM
        assert 0 <= placed.span.start <= placed.name.span.start <= placed.name.span.end <= len(file.text)
    assert all(0 <= problem.span.start <= problem.span.end <= len(file.text) for problem in file.problems)


@pytest.mark.parametrize("mistake", ["", "      - name: crust\n        definition: : out\n"])
def test_a_long_file_takes_time_in_proportion_to_its_length(mistake: str) -> None:
    def calls(count: int) -> int:
        memo.clear()
        unit = "".join(
            f"      - name: term {at}\n        definition: {at}\n        aliases: [a{at}]\n{mistake}"
            for at in range(20)
        )
        source = "contexts:\n" + (f"  - name: Kitchen\n    terms:\n{unit}" * count)
        steps = 0

        def count_step(*_: object) -> None:
            nonlocal steps
            steps += 1

        sys.setprofile(count_step)
        try:
            read(source)
        finally:
            sys.setprofile(None)
        return steps

    assert calls(20) < 2.2 * calls(10)


def test_edits_and_deleted_files_are_noticed() -> None:
    files = MemoryFiles({"/ws/a.glossary.yml": ONE.format("batch", "loaves"), "/ws/b.glossary.yml": ""})
    space = Workspace(files, ["/ws"])
    space.configure({"packs": []})
    assert space.glossary_of("/ws/a.md").senses("batch")
    space.open("file:///ws/a.glossary.yml", "yaml", 1, ONE.format("crumb", "inside"))
    assert space.glossary_of("/ws/a.md").senses("crumb")
    assert not space.glossary_of("/ws/a.md").senses("batch")
    space.close("file:///ws/a.glossary.yml")
    files.remove("/ws/a.glossary.yml")
    space.changed([], ["/ws/a.glossary.yml"])
    assert not space.glossary_of("/ws/a.md").senses("batch")


def test_completion_shows_the_context_of_each_sense() -> None:
    other = ONE.format("batch", "rolls").replace("contexts:\n", "").replace("Kitchen", "Shop")
    files = MemoryFiles({"/ws/a.glossary.yml": ONE.format("batch", "loaves") + other, "/ws/a.md": "A bat"})
    space = Workspace(files, ["/ws"])
    space.configure({"packs": []})
    space.open("file:///ws/a.md", "markdown", 1, "A bat")
    document = space.snapshot("file:///ws/a.md")
    assert document is not None
    offered = [(item.label, item.detail) for item in complete(document, 5).items]
    assert offered == [("batch", "Kitchen"), ("batch", "Shop")]


@pytest.mark.parametrize(
    ("typed", "language", "expected"),
    [
        ("", "python", ["ovenLoad", "OvenLoad", "oven_load", "oven-load"]),
        ("o", "python", ["ovenLoad", "oven_load"]),
        ("O", "java", ["OvenLoad", "OVEN_LOAD"]),
        ("OV", "java", ["OVENLOAD", "OVEN_LOAD"]),
        ("OVe", "java", ["OvenLoad"]),
        ("ov", "css", ["oven-load"]),
    ],
)
def test_identifiers_have_the_capitals_of_what_is_typed(
    typed: str, language: str, expected: list[str]
) -> None:
    for name in ("oven load", "Oven Load", "OvenLoad", "oven_load"):
        assert list(written(name, typed, language)) == expected
    assert list(written("SLO", typed, language)) == ["SLO"]
    assert not list(written("R&D", typed, language))
