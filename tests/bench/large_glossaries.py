"""Large glossaries to measure with, one of each format: the same entries each time, with names of their own.

It must not import glossary_ls: what it makes is read by servers of any version.
"""

from __future__ import annotations

import json
import zlib
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WORDS = """
amber blue coarse deferred eager folded guarded hollow idle joined keyed layered mirrored narrow ordered
pinned quiet ranked sealed tapered upper vetted warm yearly zoned

anchor beacon cradle drawer easel ferry girder hinge inlet jetty kiln lantern mantle needle outpost pulley
quarry rafter saddle tiller urn valve winch yoke zipper

audit backlog census deposit estimate forecast grading handover intake journey kickoff listing mandate notice
outlook permit quota refund survey tariff update voucher waiver yield
"""
_KINDS, _PARTS, _USES = (words.split() for words in _WORDS.split("\n\n"))
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
_SENTENCES = (
    "What the {use} of a {part} goes through before anybody may sign it.",
    "It is counted once a night; a {part} that was moved meanwhile is counted again in the morning.",
    "The people at the {part} desk keep it for {number} days and hand it to the {use} team after that.",
    "Do not take it for the {use} itself, which may be {kind} and still lack a {part}.",
)


class Entry(NamedTuple):
    """An entry: `long` is what an acronym stands for, or empty."""

    number: int
    name: str
    long: str
    definition: str
    topic: str
    also: str


