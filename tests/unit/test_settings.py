"""Settings: spellings, layers and errors."""

from __future__ import annotations

from dataclasses import fields

import pytest

from glossary_ls.base.model import Severity
from glossary_ls.settings.kinds import SourceName
from glossary_ls.settings.schema import DEFAULTS, Settings, is_ours, options, overlay, parse
from tests.settings_docs import as_json


def values(raw: object) -> Settings:
    settings, problems = parse(raw, "test")
    assert not problems
    return settings


def messages(raw: object) -> list[str]:
    settings, problems = parse(raw, "test", {"severities": ["unknown-acronym"], "packs": ["common-tech"]})
    assert settings == DEFAULTS
    return [problem.message for problem in problems]


def test_the_table_covers_every_attribute() -> None:
    assert [name for name, _ in options()] == [row.name for row in fields(Settings)]
    keys = [option.key for _, option in options()]
    assert len(set(keys)) == len(keys)
    for name, option in options():
        assert option.kind.read(as_json(getattr(DEFAULTS, name)), ()) == (option.default, ())


@pytest.mark.parametrize(
    "raw",
    [
        {"completion": {"minimumLength": 3}},
        {"completion": {"minimum-length": 3}},
        {"completion.minimumLength": 3},
        {"completion.minimum_length": 3.0},
        {"glossary_ls": {"completion": {"minimumLength": 3}}, "pylsp": {"plugins": {}}},
        {"glossary-ls": {"completion.minimumLength": 3}},
        {"glossaryLs": {"completion": {"minimumLength": 3}}},
        {"glossary_ls.completion.minimumLength": 3},
    ],
)
def test_spellings_of_a_key(raw: object) -> None:
    assert values(raw).completion_minimum == 3


def test_rules_are_read_as_an_object_or_with_dots() -> None:
    assert values({"rules": {"a-b": "off"}, "rules.c": "error"}).severities == {
        "a-b": Severity.OFF,
        "c": Severity.ERROR,
    }


def test_defaults_if_nothing_is_set() -> None:
    nothing: list[object] = [
        None,
        {},
        {"glossary_ls": None},
        {"hover": {"enabled": None}},
        {"completion": []},
    ]
    assert all(values(raw) == DEFAULTS for raw in nothing)


def test_empty_lists_and_objects_are_interchangeable() -> None:
    assert values({"accept": {}, "rules": [], "packs": {}}).packs == ()


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (
            {"hover": {"enabeld": True}},
            "test: `hover.enabeld`: unknown setting; did you mean `hover.enabled`?",
        ),
        ({"zzz": 1}, "test: `zzz`: unknown setting"),
        ({"hover.enabled": "yes"}, "test: `hover.enabled`: expected true or false, not 'yes'"),
        ({"completion.limit": 0}, "test: `completion.limit`: expected a whole number from 1 to 1000, not 0"),
        (
            {"completion.limit": True},
            "test: `completion.limit`: expected a whole number from 1 to 1000, not true",
        ),
        (
            {"inlayHints.show": "term"},
            "test: `inlayHints.show`: expected one of acronyms, terms, not 'term'; did you mean `terms`?",
        ),
        (
            {"inlayHints": {"repeat": True}},
            "test: `inlayHints.repeat`: expected one of document, section, not true",
        ),
        ({"accept": "API"}, "test: `accept`: expected a list of names, not 'API'"),
        ({"accept": [None]}, "test: `accept`: expected a name, not null"),
        (
            {"rules": {"unknown-acronyms": "off"}},
            "test: `rules`: unknown rule 'unknown-acronyms'; did you mean `unknown-acronym`?",
        ),
        (
            {"rules": {"unknown-acronym": "loud"}},
            "test: `rules`: rule 'unknown-acronym': expected one of off, hint, information, warning, error, not 'loud'",  # noqa: E501  because it is one line to the user
        ),
        ({"rules": "off"}, "test: `rules`: expected an object of rule and severity, not 'off'"),
        ([1], "test: expected an object, not [1]"),
    ],
)
def test_an_error_is_reported_and_changes_nothing(raw: object, message: str) -> None:
    assert messages(raw) == [message]


def test_the_valid_part_of_a_list_is_used() -> None:
    settings, problems = parse({"packs": ["common-tech", "comon-tech"]}, "x", {"packs": ["common-tech"]})
    assert settings.packs == ("common-tech",)
    assert problems[0].message == "x: `packs`: unknown name 'comon-tech'; did you mean `common-tech`?"


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../x.yaml", "a/../../x", "C:/x", "c:x", "~/x", "\\x", "a\\..\\..\\x"]
)
def test_no_glossary_outside_the_workspace_can_be_named(path: str) -> None:
    settings, problems = parse({"glossaries": ["docs/terms.yaml", path]}, "test")
    assert settings.sources == (SourceName("docs/terms.yaml"),)
    assert len(problems) == 1


def test_layers() -> None:
    below = values({"accept": ["A"], "packs": [], "rules": {"a": "off", "b": "off"}, "hover.enabled": False})
    above = values({"accept": ["B"], "rules": {"b": "error"}, "completion.limit": 5})
    both = overlay(below, above)
    assert both.accept == {"A", "B"}
    assert both.severities == {"a": Severity.OFF, "b": Severity.ERROR}
    assert (both.hover, both.completion_limit, both.packs) == (False, 5, ())


def test_defaults_sent_by_an_editor_do_not_hide_the_file() -> None:
    below = values({"packs": [], "hover.enabled": False})
    filled_in = {option.key: as_json(option.default) for _, option in options()}
    assert overlay(below, values(filled_in)) is below


def test_settings_of_other_programs_are_recognized() -> None:
    assert is_ours({"glossary_ls": None})
    assert is_ours({"hover.enabled": True})
    assert not is_ours({"pylsp": {"plugins": {}}})
    assert not is_ours(None)


def test_sources_name_files_patterns_packages_and_urls() -> None:
    given = [
        "docs/words.md",
        "!docs/terms.md",
        "package:acme-terms",
        "https://example.org/glossary.yaml",
        {"path": "data/x.txt", "format": "csv"},
    ]
    settings, problems = parse({"sources": given}, "test", {"sources": ("yaml", "csv")})
    assert not problems
    assert [each.where for each in settings.sources] == [*given[:4], "data/x.txt"]
    assert settings.sources[-1].format == "csv"


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ("../other/glossary.yaml", "is not a path below the workspace folder"),
        ("http://example.org/glossary.yaml", "is not encrypted"),
        ({"path": "x.csv", "format": "cvs"}, "unknown format 'cvs'; did you mean `csv`?"),
        ({"file": "x.csv"}, "expected a path, or a table with 'path' and 'format'"),
        (3, "expected a path"),
    ],
)
def test_a_source_that_cannot_be_read_is_reported_and_the_rest_stays(item: object, message: str) -> None:
    settings, problems = parse({"sources": [item, "ours.yaml"]}, "test", {"sources": ("yaml", "csv")})
    assert settings.sources == (SourceName("ours.yaml"),)
    assert message in problems[0].message
