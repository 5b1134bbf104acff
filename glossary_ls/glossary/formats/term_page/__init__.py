"""Pages with one term each, in a folder of a glossary: Markdown or AsciiDoc, with or without front matter.

The name is a property such as `title`, else the heading at the top, else the name of the file; the text of
the page is the definition. Start with `reader`. Such pages are not edited.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import word_set
from glossary_ls.glossary.format import Claim
from glossary_ls.glossary.naming import is_in_term_folder, is_usual

if TYPE_CHECKING:
    from glossary_ls.base.text import Text
    from glossary_ls.glossary.model import GlossaryFile

__all__ = ["assistant", "claims", "editor", "id", "parse", "suffixes"]

id = "term-page"  # noqa: A001  because a format is a module
suffixes = (".md", ".mdx", ".markdown", ".adoc", ".asciidoc")
editor = None
assistant = None

#: Words in the names of pages about a glossary.
_ABOUT = word_set(
    "readme index _index home template templates contributing contribute search licence license about "
    "overview introduction intro changelog guidelines style-guide styleguide toc summary agents claude todo "
    "security code_of_conduct code-of-conduct governance maintainers localization sidebar _sidebar nav menu "
    "404"
)
_MARKED = lazily(r"template|style[-_ ]?guide|contribut|how[-_ ]to|^_|^\.")

#: The code of a language but English at the end of a name, for the translation of a page: `shard.de`.
_TRANSLATED = lazily(
    r"\.(?:ar|bn|cs|da|de|el|es|fa|fi|fr|he|hi|hu|id|it|ja|ko|nl|no|pl|pt|ro|ru|sv|th|tr|uk|ur|vi|zh)"
    r"(?:[-_][a-z]{2,4})?$"
)


def claims(path: str, _head: str) -> Claim:
    """Return whether a file is a page with one term."""
    name = paths.name(path).lower()
    if not name.endswith(suffixes):
        return Claim.NO
    stem = name.rpartition(".")[0]
    if stem in _ABOUT or _MARKED.search(stem) or _TRANSLATED.search(stem) or is_usual(path, suffixes):
        return Claim.NO
    return Claim.LIKELY if is_in_term_folder(path) else Claim.NO


def parse(path: str, text: Text) -> GlossaryFile:
    """Read a file. Never raises: mistakes are problems of the file."""
    from glossary_ls.glossary.formats.term_page import reader  # noqa: PLC0415  because it compiles many patterns

    return reader.read(path, text)