@cache
def entry(number: int) -> Entry:
    """Return an entry; every fourth is an acronym, every third has another name, none shares a name."""
    kind = _KINDS[number % len(_KINDS)]
    part = _PARTS[number // len(_KINDS) % len(_PARTS)]
    turn, use = divmod(number // len(_KINDS) // len(_PARTS), len(_USES))
    words = f"{kind} {part} {_USES[use]}" + (f" {turn + 1}" if turn else "")
    sentences = _SENTENCES[: 2 + number % 3]
    definition = " ".join(sentences).format(kind=kind, part=part, use=_USES[use], number=number % 90 + 2)
    also = f"{part} paper {number}" if number % 3 == 0 else ""
    if number % 4 != 1:
        return Entry(number, words, "", definition, kind, also)
    return Entry(number, _acronym(number), words.title(), definition, kind, also)


def _acronym(number: int) -> str:
    """Return five letters that no other number has."""
    letters = ""
    for _ in range(5):
        number, letter = divmod(number, len(_LETTERS))
        letters += _LETTERS[letter]
    return letters


def _filled(size: int, start: str, each: Callable[[Entry], str], end: str = "", joint: str = "") -> str:
    """Return `start`, as many entries as have room in `size` characters, and `end`."""
    pieces: list[str] = []
    length = len(start)
    for number in count():
        if length >= size:
            break
        pieces.append(each(entry(number)))
        length += len(pieces[-1]) + len(joint)
    return start + joint.join(pieces) + end


def yaml_of(entries: int) -> str:
    """Return a glossary in YAML with so many entries."""
    return _YAML + "".join(line for number in range(entries) for line in _yaml_lines(entry(number)))


_YAML = "version: 1\nterms:\n"


def _yaml(size: int) -> str:
    return _filled(size, _YAML, lambda each: "".join(_yaml_lines(each)))


def _yaml_lines(each: Entry) -> Iterator[str]:
    yield f"  - term: {each.name}\n"
    if each.long:
        yield f"    expansion: {each.long}\n"
    yield f"    definition: >-\n      {each.definition}\n    topics: [{each.topic}]\n"
    if each.also:
        yield f"    aliases: [{each.also}]\n"


def _contextive(size: int) -> str:
    def lines(each: Entry) -> str:
        also = f"        aliases: [{each.also}]\n" if each.also else ""
        return f"      - name: {each.name}\n        definition: >-\n          {_said(each)}\n{also}"

    return _filled(size, "contexts:\n  - name: Archive\n    terms:\n", lines)


def _yaml_other(size: int) -> str:
    return _filled(size, "", lambda each: f"- name: {each.name}\n  description: '{_said(each)}'\n")


def _word_list(size: int) -> str:
    return _filled(size, "", lambda each: f"{_acronym(each.number)}\n{each.topic}{each.number}\n")


def _csv(size: int) -> str:
    def row(each: Entry) -> str:
        return f'{each.name},{each.long},"{each.definition}",{each.topic},{each.also}\n'

    return _filled(size, "Term,Expansion,Definition,Category,Aliases\n", row)


def _tbx(size: int) -> str:
    def concept(each: Entry) -> str:
        terms = "".join(
            f"<termSec><term>{name}</term></termSec>" for name in (each.name, each.long, each.also) if name
        )
        return (
            f'<conceptEntry id="c{each.number}"><descrip type="subjectField">{each.topic}</descrip>\n'
            f'<langSec xml:lang="en"><descrip type="definition">{each.definition}</descrip>{terms}</langSec>'
            "</conceptEntry>\n"
        )

    start = (
        '<tbx style="dca" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><text><body>\n'
    )
    return _filled(size, start, concept, "</body></text></tbx>\n")


def _skos(size: int) -> str:
    def concept(each: Entry) -> str:
        labels = "".join(f'  skos:altLabel "{name}"@en ;\n' for name in (each.long, each.also) if name)
        return (
            f'ex:c{each.number} a skos:Concept ;\n  skos:prefLabel "{each.name}"@en ;\n{labels}'
            f'  skos:definition "{each.definition}"@en .\n\n'
        )

    start = (
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix ex: <https://archive.example/> .\n\n"
    )
    return _filled(size, start, concept)


def _json(size: int) -> str:
    def record(each: Entry) -> str:
        keys = {"term": each.name, "expansion": each.long, "definition": each.definition, "alias": each.also}
        return "  " + json.dumps({key: value for key, value in keys.items() if value})

    return _filled(size, "[\n", record, "\n]\n", ",\n")


def _inventory(size: int) -> bytes:
    start = "# Sphinx inventory version 2\n# Project: Archive\n# Version: 1\n"
    lines = _filled(size, "", lambda each: f"{each.name} std:term -1 glossary.html#term-$ -\n")
    remark = "# The remainder of this file is compressed using zlib.\n"
    return (start + remark).encode() + zlib.compress(lines.encode())


def _markdown(size: int) -> str:
    return _filled(size, "# Glossary\n\n", lambda each: f"## {each.name}\n\n{_said(each)}{_also(each)}\n\n")


def _markdown_table(size: int) -> str:
    start = "# Glossary\n\n| Term | Definition | Category |\n| --- | --- | --- |\n"
    return _filled(size, start, lambda each: f"| {each.name} | {_said(each)} | {each.topic} |\n")


def _term_page(size: int) -> str:
    start = "---\nid: archive\ntitle: Amber anchor audit\n---\n\nHow the archive counts.\n\n"
    return _filled(size, start, lambda each: f"The {each.name} is first. {each.definition}\n\n")


def _sphinx(size: int) -> str:
    start = "Glossary\n========\n\n.. glossary::\n\n"
    return _filled(size, start, lambda each: f"   {each.name}\n      {_said(each)}\n\n")


def _asciidoc(size: int) -> str:
    return _filled(size, "= Glossary\n\n[glossary]\n", lambda each: f"{each.name}:: {_said(each)}\n")


def _org(size: int) -> str:
    return _filled(size, "#+TITLE: Glossary\n\n", lambda each: f"- {each.name} :: {_said(each)}\n")


def _latex(size: int) -> str:
    def command(each: Entry) -> str:
        if each.long:
            return f"\\newacronym{{e{each.number}}}{{{each.name}}}{{{each.long}}}\n"
        texts = f"name={{{each.name}}}, description={{{each.definition}}}"
        return f"\\newglossaryentry{{e{each.number}}}{{{texts}}}\n"

    return _filled(size, "% The archive.\n", command)


def _html(size: int) -> str:
    start = "<!DOCTYPE html>\n<html lang='en'><head><title>Glossary</title></head><body><dl>\n"
    return _filled(
        size, start, lambda each: f"<dt>{each.name}</dt>\n<dd>{_said(each)}</dd>\n", "</dl></body></html>\n"
    )


def _said(each: Entry) -> str:
    return f"{each.long}. {each.definition}" if each.long else each.definition


def _also(each: Entry) -> str:
    return f"\n\nAlso known as: {each.also}" if each.also else ""


#: The name of a file of each format, and what makes its text of about so many characters.
FORMATS: dict[str, tuple[str, Callable[[int], str | bytes]]] = {
    "yaml": ("archive.glossary.yaml", _yaml),
    "contextive": ("archive.glossary.yml", _contextive),
    "word-list": ("words.txt", _word_list),
    "yaml-other": ("archive-terms.yaml", _yaml_other),
    "csv": ("archive.csv", _csv),
    "tbx": ("archive.tbx", _tbx),
    "skos": ("archive.ttl", _skos),
    "json": ("archive.json", _json),
    "sphinx-inventory": ("objects.inv", _inventory),
    "markdown": ("archive-terms.md", _markdown),
    "markdown-table": ("archive-table.md", _markdown_table),
    "term-page": ("glossary/amber-anchor-audit.md", _term_page),
    "sphinx": ("archive.rst", _sphinx),
    "asciidoc": ("glossary.adoc", _asciidoc),
    "org": ("archive.org", _org),
    "latex": ("archive.tex", _latex),
    "html": ("archive.html", _html),
}


def file_of(format_id: str, size: int) -> tuple[str, bytes]:
    """Return the name and the contents of a glossary of about `size` characters."""
    name, make = FORMATS[format_id]
    made = make(size)
    return name, made if isinstance(made, bytes) else made.encode()
