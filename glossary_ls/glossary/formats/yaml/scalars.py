"""Strings as YAML scalars: plain where YAML allows it, otherwise in the quotes that the file uses."""

from __future__ import annotations

import json

import yaml

from glossary_ls.base import memo
from glossary_ls.base.patterns import lazily

#: What a quoted scalar on one line cannot hold as it is.
_CONTROL = lazily("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")

#: Two words and more are a string to every program, and so is a long one; asking YAML takes a millisecond.
_WORDS = lazily(r"[A-Za-z][A-Za-z0-9]*(?:[ -][A-Za-z][A-Za-z0-9]*)+|[A-Za-z][A-Za-z0-9]{5,}")

_SURROGATE = lazily("[\ud800-\udfff]")

_LOADERS = {yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)}


def scalar(text: str, quote: str = "", *, flow: bool = False) -> str:
    """Return `text` as a scalar on one line; `quote` is the mark that the file puts around such a value.

    `flow` means that it will be in brackets or a key, where fewer characters are allowed.
    """
    text = _SURROGATE.sub("\ufffd", text)
    if not quote and is_plain(text, flow=flow):
        return text
    if quote == "'" and not _CONTROL.search(text):
        return "'" + text.replace("'", "''") + "'"
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def is_plain(text: str, *, flow: bool = False) -> bool:
    """Return whether every YAML program reads `text` without quotes as the string that it is.

    YAML 1.1 takes `NO` for false and `1.0` for a number, and PyYAML is stricter without libyaml than with it.
    """
    if not text or _CONTROL.search(text):
        return False
    return _WORDS.fullmatch(text) is not None or _is_read_as_string(text, flow=flow)


@memo.recent(1024)
def _is_read_as_string(text: str, *, flow: bool) -> bool:
    sample, wanted = (f"{text}: [{text}]", {text: [text]}) if flow else (f"k: {text}", {"k": text})
    try:
        return all(yaml.load(sample, Loader=loader) == wanted for loader in _LOADERS)  # noqa: S506  because all are safe
    except (yaml.YAMLError, ValueError, TypeError):
        return False


def is_literal(text: str) -> bool:
    """Return whether a literal block can hold a text as it is."""
    return _CONTROL.search(text.replace("\n", "").replace("\t", "")) is None


def literal(text: str, indent: str) -> list[str]:
    """Return the lines of a text with line breaks as a literal block, behind its key."""
    lines = text.split("\n")
    return ["|", *(indent + line if line.strip() else "" for line in lines)]
