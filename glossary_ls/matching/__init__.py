"""Matching: where a text names a term. Two engines, one native and one in Python, find identical spans."""

from glossary_ls.matching.matcher import Hit, Matcher

__all__ = ["Hit", "Matcher"]
