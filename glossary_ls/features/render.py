"""Rendering: what a feature found, as Markdown or as plain text for clients without Markdown.

No line is indented by four blanks, which VS Code would show as code, and no text of ours is HTML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from glossary_ls.base.dataclass import replace
from glossary_ls.base.model import AliasKind, Status
from glossary_ls.base.paths import parent, to_uri
from glossary_ls.features.safe_markdown import is_safe_link, safe
from glossary_ls.vfs.files import is_built_in

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator

    from glossary_ls.base.model import Contrast, Question, Term
    from glossary_ls.features.hover import Hover, InText
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.glossary.model import Context, Head

    #: Renders the name of a term as Markdown.
    Named = Callable[[str], str]

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")
_LINK = re.compile(r"!?\[([^\]\n]*)\]\(\s*<?([^)\s>]*)>?[^)\n]*\)")
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|\*|__|~~|`+)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_UNDERSCORES = re.compile(r"(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)", re.DOTALL)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")

#: Escaped signs are put aside among the private-use characters while marks are taken out.
_ASIDE = 0xE000
_PUT_ASIDE = re.compile("[\ue021-\ue07e]")
_HEADING = re.compile(r"^#{1,6} +", re.MULTILINE)

#: What is a block of its own in Markdown: a list, a quote, a heading, a table, code.
_BLOCK = re.compile(r"\s*(?:[-+*]\s|[>#|]|\d+[.)]\s|```|~~~)")
_HARD_BREAK = re.compile(r" {2,}$", re.MULTILINE)


def render(
    hover: Hover,
    glossary: Glossary,
    *,
    markdown: bool,
    named: Named | None = None,
    shown: Container[Term] = (),
) -> str:
    """Return the text of a hover; `named` renders the names of related terms, such as links.

    Comparisons with the terms in `shown`, whose text has them already, are left out.
    """
    named = named or escape
    in_texts = (_in_text(found, markdown=markdown) for found in hover.in_texts)
    doubt = "*Possibly* " if hover.doubtful else ""
    best = (f"{doubt}{_entry(term, glossary, named, shown)}" for term in hover.senses[:1])
    others = (_brief(term, glossary) for term in (*hover.senses[1:], *hover.others))
    sections = (*in_texts, *best, *others)
    return _finish("\n\n---\n\n".join(sections), markdown=markdown)


def documentation(term: Term, glossary: Glossary, *, markdown: bool) -> str:
    """Return the full explanation of one term."""
    return _finish(_entry(term, glossary, escape), markdown=markdown)


def guide(head: Head) -> str:
    """Return the introduction of a glossary as Markdown, with its points numbered; nothing if it has none."""
    if head.guide is None:
        return ""
    title = head.guide.title or head.name
    points = "\n".join(f"{number}. {point}" for number, point in enumerate(head.guide.points, 1))
    return safe(
        "\n\n".join(part for part in (f"# {title}" if title else "", head.guide.text, points) if part)
    )


def introduction(head: Head, comparisons: Iterable[tuple[str, Contrast]]) -> str:
    """Return what a glossary says beside its entries as Markdown: its guide, then how similar terms differ.

    A comparison comes with the name of its first term. Return nothing for a glossary with neither.
    """
    lead = guide(head)
    rows = [
        f"- **{escape(name)}** and **{escape(contrast.term)}**: {safe(contrast.difference)}"
        for name, contrast in comparisons
    ]
    if not rows:
        return lead
    if not lead and head.name:
        lead = f"# {escape(head.name)}"
    listed = "\n".join(rows)
    return f"{lead}\n\n## How similar terms differ\n\n{listed}".lstrip()


def escape(text: str) -> str:
    """Return `text` such that Markdown shows it as it is."""
    return _SPECIAL.sub(r"\\\1", text)


def plain(markdown: str) -> str:
    """Return Markdown as text for a reader who sees it raw: no emphasis marks, link targets in brackets."""
    text = _ESCAPED.sub(lambda escaped: chr(_ASIDE + ord(escaped[1])), markdown)
    text = _LINK.sub(_plain_link, text)
    text = _HARD_BREAK.sub("", _HEADING.sub("", text))
    for _ in range(3):
        text = _EMPHASIS.sub(r"\2", text)
    text = _UNDERSCORES.sub(r"\1", text)
    return _PUT_ASIDE.sub(_put_back, text)


def _plain_link(link: re.Match[str]) -> str:
    text, target = link[1], link[2]
    if not target or _PUT_ASIDE.sub(_put_back, text) in {target, _site(target)}:
        return target or text
    return f"{text} ({target})"


def _site(address: str) -> str:
    return urlsplit(address).netloc.removeprefix("www.")


def _put_back(sign: re.Match[str]) -> str:
    return chr(ord(sign[0]) - _ASIDE)


def _finish(text: str, *, markdown: bool) -> str:
    return text if markdown else plain(text)


def _in_text(found: InText, *, markdown: bool) -> str:
    where = f"*Defined in {found.where}*"
    if found.path:
        place = f"{escape(found.where)}:{found.line}"
        address = f"{to_uri(found.path)}#L{found.line}"
        where = f"*Defined in* [{place}]({address})" if markdown else f"Defined in {place}"
    return f"**{escape(found.short)}** — {escape(found.long)}\n\n{where}"


def _entry(term: Term, glossary: Glossary, named: Named, shown: Container[Term] = ()) -> str:
    return "\n\n".join(filter(None, _paragraphs(term, glossary, named, shown)))


def _paragraphs(own: Term, glossary: Glossary, named: Named, shown: Container[Term]) -> Iterator[str]:
    """Yield what a term is and is not, details, and its source last; then answers, which may be long."""
    term = _completed(own, glossary)
    title, text = _gist(term)
    yield title
    yield from _life(term, named)
    if text:
        yield text
    for contrast in glossary.contrasts(own):
        if any(other in shown for other in glossary.senses(contrast.term)):
            continue
        difference = f": {safe(contrast.difference)}" if contrast.difference else ""
        yield f"**Not to be confused with {named(contrast.term)}**{difference}"
    yield from _details(term)
    context = _context(own, glossary)
    # The topics share a line with the source, which is then seen without scrolling in most hovers.
    last = " · ".join(filter(None, (_topics(term, context), _sources(own, glossary))))
    yield "  \n".join(filter(None, (*_footer(term, context, named), last)))
    answers = tuple(_answers(glossary.questions(own)))
    if answers:
        yield "---"
    yield from answers


def _details(term: Term) -> Iterator[str]:
    if term.facts:
        yield _list(term.facts)
    if len(term.examples) == 1:
        yield f"**Example:** {term.examples[0]}"
    elif term.examples:
        yield f"**Examples:**\n\n{_list(term.examples)}"


def _answers(questions: Iterable[Question]) -> Iterator[str]:
    for question in questions:
        # A list begins a paragraph of its own.
        gap = "\n\n" if _BLOCK.match(question.answer) else " "
        yield f"**{safe(question.question)}**{gap}{safe(question.answer)}"


#: What an entry that leaves it out takes from one for the same term.
_SHARED = ("definition", "summary", "facts", "examples", "topics", "related")


def _completed(term: Term, glossary: Glossary) -> Term:
    """Return a term with what its entry leaves out and those in other files for the same term have."""
    found = term
    for other in glossary.repeats(term):
        added = {name: getattr(other, name) for name in _added(found, other)}
        if term.summary and "definition" in added:
            added["definition"] = f"{_sentence(term)}\n\n{other.definition}"
        found = replace(found, **added)
    return _safe(found)


def _safe(term: Term) -> Term:
    """Return a term with Markdown that is safe to show."""
    return replace(
        term,
        definition=safe(term.definition),
        summary=safe(term.summary),
        facts=tuple(map(safe, term.facts)),
        examples=tuple(map(safe, term.examples)),
    )


def _added(term: Term, other: Term) -> list[str]:
    """Return the fields that a term lacks and another one has."""
    return [name for name in _SHARED if getattr(other, name) and not getattr(term, name)]


def _brief(term: Term, glossary: Glossary) -> str:
    shown = _safe(term)
    title, text = _gist(shown)
    if shown.summary:
        text = shown.summary if shown.expansion else ""
    footer = "  \n".join(filter(None, (*_about(_context(term, glossary)), _source(term, glossary))))
    return "\n\n".join(part for part in (title, text, footer) if part)


def _gist(term: Term) -> tuple[str, str]:
    """Return the first line, which may be the only one that is seen, and the text below it, if any.

    Emacs shows no more than the first line of a hover until it is asked to.
    """
    title = f"**{escape(term.name)}**"
    if term.expansion:
        return f"{title} — {escape(term.expansion)}", term.definition or _sentence(term)
    if term.summary:
        # Pages of other tools repeat their summary at the start of the text.
        return f"{title}: {term.summary}", term.definition.removeprefix(term.summary).lstrip()
    if not term.definition or _BLOCK.match(term.definition):
        return title, term.definition
    return f"{title}: {term.definition}", ""


def _sentence(term: Term) -> str:
    return f"{term.summary[:1].upper()}{term.summary[1:]}." if term.summary else ""


def _life(term: Term, named: Named) -> Iterator[str]:
    if term.status is Status.DEPRECATED:
        instead = f" Use **{named(term.replaced_by)}** instead." if term.replaced_by else ""
        yield f"**Deprecated.**{instead}"
    elif term.status is Status.DRAFT:
        yield "*Draft: this entry is not agreed yet.*"


def _list(items: tuple[str, ...]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _footer(term: Term, context: Context | None, named: Named) -> Iterator[str]:
    aliases = [alias.name for alias in term.aliases if alias.kind is not AliasKind.AVOID]
    avoided = [alias.name for alias in term.aliases if alias.kind is AliasKind.AVOID]
    yield _names("Also called", aliases)
    yield _names("Avoid", avoided)
    yield _names("See also", term.related, named)
    yield from _about(context)
    yield _names("Owner", [term.owner] if term.owner else [])


def _topics(term: Term, context: Context | None) -> str:
    topics = [topic for topic in term.topics if not context or topic != context.topic]
    return _names("Topics" if len(topics) > 1 else "Topic", topics)


def _context(term: Term, glossary: Glossary) -> Context | None:
    file = glossary.file_of(term)
    return file.head.context_of(term) if file else None


def _about(context: Context | None) -> Iterator[str]:
    """Yield a line that names a context and says what it is for, and one for each fact about it."""
    if context is not None:
        vision = safe(" ".join(context.vision.split()))
        yield f"*Context:* {escape(context.topic)}" + (f" — {vision}" if vision else "")
        yield from (safe(" ".join(fact.split())) for fact in context.facts)


def _names(title: str, names: Iterable[str], named: Named | None = None) -> str:
    listed = ", ".join(map(named or escape, names))
    return f"*{title}:* {listed}" if listed else ""


def _sources(term: Term, glossary: Glossary) -> str:
    """Return the source of a term, and of the entries for it that add something or are in the same folder."""
    file = glossary.file_of(term)
    rows = [_source(term, glossary)]
    found = term
    for other in glossary.repeats(term):
        added = {name: getattr(other, name) for name in _added(found, other)}
        found = replace(found, **added)
        its = glossary.file_of(other)
        if added or (file and its and file is not its and parent(file.path) == parent(its.path)):
            rows.append(_source(other, glossary).replace("*Glossary:*", "*Also in:*", 1))
    return "  \n".join(row for row in rows if row)


def _source(term: Term, glossary: Glossary) -> str:
    file = glossary.file_of(term)
    title, head = (file.title, file.head) if file else ("", None)
    own = head.license if file and head and not is_built_in(file.path) else ""
    terms_of_use = term.license or own
    origin = [escape(term.source or (head.source if head else ""))]
    if term.url and is_safe_link(term.url):
        origin.append(f"[{escape(_site(term.url) or term.url)}]({term.url})")
    elif term.url:
        origin.append(escape(term.url))
    source = ", ".join(filter(None, origin))
    rows = (("Glossary", escape(title)), ("Source", source), ("License", escape(terms_of_use)))
    return " · ".join(f"*{name}:* {value}" for name, value in rows if value)
