"""Writing XML from text of any kind, as lines, which takes a third of the time of `xml.etree`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.cli.reporters.safe import in_xml

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The lines of an element.
Lines = list[str]

_INDENT = "  "


def element(tag: str, /, text: str = "", *, children: Iterable[Lines] = (), **values: object) -> Lines:
    """Return an element with attributes, and a text or children."""
    attributes = "".join(f' {key}="{_escaped(str(value))}"' for key, value in values.items())
    if text:
        return [f"<{tag}{attributes}>{_escaped(text)}</{tag}>"]
    inner = [f"{_INDENT}{line}" for child in children for line in child]
    return [f"<{tag}{attributes}>", *inner, f"</{tag}>"] if inner else [f"<{tag}{attributes} />"]


def document(root: Lines) -> str:
    """Return a document with a declaration."""
    return "\n".join(('<?xml version="1.0" encoding="utf-8"?>', *root))


def _escaped(text: str) -> str:
    text = in_xml(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;")
