"""Documents and glossaries to measure with, made from a seed: the same text each time, no paragraph twice.

It must not import glossary_ls: what it makes is read by servers of any version.
"""

from __future__ import annotations

from random import Random

#: The words of made-up terms. Their first letters differ, so that an acronym of three is unambiguous.
_FIRST = (
    "audit",
    "batch",
    "cache",
    "dispatch",
    "export",
    "fallback",
    "gateway",
    "handoff",
    "ingest",
    "journal",
    "keyring",
    "ledger",
)
_SECOND = (
    "access",
    "budget",
    "cursor",
    "drain",
    "epoch",
    "fence",
    "grant",
    "horizon",
    "index",
    "lease",
    "marker",
    "nonce",
    "offset",
)
_THIRD = ("archive", "buffer", "channel", "domain", "envelope", "factory", "guard", "heap")

#: How many entries have names of their own.
ENTRIES = len(_FIRST) * len(_SECOND) * len(_THIRD)

#: What the built-in glossaries explain, and what nothing explains.
_KNOWN = (
    "latency",
    "throughput",
    "GPU",
    "VRAM",
    "KV cache",
    "load balancing",
    "rate limiting",
    "cold start",
    "canary release",
    "SLO",
    "SLA",
    "P95",
    "TTFT",
    "RBAC",
    "blue-green deployment",
    "quantization",
    "autoscaling",
    "fine tuning",
    "API",
    "HTTP",
    "TLS",
    "DNS",
)
_UNKNOWN = ("QXJ", "MRQ", "ZKD", "WFP", "GQZ", "RJX")

_SENTENCES = (
    "The {term} is checked before each deployment, because a stale one costs a night.",
    "When the {known} rises above {number} ms, the {term} is the first thing to look at.",
    "Nobody changes the {term} by hand; the pipeline does it within {number} seconds.",
    "Ask the owner of the {term} whether the {known} was planned, and write down the answer.",
    "Most slow afternoons come from the {known}, and only {number} of them from the {term}.",
    "{acronym} and {known} are measured every minute and kept for {number} days.",
    "The {unknown} dashboard shows the {known} of all regions beside the {term}.",
    "A worker that lost its {term} starts again, asks for a new one and goes on with the next job.",
    "It is safe to repeat this step: the {acronym} ignores what it has already seen.",
    "After {number} failures in a row the {term} is taken out of rotation, and the {acronym} pages somebody.",
    "See the [release guide](https://example.com/release/{number}) before you touch `{word}_{number}`.",
    "**Nothing** is lost meanwhile: requests wait in the queue, and the {known} of others stays as it was.",
    "Two teams share the {term}, so tell both of them at least {number} minutes earlier.",
    "If the {unknown} does not answer, restart it once and compare the {known} with yesterday's.",
)
_HEADINGS = ("First look at the {term}", "What the {known} says", "Drill {number}", "After the {term} failed")
_CODE = """\
```console
$ {word}ctl get {word} --limit {number} -o wide   # {acronym} at its limit?
$ {word}ctl logs --since={number}m | grep {unknown}
```"""

#: Words of any documentation, which name no term; some are the first words of names.
_ORDINARY = """
the the to to of of is and and for be this or that if with will not by are a a in in on as at data request
run build time read command from version when can you added variable default any module file type code all
used value package may string name option only target install no which import support path list example
other have class your property now returns should project message release was method process more line
directory issue changes then following must description server block library script such before specified
stream include work current called moved without does output after each available documentation
implementation specification dependencies environment corresponding conditions automatically alternatively
applications repository information installation asynchronous arguments
""".split()  # noqa: SIM905  because a list of so many strings is hard to read


def ordinary(size: int, seed: int = 0) -> str:
    """Return paragraphs of about `size` characters that name no term."""
    random = Random(f"{size} {seed}")  # noqa: S311  because the text must be the same each time
    paragraphs: list[str] = []
    length = 0
    while length < size:
        sentences = (
            " ".join(random.choices(_ORDINARY, k=random.randrange(6, 20))).capitalize() + "."
            for _ in range(random.randrange(2, 6))
        )
        paragraphs.append("\n".join(sentences))
        length += len(paragraphs[-1]) + 2
    return "\n\n".join(paragraphs) + "\n"


