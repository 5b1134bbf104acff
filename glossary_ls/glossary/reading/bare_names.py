"""Names without what is written around them: numbers, questions, articles, parts of speech, quotes, signs.

This module must not know that a name may have a long form, or be several names (see `names`).
"""

from __future__ import annotations

import re
from unicodedata import category

from glossary_ls.base.patterns import lazily

#: A function or a class of growth: `O(n)`, `f(x)`.
CALL = lazily(r"\w{1,3}\([^()\s]{1,5}\)")
_NUMBER = lazily(r"\(?(?:\d{1,3}|[a-z])[.)]\s+(?=\S)|(?:\d{1,2}\.){1,3}\d{0,2}\s+(?=\S)")
_QUESTION = lazily(
    r"(?:so,? )?(?:what(?:'s| is| are|\u2019s| was| were)|what does it mean to be|what does it mean to|"
    r"who is|who are|was ist|was sind|was bedeutet|qu'est-ce que?|qué es|o que é|"
    r"what do(?:es)?(?: we)? mean by)\s+"
    r"(?:(?:an?|the|eine?|der|die|das|une?|la|le|el|los|las|o|os|as?)\s+)?(?P<name>.+?)(?:\s+mean)?\s*\?+",
    re.IGNORECASE,
)
_MEAN = lazily(r"what does (?:an? |the )?(?P<name>.+?) (?:mean|stand for)\s*\?+", re.IGNORECASE)
_SPEECH = lazily(
    r"\s*[(\[](?:n|v|adj|adv|noun|verb|adjective|adverb|abbr|acronym|initialism|pl|plural|"
    r"n\.|v\.|adj\.|adv\.|abbr\.|pl\.|proper noun|noun phrase|verb phrase|noun, verb|verb, noun|n\., v\.|n/v|"
    r"transitive verb|intransitive verb)[)\]]\s*$",
    re.IGNORECASE,
)
_SPEECH_COMMA = lazily(r",\s+(?:n|v|adj|adv|noun|verb|adjective)\.?\s*$")
_TRADEMARK = lazily(r"(?<=\w\w)[\u00ae\u2122\u00a9](?=\W|$)")
_ARTICLE = lazily(r"(?:an?|the)\s+(?=\w)")
_BRACKETS = lazily(r"\[([^\[\]]+)\](?!\S)")
_QUOTES = ('""', "''", "\u201c\u201d", "\u2018\u2019", "\u201e\u201c", "\u00ab\u00bb", "``", "**", "__")
_ENDS = " \t\u00a0:\uff1a\u2013\u2014\u00ae\u2122\u00a9"
_LABEL = lazily(r"^(?:term|word|concept|acronym|begriff)\s*:\s+(?=\S)", re.IGNORECASE)
_OPTIONAL = lazily(r"(?<=\w\w)\((?:s|es|en|n|e|er|innen)\)")


def cleaned(written: str) -> str:
    """Return a name without numbers, questions, articles, parts of speech, quotes and signs around it."""
    text = " ".join(written.replace("\u200b", "").split())
    text = _OPTIONAL.sub("", text) if "(" in text else text
    text = _LABEL.sub("", text, count=1) if ":" in text else text
    text = _NUMBER.sub("", text, count=1) if _NUMBER.match(text) and not text[0].isalpha() else text
    question = text.endswith("?") and (_QUESTION.fullmatch(text) or _MEAN.fullmatch(text))
    if question:
        text = question["name"]
    before = None
    while text != before:
        before = text
        text = _without_signs(text.strip(_ENDS))
        text = _SPEECH_COMMA.sub("", text) if "," in text else text
        if text.endswith((")", "]")) and (found := _SPEECH.search(text)) and not CALL.fullmatch(text):
            text = text[: found.start()]
            # The infinitive of a verb.
            text = text[3:] if text.startswith(("to ", "To ")) else text
        for quotes in _QUOTES:
            if (
                len(text) > 2
                and text[0] == quotes[0]
                and text[-1] == quotes[-1]
                and quotes[0] not in text[1:-1]
            ):
                text = text[1:-1]
        if found := _BRACKETS.fullmatch(text):
            text = found[1]
    text = text if text.isascii() else _TRADEMARK.sub("", text)
    if text.startswith("to ") and len(text.split()) == 2:
        text = text[3:]
    text = _ARTICLE.sub("", text, count=1) if _ARTICLE.match(text) else text
    return text.strip()


def _without_signs(text: str) -> str:
    """Return a text without emoji at its ends, and without the stop at the end of words."""
    while (
        text
        and category(text[-1]) in {"So", "Sk", "Mn", "Cf"}
        and not text[-1].isalpha()
        and text[-1] not in "^`"
    ):
        text = text[:-1].rstrip()
    while text and category(text[0]) in {"So", "Cf"}:
        text = text[1:].lstrip()
    if text.endswith(".") and not text.endswith("..") and len(text) > 3 and "." not in text[:-1]:
        text = text[:-1]
    return text
