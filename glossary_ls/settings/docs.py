"""Descriptions of the settings for people and editors, all made from the one table in `settings`.

Each function takes what the names in `rules` and `packs` mean, by attribute: this module must not know which
rules and packs there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.settings import overrides
from glossary_ls.settings.schema import SECTION, Option, options

if TYPE_CHECKING:
    from collections.abc import Mapping

_SCHEMA_ID = "https://json-schema.org/draft/2020-12/schema"


def json_schema(choices: Mapping[str, Mapping[str, str]]) -> dict[str, object]:
    """Return the JSON Schema of a `glossary-ls.toml`."""
    groups: dict[str, dict[str, object]] = {}
    for attribute, option in options():
        group, _, name = option.key.rpartition(".")
        groups.setdefault(group, {})[name] = _property(option, choices.get(attribute, {}))
    nested = {
        group: {"type": "object", "properties": properties, "additionalProperties": False}
        for group, properties in groups.items()
        if group
    }
    properties = nested | groups.get("", {})
    return {
        "$schema": _SCHEMA_ID,
        "title": "Settings of glossary_ls",
        "type": "object",
        "properties": {**properties, overrides.KEY: overrides.list_schema(properties)},
        "additionalProperties": False,
    }


def editor_properties(choices: Mapping[str, Mapping[str, str]]) -> dict[str, object]:
    """Return the `contributes.configuration.properties` of the Visual Studio Code extension."""
    return {
        f"{SECTION}.{option.key}": _property(option, choices.get(attribute, {})) | {"scope": "resource"}
        for attribute, option in options()
    }


def manual(choices: Mapping[str, Mapping[str, str]]) -> str:
    """Return the manual's page on settings, in Markdown."""
    rows = [
        f"| `{option.key}` | {_kind(option)} | {_default(option)} | {option.summary} |"
        for _, option in options()
    ]
    names = [
        f"\n## Names for `{option.key}`\n\n| Name | Meaning |\n| --- | --- |\n"
        + "\n".join(f"| `{name}` | {meaning} |" for name, meaning in choices[attribute].items())
        + "\n"
        for attribute, option in options()
        if choices.get(attribute)
    ]
    return _MANUAL.replace("@rows@", "\n".join(rows)) + "".join(names)


def _property(option: Option, choices: Mapping[str, str]) -> dict[str, object]:
    return {
        **option.kind.schema(choices),
        "default": option.kind.json(option.default),
        "description": option.summary.replace("`", ""),
    }


def _kind(option: Option) -> str:
    schema = option.kind.schema({})
    match schema["type"]:
        case "integer":
            return f"{schema['minimum']} to {schema['maximum']}"
        case "boolean":
            return "true or false"
        case "array":
            return "list of names"
        case "string":
            words = schema["enum"]
            return " or ".join(f"`{word}`" for word in words) if isinstance(words, list) else ""
    return "object of rule and severity"


def _default(option: Option) -> str:
    value = option.kind.json(option.default)
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, list):
        return ", ".join(f"`{name}`" for name in value) or "none"
    return "none" if value == {} else f"`{value}`"


_MANUAL = """\
# Settings

<!-- Made from glossary_ls/settings.py by `make generate`; edit that file instead. -->

All settings have a default; none is needed. They come from three places, each laid over the one before:

1. the defaults below;
2. `glossary-ls.toml` in the workspace folder, or the table `[tool.glossary-ls]` in its `pyproject.toml`;
3. the editor, live: nothing needs a restart.

A key may be written with dots or as nested tables, in camelCase, kebab-case or snake_case. A list in a later
place replaces an earlier one, except `accept`, which adds up; `rules` are replaced rule by rule. Editors fill
in defaults for what nobody set, so an editor's value that equals the default leaves the file's value as it
is. A wrong value or an unknown key is reported, with the place it stands at, and the default is used instead.

```toml
accept = ["ACME"]
packs = ["llm-deployment", "common-tech"]
glossaries = ["docs/terms/platform.yaml"]

[inlayHints]
enabled = false

[rules]
unknown-acronym = "information"
```

## Settings for some documents

The configuration file may have overrides: settings for the documents that match a pattern, are in a language,
or both. They lie above everything else, the editor's settings included, and a later one above an earlier one.

```toml
[[overrides]]
paths = ["docs/adr/**", "!docs/adr/template.md"]
accept = ["ADR"]

[overrides.rules]
unknown-acronym = "off"

[[overrides]]
languages = ["plaintext"]
diagnostics.enabled = false
```

`paths` are relative to the workspace folder and mean what they mean in a `.gitignore`: without a slash a
name at any depth, `**` any number of folders, `!` takes back an earlier match. `languages` are the
identifiers that editors use. A pattern that cannot match is reported at its line, and an override with no
usable one is left out.

## Neighbours

With `neighbours.enabled`, the server reads the Markdown, MDX, reStructuredText, AsciiDoc and plain-text
files of the workspace folder in the pauses between your keys. It honours `.gitignore`, does not follow
links out of the folder, and leaves out files above 512 KB, what comes after the first 10,000 files or
50,000 definitions, and more than 64 million characters in one go; so it needs at most some 60 MB of memory.
What it has found is kept in your cache folder (`$XDG_CACHE_HOME/glossary-ls`,
`~/Library/Caches/glossary-ls` or `%LOCALAPPDATA%\\glossary-ls`), readable by you only, so that the next
start reads only what has changed. There is one file for each of the last 64 workspace folders; all may be
deleted at any time.

## All settings

| Key | Value | Default | Meaning |
| --- | --- | --- | --- |
@rows@
"""
