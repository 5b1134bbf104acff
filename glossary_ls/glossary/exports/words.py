"""Word lists for spelling checkers, so that they know the names of terms and the accepted acronyms."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from glossary_ls.base.model import AliasKind
from glossary_ls.base.patterns import lazily
from glossary_ls.glossary.exports.export import (
    ALL_HEAD,
    ALL_KEYS,
    LeftOut,
    Writer,
    Written,
    other_names,
    without_avoided,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.glossary.exports.export import Export

_WORD = lazily(r"[^\W_](?:[^\W_]|['\u2019.&+#-](?=[^\W_])|[+#](?![^\W_]))*")
_SIMPLE = lazily(r"[A-Za-z][A-Za-z0-9]*")
_LETTER = lazily(r"[^\W\d_]")


def words(export: Export) -> list[str]:
    """Return the words of all names that may be used, and of expansions, each once and in order."""
    names = [
        name
        for item in export.items
        for name in (item.term.name, *other_names(item.term), item.term.expansion)
    ]
    every = (word for name in (*names, *export.head.accept) for word in _WORD.findall(name))
    return sorted({word for word in every if _LETTER.search(word)}, key=lambda word: (word.casefold(), word))


def replacements(export: Export) -> dict[str, str]:
    """Return the aliases to avoid that are one word, each with the word that should be used."""
    rows = ((alias, item.term.name) for item in export.items for alias in item.term.aliases)
    return {
        alias.name: name
        for alias, name in rows
        if alias.kind is AliasKind.AVOID and _SIMPLE.fullmatch(alias.name)
    }


def _phrases(export: Export, title: str) -> Iterator[LeftOut]:
    """Yield the aliases to avoid that are no single words."""
    reason = f"{title} can only forbid single words"
    for item in export.items:
        avoided = (alias.name for alias in item.term.aliases if alias.kind is AliasKind.AVOID)
        if not all(map(_SIMPLE.fullmatch, avoided)):
            yield LeftOut("aliases", reason, item)


# --- the lists --------------------------------------------------------------------------------------------


def cspell(export: Export) -> Written:
    """Return a configuration file of cspell; a word to avoid is flagged, with the one to use."""
    flagged = [f"{old}->{new}" for old, new in replacements(export).items()]
    values = {"version": "0.2", "language": export.language, "words": words(export)}
    values |= {"flagWords": flagged} if flagged else {}
    text = json.dumps(values, indent=2, ensure_ascii=False) + "\n"
    return Written(text, tuple(_phrases(export, "cspell")))


def typos(export: Export) -> Written:
    """Return a configuration file of typos, which takes words and identifiers of ASCII letters."""
    simple = [word for word in words(export) if _SIMPLE.fullmatch(word)]
    lines = ["[default.extend-words]"]
    known = {word.lower(): word.lower() for word in simple}
    corrected = {old.lower(): new for old, new in replacements(export).items() if old.lower() not in known}
    lines += [
        f"{word} = {json.dumps(new, ensure_ascii=False)}" for word, new in sorted((known | corrected).items())
    ]
    return Written("\n".join(lines) + "\n", tuple(_phrases(export, "typos")))


def vale(export: Export) -> Written:
    """Return a vocabulary of Vale, whose lines are regular expressions: names with all of their words."""
    names = {name for item in export.items for name in (item.term.name, *other_names(item.term))}
    names |= set(export.head.accept)
    lines = sorted(
        (re.sub(r"[\\.^$*+?{}\[\]|()]", r"\\\g<0>", " ".join(name.split())) for name in names),
        key=str.casefold,
    )
    return Written("".join(f"{line}\n" for line in lines), tuple(without_avoided(export, "accept.txt")))


def hunspell(export: Export) -> Written:
    """Return a dictionary of Hunspell: the number of words, and the words without affixes."""
    found = words(export)
    lines = [str(len(found)), *(word.replace("/", r"\/") for word in found)]
    return Written("\n".join(lines) + "\n", tuple(without_avoided(export, "Hunspell")))


def harper(export: Export) -> Written:
    """Return a dictionary of Harper: a word on each line."""
    return Written("".join(f"{word}\n" for word in words(export)), tuple(without_avoided(export, "Harper")))


# Nobody expects more of a list of words than words, so that nothing else counts as left out.
WRITERS = tuple(
    Writer(name, file, title, ALL_KEYS, write, ALL_HEAD)
    for name, file, title, write in (
        ("cspell", "cspell.json", "cspell", cspell),
        ("vale", "accept.txt", "Vale", vale),
        ("hunspell", "glossary.dic", "Hunspell", hunspell),
        ("typos", "typos.toml", "typos", typos),
        ("harper", ".harper-dictionary.txt", "Harper", harper),
    )
)
