"""Glossaries in SKOS: concepts in Turtle, JSON-LD or RDF/XML (W3C recommendation of 2009).

They are parsed by rdflib, which is installed with `glossary-ls[skos]`. Of several languages one is read. Such
files are not edited.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.patterns import lazily
from glossary_ls.glossary.format import Claim, claim_by_name

if TYPE_CHECKING:
    from glossary_ls.base.text import Text
    from glossary_ls.glossary.model import GlossaryFile

__all__ = ["assistant", "claims", "editor", "id", "parse", "suffixes"]

id = "skos"  # noqa: A001  because a format is a module
suffixes = (".ttl", ".jsonld", ".rdf", ".skos")
editor = None
assistant = None

_OTHERS = (".json", ".xml", ".nt", ".owl", ".n3")
_VOCABULARY = lazily(r"www\.w3\.org/2004/02/skos/core#|\"skos:|\"Concept(?:Scheme)?\"")


def claims(path: str, head: str) -> Claim:
    """Return whether a file is a glossary of this format."""
    name = paths.name(path).lower()
    if not name.endswith((*suffixes, *_OTHERS)):
        return Claim.NO
    if _VOCABULARY.search(head):
        return Claim.BY_CONTENT
    return claim_by_name(path, suffixes, is_data=True)


def parse(path: str, text: Text) -> GlossaryFile:
    """Read a file. Never raises: mistakes are problems of the file."""
    from glossary_ls.glossary.formats.skos import reader  # noqa: PLC0415  because it compiles many patterns

    return reader.read(path, text)
