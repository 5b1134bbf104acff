"""Prose as HTML: every text is escaped, and only links to web pages and mail addresses are links."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from glossary_ls.glossary.exports.prose import (
    Block,
    Code,
    CodeBlock,
    Emphasis,
    Inline,
    Link,
    List,
    Paragraph,
    Quote,
    Reference,
    linked,
    parsed,
)
from glossary_ls.glossary.exports.texts import Names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from glossary_ls.base.model import Term


class Links:
    """Turns prose into HTML in which names of terms are links to their anchors."""

    def __init__(self, terms: Iterable[Term], anchors: Sequence[str]) -> None:
        self._names = Names(terms)
        self._anchors = anchors

    def anchor(self, name: str) -> str | None:
        """Return the anchor of the term with a name."""
        place = self._names.place(name)
        return None if place is None else self._anchors[place]

    def to(self, name: str) -> str:
        """Return a name as a link to its term, if there is one."""
        anchor = self.anchor(name)
        return escape(name) if anchor is None else f'<a href="#{anchor}">{escape(name)}</a>'

    def outside(self, url: str) -> str:
        """Return an address as a link, if it may be followed."""
        return self._inlines(linked((url,), url)) if url else ""

    def rendered(self, markdown: str) -> str:
        """Return a text in Markdown as HTML."""
        return self._blocks(parsed(markdown))

    def _blocks(self, blocks: Iterable[Block]) -> str:
        return "\n".join(map(self._block, blocks))

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph(children):
                return f"<p>{self._inlines(children)}</p>"
            case CodeBlock(text):
                # A block that is too wide can be scrolled with the keyboard once it can have the focus.
                return f'<pre tabindex="0"><code>{escape(text)}</code></pre>'
            case Quote(blocks):
                return f"<blockquote>{self._blocks(blocks)}</blockquote>"
            case List(items, ordered):
                tag = "ol" if ordered else "ul"
                return f"<{tag}>{''.join(map(self._item, items))}</{tag}>"

    def _item(self, blocks: Sequence[Block]) -> str:
        match blocks:
            case [Paragraph(children), *others]:
                return f"<li>{self._inlines(children)}{self._blocks(others)}</li>"
            case _:
                return f"<li>{self._blocks(blocks)}</li>"

    def _inlines(self, nodes: Iterable[Inline]) -> str:
        return "".join(map(self._inline, nodes))

    def _inline(self, node: Inline) -> str:
        match node:
            case str(text):
                return escape(text)
            case Code(text):
                return f"<code>{escape(text)}</code>"
            case Emphasis(children, strong):
                tag = "strong" if strong else "em"
                return f"<{tag}>{self._inlines(children)}</{tag}>"
            case Link(children, url):
                return f'<a href="{escape(url)}" rel="noopener noreferrer">{self._inlines(children)}</a>'
            case Reference(name):
                return self.to(name)
