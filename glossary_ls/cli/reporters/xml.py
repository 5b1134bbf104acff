"""Writing XML from text of any kind."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, indent, tostring

from glossary_ls.cli.reporters.safe import in_xml

if TYPE_CHECKING:
    from collections.abc import Iterable


def element(tag: str, /, text: str = "", *, children: Iterable[Element] = (), **values: object) -> Element:
    """Return an element with a text, children and attributes."""
    made = Element(tag, {key: in_xml(str(value)) for key, value in values.items()})
    made.text = in_xml(text) or None
    made.extend(children)
    return made


def document(root: Element) -> str:
    """Return a document with a declaration."""
    indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, "unicode")}'
