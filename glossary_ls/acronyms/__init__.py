"""Acronyms: where a document uses them, where it explains them, and which of them nobody explains.

`find` answers all of it for a text by itself:

    from glossary_ls import acronyms
    for acronym in acronyms.find("The widget control plane (WCP) calls the XQZ."):
        print(acronym.base, acronym.uses, [definition.long for definition in acronym.definitions])
"""

from __future__ import annotations

from glossary_ls.acronyms.finder import Acronym, find

__all__ = ["Acronym", "find"]