def prose(size: int, entries: int, seed: int = 0) -> str:
    """Return Markdown of about `size` characters that names terms of a glossary with so many entries."""
    random = Random(f"{size} {entries} {seed}")  # noqa: S311  because the text must be the same each time
    blocks = [f'---\ntitle: "Runbook {seed}"\nowner: platform-team\n---', f"# Runbook {seed}"]
    length = sum(map(len, blocks))
    while length < size:
        blocks.append(_block(random, entries, len(blocks)))
        length += len(blocks[-1]) + 2
    return "\n\n".join(blocks) + "\n"


def _block(random: Random, entries: int, number: int) -> str:
    def filled(template: str) -> str:
        return template.format(
            term=name(random.randrange(entries)),
            acronym=name(random.randrange(entries // 4) * 4 + 1),
            known=random.choice(_KNOWN),
            unknown=random.choice(_UNKNOWN),
            number=random.randrange(2, 5000),
            word=random.choice(_FIRST),
        )

    def sentence() -> str:
        return filled(random.choice(_SENTENCES))

    kind = number % 9
    if kind == 2:
        return "## " + filled(random.choice(_HEADINGS))
    if kind == 4:
        return "\n".join(f"- {sentence()}" for _ in range(4))
    if kind == 6:
        rows = (filled("| {term} | {number} ms | above {number} ms, see {acronym} |") for _ in range(5))
        return "\n".join(("| Signal | Target | Pages when |", "| --- | --- | --- |", *rows))
    if kind == 7:
        return filled(_CODE)
    if kind == 8:
        return "\n".join(f"{step}. {sentence()}" for step in range(1, 5))
    defined = number % 27 == 0
    words = [random.choice(words) for words in (_THIRD, _FIRST, _SECOND)]
    short = "".join(word[0] for word in words).upper() + "Q"
    opening = (
        f"The {' '.join(words)} queue ({short}) comes first, and the {short} is small. " if defined else ""
    )
    return opening + "\n".join(sentence() for _ in range(random.randrange(2, 6)))


def name(number: int) -> str:
    """Return the name of an entry of a glossary: every fourth is an acronym, the others are two words."""
    first, second, third = _words(number)
    if number % 4 == 1:
        return "".join(word[0] for word in (first, second, third)).upper()
    return f"{first} {second} {third}" if number % 4 == 3 else f"{third} {first} {second}"


def _words(number: int) -> tuple[str, str, str]:
    # A prime step, so that entries beside each other share no words.
    rest, first = divmod(number * 577 % ENTRIES, len(_FIRST))
    rest, second = divmod(rest, len(_SECOND))
    return _FIRST[first], _SECOND[second], _THIRD[rest]


def glossary(entries: int) -> str:
    """Return a glossary file, its entries with the keys that a person writes."""
    return "version: 1\nname: Platform team\nterms:\n" + "".join(map(entry, range(entries)))


def entry(number: int) -> str:
    """Return an entry of a glossary file; its first line is the name, its third the definition."""
    words = " ".join(word.capitalize() for word in _words(number))
    lines = [
        f"  - term: {name(number)}",
        f"    expansion: {words}" if number % 4 == 1 else f"    summary: the {number}th thing to look at",
        f"    definition: What part {number} of the platform may spend before somebody asks why.",
        f"    related: [{name(max(number - 1, 0))}, GPU]",
    ]
    if number % 4 == 2:
        lines.append(f"    aliases: [part {number}, {{name: piece {number}, kind: avoid}}]")
    if number % 4 == 3:
        lines += [
            f"    facts:\n      - It holds {number} leases.\n      - It is emptied at night.",
            f"    topics: [part {number // 40}]\n    owner: platform-team",
        ]
    return "\n".join(lines) + "\n\n"
