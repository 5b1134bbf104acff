"""The keys of a glossary in YAML, declared once: what each of them holds, means and may look like.

The reader, the help in the editor, the JSON schema and the table in the manual are made from these tables.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.base.model import AliasKind, CaseRule, Status
from glossary_ls.glossary.model import Role

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum


class Kind(Enum):
    """What a key holds, as the manual calls it."""

    TEXT = "text"
    TEXTS = "texts"
    CHOICE = "one of"
    FLAG = "`true` or `false`"
    ALIASES = "names"
    CONTRASTS = "terms"
    QUESTIONS = "questions"
    VERSION = "number"
    GUIDE = "keys"
    TERMS = "terms of a glossary"


@dataclass(frozen=True, slots=True)
class Spec:
    """A key. `rules` are keywords of JSON Schema for its value, or for each of its texts."""

    name: str
    kind: Kind
    description: str
    role: Role | None = None
    example: str = ""
    choices: type[StrEnum] | None = None
    default: str = ""
    rules: Mapping[str, object] = field(default_factory=dict)
    #: The field of `Term` that the value goes to, where that has another name.
    attribute: str = ""


#: The keys of a term.
TERM: tuple[Spec, ...] = (
    Spec(
        "term",
        Kind.TEXT,
        "The term as it is written in the middle of a sentence: latency, GPU, Kubernetes, vLLM. "
        "Plurals, possessives and the variants with hyphen, space or neither are found without "
        "being listed.",
        role=Role.TERM,
        rules={"minLength": 1},
        attribute="name",
    ),
    Spec(
        "expansion",
        Kind.TEXT,
        "For an acronym: what it stands for, such as Graphics Processing Unit. It is recognized "
        "in texts, too.",
        role=Role.EXPANSION,
        rules={"minLength": 1},
    ),
    Spec("aliases", Kind.ALIASES, "Other names for the same thing."),
    Spec(
        "summary",
        Kind.TEXT,
        "The meaning in one line of plain text: at most 90 characters, no final period, no "
        "Markdown. Shown as an inlay hint and in completion lists.",
        role=Role.TEXT,
        rules={"minLength": 1, "maxLength": 90},
    ),
    Spec(
        "definition",
        Kind.TEXT,
        "The explanation, in Markdown. One to four short sentences are best.",
        role=Role.TEXT,
    ),
    Spec(
        "facts",
        Kind.TEXTS,
        "Things worth knowing about it: figures, advantages, drawbacks, what it is good for. "
        "Short Markdown texts.",
        role=Role.TEXT,
    ),
    Spec("examples", Kind.TEXTS, "Concrete examples, as short Markdown texts.", role=Role.TEXT),
    Spec(
        "topics",
        Kind.TEXTS,
        "The topics under which the term is listed. Use the same few names throughout the glossary.",
        rules={"uniqueItems": True},
    ),
    Spec(
        "related", Kind.TEXTS, "Names of terms to read next.", role=Role.RELATED, rules={"uniqueItems": True}
    ),
    Spec(
        "not_to_be_confused_with",
        Kind.CONTRASTS,
        "Terms that are easily mistaken for this one. Write a comparison at one of the two terms "
        "only; it is shown at both.",
        attribute="contrasts",
    ),
    Spec("questions", Kind.QUESTIONS, "Questions that people ask about the term, with their answers."),
    Spec(
        "status",
        Kind.CHOICE,
        "Where the entry stands. draft: not agreed yet; active: in use (the default); deprecated:"
        " should no longer be used.",
        role=Role.STATUS,
        choices=Status,
        default="active",
    ),
    Spec(
        "replaced_by",
        Kind.TEXT,
        "For a deprecated term: the term to use in its place.",
        role=Role.REPLACED_BY,
        rules={"minLength": 1},
    ),
    Spec("owner", Kind.TEXT, "The person or team to ask about this entry.", example="@payments-team"),
    Spec(
        "reviewed",
        Kind.TEXT,
        "The day on which somebody last checked this entry, as YYYY-MM-DD.",
        role=Role.REVIEWED,
        rules={"pattern": "^\\d{4}-\\d{2}-\\d{2}$", "format": "date"},
    ),
    Spec(
        "case",
        Kind.CHOICE,
        "Which casing is found in texts. any: every casing (the default); exact: only the casing "
        "given here, for names that are also ordinary words (RAG but not rag). Expansions are "
        "found in any casing.",
        choices=CaseRule,
        default="any",
    ),
    Spec(
        "established",
        Kind.FLAG,
        "Set it to true for an acronym that readers know by its letters, so that it never needs "
        "to be spelled out (API, CPU).",
    ),
    Spec(
        "source", Kind.TEXT, "Where the entry comes from: a document, a standard, or a keyword of your own."
    ),
    Spec("license", Kind.TEXT, "License of this entry, if it differs from that of the glossary."),
    Spec(
        "url",
        Kind.TEXT,
        "A web page to read more.",
        role=Role.URL,
        rules={"pattern": "^https?://", "format": "uri"},
    ),
    Spec(
        "scope",
        Kind.TEXTS,
        "Path patterns (globs) of the files for which this meaning holds. Without it, the meaning"
        " holds everywhere.",
        role=Role.SCOPE,
        example="[docs/payments/**, *.md]",
    ),
)

#: The keys of another name, if it is no plain text.
ALIAS: tuple[Spec, ...] = (
    Spec(
        "name",
        Kind.TEXT,
        "The other name, as it is written in the middle of a sentence.",
        role=Role.ALIAS,
        rules={"minLength": 1},
    ),
    Spec(
        "kind",
        Kind.CHOICE,
        "abbreviation: a short form (VM); synonym: another word for it; variant: another spelling"
        " or word form; avoid: in use, but to be replaced by the term.",
        choices=AliasKind,
        default="synonym",
    ),
)

#: The keys of a term that another one is confused with, if it is no plain text.
CONTRAST: tuple[Spec, ...] = (
    Spec("term", Kind.TEXT, "Name of the other term.", role=Role.CONTRAST, rules={"minLength": 1}),
    Spec(
        "difference",
        Kind.TEXT,
        "How the two differ, in Markdown. It is shown at both terms, so name both rather than "
        'writing "this one".',
        role=Role.TEXT,
    ),
)

#: The keys of a question.
QUESTION: tuple[Spec, ...] = (
    Spec(
        "question",
        Kind.TEXT,
        "The question, as somebody would ask it.",
        role=Role.TEXT,
        rules={"minLength": 1},
    ),
    Spec("answer", Kind.TEXT, "The answer, in Markdown.", role=Role.TEXT, rules={"minLength": 1}),
    Spec(
        "about",
        Kind.TEXTS,
        "Names of other terms at which the question is shown as well.",
        role=Role.ABOUT,
        rules={"uniqueItems": True},
    ),
)

#: The keys of the introduction.
GUIDE: tuple[Spec, ...] = (
    Spec("title", Kind.TEXT, "Heading of the introduction."),
    Spec("text", Kind.TEXT, "The introduction itself, in Markdown."),
    Spec(
        "points",
        Kind.TEXTS,
        "The few things to understand first, each a short Markdown text. Shown as a numbered list.",
    ),
)

#: The keys of a file with a head.
FILE: tuple[Spec, ...] = (
    Spec(
        "version",
        Kind.VERSION,
        "Version of the file format. The current one is 1, which is also assumed when the key is missing.",
    ),
    Spec(
        "name",
        Kind.TEXT,
        "Name of the glossary, shown as the source of its terms. Without it, the file name is shown.",
        example="Payments team",
        rules={"minLength": 1},
    ),
    Spec("description", Kind.TEXT, "One sentence on what the glossary covers and for whom."),
    Spec(
        "language",
        Kind.TEXT,
        "Language of the terms, as a BCP 47 tag. It decides how plurals are formed.",
        example="en",
        rules={"pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"},
    ),
    Spec(
        "license",
        Kind.TEXT,
        "License of the texts, preferably as an SPDX identifier. A term can name its own.",
        example="MIT",
    ),
    Spec("guide", Kind.GUIDE, "An introduction to the subject for newcomers, shown by `glossary-ls guide`."),
    Spec(
        "extends",
        Kind.TEXTS,
        "Glossaries whose terms count as well, after those of this file: paths relative to this file, names "
        "of built-in glossaries, or URLs.",
        example="[common-tech]",
    ),
    Spec("exclude", Kind.TEXTS, "Names of terms that are not taken from the glossaries in `extends`."),
    Spec("accept", Kind.TEXTS, "Acronyms that need neither an entry nor an explanation.", example="[QXZ]"),
    Spec(
        "terms",
        Kind.TERMS,
        "The terms: a list of entries, or the shorthand `NAME: what it stands for or means`.",
    ),
)

#: The keys that may be below some keys, the outermost first.
BELOW: Mapping[tuple[str, ...], tuple[Spec, ...]] = {
    (): FILE,
    ("guide",): GUIDE,
    ("terms",): TERM,
    ("terms", "aliases"): ALIAS,
    ("terms", "not_to_be_confused_with"): CONTRAST,
    ("terms", "questions"): QUESTION,
}

#: The names of the keys that make a file one with a head; `accept` alone does not (see `has_head`).
FILE_KEYS = tuple(spec.name for spec in FILE)


def spec_of(below: tuple[str, ...], name: str) -> Spec | None:
    """Return the key with a name below some keys."""
    return next((spec for spec in BELOW.get(below, ()) if spec.name == name), None)


def choices_of(spec: Spec) -> tuple[str, ...]:
    """Return the values that a key may have, if they can be listed."""
    if spec.kind is Kind.FLAG:
        return ("true", "false")
    return tuple(spec.choices) if spec.choices else ()
