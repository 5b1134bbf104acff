"""Matching: where a text uses one of a set of names.

It must not know terms, documents or a markup language: it maps numbered names to spans of plain text. Start
with `words`, which decides what a word is, and `matcher`, which decides what is a mention; `spellings` has
the ways to write a name, `engines` finds patterns in `fold`ed text, one engine native and one in Python with
identical results; `inflection` forms plurals, `identifiers` splits names in code.
"""

from glossary_ls.matching.matcher import Hit, Matcher

__all__ = ["Hit", "Matcher"]
