"""Code actions: what they promise holds for any document and in every markup language."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from glossary_ls import rules
from glossary_ls.analysis import folder_definitions
from glossary_ls.base.edits import applied
from glossary_ls.base.text import Span, Text
from glossary_ls.features.code_actions import code_actions
from glossary_ls.features.fixes.writing import edits_of
from glossary_ls.markup import language_of
from glossary_ls.rules.shared.fix import Fix, FixContext, FixKind
from glossary_ls.rules.shared.guessing import guess
from glossary_ls.rules.shared.replacement import Replacement
from glossary_ls.workspace.fix_targets import targets
from glossary_ls.workspace.workspace import Workspace
from tests.memory_files import MemoryFiles

if TYPE_CHECKING:
    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Problem

ROOT = "/ws"
CORPUS = sorted((Path(__file__).parents[1] / "corpus").glob("*.md"))


#: A workspace with no files; the built-in glossaries are merged once for all tests.
EMPTY = Workspace(MemoryFiles(), [ROOT])


def document_of(source: str, language: str = "markdown") -> Document:
    return EMPTY.analyze(f"{ROOT}/doc", language, Text(source))


def offers(document: Document, span: Span, problems: tuple[Problem, ...] | None = None) -> tuple[Fix, ...]:
    return code_actions(document, span, FixContext(rules.run(document) if problems is None else problems))


def after(document: Document, action: Fix) -> str:
    change = edits_of(action.change, document, ())
    assert change is not None
    return applied(document.text.source, change.edits)


def silenced(source: str, language: str, title: str = "on this line") -> str:
    """Return a document after its only finding was silenced, and check that it is gone."""
    document = document_of(source, language)
    (problem,) = rules.run(document)
    (action,) = [action for action in offers(document, problem.span) if title in action.title]
    text = after(document, action)
    assert rules.run(document_of(text, language)) == (), text
    return text


NEXT = "glossary-ls: ignore-next-line unknown-acronym"


@pytest.mark.parametrize(
    ("language", "source", "expected"),
    [
        ("markdown", "The QXZW\n", "<!-- glossary-ls: ignore-next-line unknown-acronym -->\nThe QXZW\n"),
        (
            "markdown",
            "a\nThe QXZW  \nb",
            "a\nThe QXZW <!-- glossary-ls: ignore-line unknown-acronym -->  \nb",
        ),
        ("markdown", "- a\n- QXZW\n", "- a\n- QXZW <!-- glossary-ls: ignore-line unknown-acronym -->\n"),
        ("markdown", "> a\n> QXZW\n", "> a\n> QXZW <!-- glossary-ls: ignore-line unknown-acronym -->\n"),
        ("mdx", "a\nThe QXZW\n", "a\nThe QXZW {/* glossary-ls: ignore-line unknown-acronym */}\n"),
        ("markdown", "a\r\nQXZW\r\n", "a\r\nQXZW <!-- glossary-ls: ignore-line unknown-acronym -->\r\n"),
        ("python", "if a:\n    # The QXZW.\n", f"if a:\n    # {NEXT}\n    # The QXZW.\n"),
        ("python", 'def f():\n    """The QXZW."""\n', f'def f():\n    # {NEXT}\n    """The QXZW."""\n'),
        ("c", "int a;\n/*\n * The QXZW.\n */\n", f"int a;\n/*\n * {NEXT}\n * The QXZW.\n */\n"),
        ("asciidoc", "a\nThe QXZW\n", f"a\n// {NEXT}\nThe QXZW\n"),
        ("asciidoc", "* a\n* The QXZW\n", f"* a\n// {NEXT}\n* The QXZW\n"),
        ("asciidoc", "* a\n  * The QXZW\n", f"* a\n// {NEXT}\n  * The QXZW\n"),
        ("markdown", "\ufeffThe QXZW\n", f"\ufeff<!-- {NEXT} -->\nThe QXZW\n"),
        ("restructuredtext", "The QXZW\n", ".. glossary-ls: ignore-next-line unknown-acronym\n\nThe QXZW\n"),
        (
            "plaintext",
            "a\n  The QXZW\n",
            "a\n  # glossary-ls: ignore-next-line unknown-acronym\n  The QXZW\n",
        ),
    ],
)
def test_a_rule_is_silenced_on_a_line_in_the_comments_of_the_language(
    language: str, source: str, expected: str
) -> None:
    assert silenced(source, language) == expected


@pytest.mark.parametrize(
    "title", ["Ignore 'QXZW' in this document", "Ignore 'unknown-acronym' in this document"]
)
@pytest.mark.parametrize(
    ("language", "source", "head"),
    [
        ("markdown", "QXZW\n", ""),
        ("markdown", "---\na: b\n---\nQXZW\n", "---\na: b\n---\n"),
        ("markdown", "---\na: b\n---\n\nQXZW\n", "---\na: b\n---\n\n"),
        ("markdown", "\ufeffQXZW\n", "\ufeff"),
        ("restructuredtext", "QXZW\n", ""),
        ("plaintext", "#!/bin/sh\nQXZW\n", "#!/bin/sh\n"),
    ],
)
def test_a_directive_for_the_file_stands_behind_what_must_come_first(
    language: str, source: str, head: str, title: str
) -> None:
    assert silenced(source, language, title).removeprefix(head).lstrip(".# <!-").startswith("glossary-ls: ")


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_every_finding_of_a_real_document_can_be_silenced_where_it_stands(path: Path) -> None:
    document = document_of(path.read_text("utf-8"), language_of(path.name))
    before = rules.run(document)
    for problem in before:
        for title in ("on this line", f"'{problem.code}' in this document"):
            found = [each for each in offers(document, problem.span, (problem,)) if title in each.title]
            assert found, title
            left = rules.run(document_of(after(document, found[0]), document.language))
            messages = [each.message for each in left if each.code in {problem.code, "invalid-directive"}]
            assert problem.message not in messages
            assert len(left) < len(before)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_fix_all_leaves_nothing_to_fix(path: Path) -> None:
    text = (
        path.read_text("utf-8")
        + "\nThe Gpu, the API's, and the Gpu's Vllm. An API interface is one, the Gpu.\n"
    )
    document = document_of(text)
    whole = Span(0, len(text))
    around = FixContext(rules.run(document))
    (action,) = code_actions(document, whole, around, ["source.fixAll"])
    fixed = document_of(after(document, action))
    assert not [problem for problem in rules.run(fixed) if isinstance(problem.data, Replacement)]
    assert code_actions(fixed, whole, FixContext(rules.run(fixed)), ["source.fixAll"]) == ()


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_the_order_is_always_the_same_and_one_action_is_preferred(path: Path) -> None:
    document = document_of(path.read_text("utf-8"))
    around = FixContext(rules.run(document), tuple(targets(EMPTY, f"{ROOT}/doc")))
    for problem in around.problems:
        found = code_actions(document, problem.span, around)
        assert found == code_actions(document, problem.span, around)
        assert sum(action.preferred and action.problems == (problem,) for action in found) <= 1
        assert len({action.title for action in found if action.problems == (problem,)}) == len(
            [action for action in found if action.problems == (problem,)]
        )


def test_what_another_document_spells_out_is_taken_over_or_spelt_out_here() -> None:
    other = document_of("The transfer wait budget (TWB) is small.\n")
    found = folder_definitions.of_document(f"{ROOT}/other.md", other.text, other.analysis.definitions)
    document = replace(document_of("Is a TWB left?\n"), neighbors=folder_definitions.build(ROOT, found))
    (problem,) = rules.run(document)
    assert problem.code == "defined-elsewhere"
    around = FixContext((problem,), tuple(targets(EMPTY, f"{ROOT}/doc")))
    actions = code_actions(document, problem.span, around)
    assert actions[0].title == "Add 'TWB' (transfer wait budget) to a new glossary.yaml"
    (spelt,) = [action for action in actions if action.title.startswith("Expand")]
    assert after(document, spelt) == "Is a transfer wait budget (TWB) left?\n"


def test_an_acronym_whose_long_form_has_an_entry_becomes_another_name_of_it() -> None:
    files = MemoryFiles({f"{ROOT}/glossary.yaml": "transfer wait zone: Where it waits.\n"})
    workspace = Workspace(files, [ROOT])
    uri = f"file://{ROOT}/doc.md"
    workspace.open(uri, "markdown", 1, "The Transfer Wait Zone is full. Ask the TWZ team.\n")
    document = workspace.snapshot(uri)
    assert document
    (problem,) = rules.run(document)
    around = FixContext((problem,), tuple(targets(workspace, f"{ROOT}/doc.md")))
    action = code_actions(document, problem.span, around)[0]
    assert action.title == "Add 'TWZ' as another name of 'transfer wait zone' to glossary.yaml"
    change = edits_of(action.change, document, around.targets)
    assert change
    assert change.text
    assert applied(change.text.source, change.edits) == (
        "transfer wait zone:\n  definition: Where it waits.\n  aliases: [{name: TWZ, kind: abbreviation}]\n"
    )


def test_a_selected_phrase_can_become_a_term() -> None:
    document = document_of("How the transfer wait zone works.\n\n`some code`\n")
    around = FixContext((), tuple(targets(EMPTY, f"{ROOT}/doc")))

    def titles(phrase: str) -> list[str]:
        start = document.text.source.index(phrase)
        span = Span(start, start + len(phrase))
        return [
            action.title for action in code_actions(document, span, around) if action.kind is FixKind.REWRITE
        ]

    for selected in ("transfer wait zone", "transfer wait zone ", "ransfer wait zo"):
        assert titles(selected) == ["Add 'transfer wait zone' to a new glossary.yaml"]
    for no_phrase in ("zone works.\n\n`some", "some code", "e"):
        assert titles(no_phrase) == []


def test_a_definition_that_is_given_twice_is_cut_short() -> None:
    text = "The transfer wait zone (TWZ) is it. Once more the transfer wait zone (TWZ), then TWZ.\n"
    document = document_of(text)
    (problem,) = [each for each in rules.run(document) if each.code == "defined-twice"]
    action = next(action for action in offers(document, problem.span) if action.preferred)
    assert after(document, action) == "The transfer wait zone (TWZ) is it. Once more the TWZ, then TWZ.\n"


def test_targets_are_the_nearest_glossaries_and_the_own_one_comes_last() -> None:
    files = MemoryFiles(
        {
            f"{ROOT}/glossary.yaml": "SLO: Objective\n",
            f"{ROOT}/a/glossary.yml": "SLA: Agreement\n",
            f"{ROOT}/b/glossary.yaml": "SLI: Indicator\n",
            f"{ROOT}/c/glossary.yaml": b"\xff\xff",
        },
        "/me/glossary-ls",
    )
    workspace = Workspace(files, [ROOT])

    def titles(path: str) -> list[str]:
        return [target.title for target in targets(workspace, path)]

    assert titles(f"{ROOT}/a/x/doc.md") == ["a/glossary.yml", "glossary.yaml", "your own glossary"]
    assert titles(f"{ROOT}/doc.md") == ["glossary.yaml", "your own glossary"]
    assert titles(f"{ROOT}/c/doc.md") == ["glossary.yaml", "your own glossary"]
    assert titles("/elsewhere/doc.md") == ["a new glossary.yaml", "your own glossary"]
    assert [target.title for target in targets(Workspace(files), "")] == ["your own glossary"]


def test_all_uses_are_replaced_however_many_there_are() -> None:
    lines = "The Gpu, a gpu's API interface, and 3 API's.\n\n" * 120
    document = document_of(f"{lines}<!-- glossary-ls: ignore-next-line wrong-case -->\nMy Gpu.\n")
    around = FixContext(rules.run(document))
    (action,) = code_actions(document, Span(0, 0), around, ["source.fixAll"])
    assert after(document, action) == (
        "The GPU, a GPU's API, and 3 APIs.\n\n" * 120
        + "<!-- glossary-ls: ignore-next-line wrong-case -->\nMy Gpu.\n"
    )


def test_a_guess_comes_from_other_documents_then_this_one_then_a_pack_that_is_off() -> None:
    other = document_of("The quoted view zone (QVZ) is small.\n")
    found = folder_definitions.of_document(f"{ROOT}/other.md", other.text, other.analysis.definitions)
    document = document_of("The Queue Transfer Zone has a QTZ and a QVZ. The SLO is met.\n")
    document = replace(
        document,
        neighbors=folder_definitions.build(ROOT, found),
        settings=replace(document.settings, packs=()),
    )
    guesses = [guess(name, document) for name in ("QVZ", "QTZ", "SLO", "XXQ")]
    assert [(each.long, each.origin.value) for each in guesses] == [
        ("quoted view zone", "workspace"),
        ("Queue Transfer Zone", "document"),
        ("Service Level Objective", "builtIn"),
        ("", "none"),
    ]
    assert (guesses[0].where, guesses[0].line) == ("other.md", 0)
