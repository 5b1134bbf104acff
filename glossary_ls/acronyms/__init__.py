"""Acronyms: the uses and definitions of acronyms in a document, and those that are not defined.

It must not know glossaries, settings or how problems are reported. Start with `candidates` (tokens that may
be acronyms), `definitions` (the long forms in a document, matched by `alignment`) and `classify` (the
candidates that are undefined acronyms, by weighed `evidence`). `find` does all of this for a single text:

    from glossary_ls import acronyms
    for acronym in acronyms.find("The widget control plane (WCP) calls the XQZ."):
        print(acronym.base, acronym.uses, [definition.long for definition in acronym.definitions])
"""

from __future__ import annotations

from glossary_ls.acronyms.finder import Acronym, find

__all__ = ["Acronym", "find"]
