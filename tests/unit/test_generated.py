"""The files that are generated from the settings table are up to date."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from glossary_ls.settings.schema import DEFAULTS, options, parse
from tests import settings_docs as docs
from tests.generate import generated

if TYPE_CHECKING:
    from pathlib import Path

CHOICES = {"severities": {"some-rule": "Some text."}, "packs": {"some-pack": "Some pack"}}


@pytest.mark.parametrize("path", generated(), ids=lambda path: path.name)
def test_is_up_to_date(path: Path) -> None:
    assert path.read_text("utf-8") == generated()[path], "run: make generate"


def _errors(toml: str) -> list[str]:
    schema: Any = docs.json_schema(CHOICES)
    Draft202012Validator.check_schema(schema)
    return [error.message for error in Draft202012Validator(schema).iter_errors(tomllib.loads(toml))]


def test_the_schema_accepts_valid_settings() -> None:
    assert not _errors(
        "accept = ['A']\n[rules]\nsome-rule = 'off'\n[completion]\nlimit = 5\nminimumLength = 2"
    )


def test_the_schema_rejects_invalid_settings() -> None:
    assert _errors("acept = []")
    assert _errors("[rules]\nother-rule = 'off'")
    assert _errors("[completion]\nlimit = 0")


def test_the_extension_declares_every_setting() -> None:
    properties: Any = docs.editor_properties(CHOICES)
    given = {key.removeprefix("glossary_ls."): value["default"] for key, value in properties.items()}
    assert set(given) == {option.key for _, option in options()}
    assert parse(given, "editor") == (DEFAULTS, ())


def test_the_manual_names_every_setting_and_rule() -> None:
    page = docs.manual(CHOICES)
    assert all(f"`{option.key}`" in page for _, option in options())
    assert "`some-rule`" in page
