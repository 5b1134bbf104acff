"""Glossary file formats: one row of `FORMATS` and one module or subpackage each.

A format turns the text of a file into entries with spans and problems, and may edit the file and help to
write it. Nothing outside of this package imports one of them: `format_of` finds the one for a file.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from glossary_ls.base import memo
from glossary_ls.base.dataclass import replace
from glossary_ls.glossary.format import Claim
from glossary_ls.glossary.formats import compiled as _compiled

if TYPE_CHECKING:
    from glossary_ls.base.text import Text
    from glossary_ls.glossary.format import Assistant, Editor, Format
    from glossary_ls.glossary.model import GlossaryFile


class _Row:
    """A format, whose module is imported for files that may be of it: all of them take a fifth of a start.

    `others` are the ends of names, beside `suffixes`, of files that it claims.
    """

    def __init__(self, id: str, module: str, suffixes: str, others: str = "") -> None:  # noqa: A002  its name
        self.id = id
        self.suffixes = tuple(suffixes.split())
        self._module = module
        self._ends = (*self.suffixes, *others.split())

    @property
    def module(self) -> Format:
        """The module or subpackage."""
        return cast("Format", import_module(f"{__name__}.{self._module}"))

    @property
    def editor(self) -> Editor | None:
        return self.module.editor

    @property
    def assistant(self) -> Assistant | None:
        return self.module.assistant

    def claims(self, path: str, head: str) -> Claim:
        return self.module.claims(path, head) if path.lower().endswith(self._ends) else Claim.NO

    def parse(self, path: str, text: Text) -> GlossaryFile:
        return self.module.parse(path, text)


_YAML = ".yaml .yml"

#: The format of new glossaries.
NATIVE = _Row("yaml", "yaml", _YAML)

_CSV = _Row("csv", "csv", ".csv .tsv .tab .utf8 .txt")

#: Every format; of several that claim a file alike, the first one reads it.
FORMATS: tuple[_Row, ...] = (
    NATIVE,
    _Row("contextive", "contextive", _YAML),
    _Row("word-list", "word_lists", f".txt .dic .json .jsonc {_YAML} .toml"),
    _Row("yaml-other", "yaml_other", _YAML),
    _CSV,
    _Row("tbx", "tbx", ".tbx", ".xml"),
    _Row("skos", "skos", ".ttl .jsonld .rdf .skos", ".json .xml .nt .owl .n3"),
    _Row("json", "json", ".json .jsonld .json5 .jsonc"),
    _Row("sphinx-inventory", "inventory", ".inv"),
    _Row("markdown", "markdown", ".md .markdown .mdx .mkd"),
    _Row("term-page", "term_page", ".md .mdx .markdown .adoc .asciidoc"),
    _Row("sphinx", "sphinx", ".rst .txt"),
    _Row("asciidoc", "asciidoc", ".adoc .asciidoc .asc"),
    _Row("org", "org", ".org"),
    _Row("latex", "latex", ".tex .ltx .sty"),
    _Row("html", "html", ".html .htm .xhtml"),
)

#: How the names of files end that spreadsheets, dictionaries and programs for translators write.
_LEGACY = (*_CSV.suffixes, ".dic")

_BY_ID = {each.id: each for each in FORMATS}

#: How much of a file is enough to detect its format, in characters.
_HEAD = 2_000

_RANK = {Claim.BY_CONTENT: 0, Claim.BY_NAME: 1, Claim.LIKELY: 2, Claim.IF_CONFIGURED: 3}


def format_of(path: str, head: str = "", *, configured: bool = False) -> Format | None:
    """Return the format of a glossary file, or None for what is no glossary.

    `head` is how the file begins, if that is known. `configured` means that the settings name the file, so
    that it is a glossary whatever its name and contents.
    """
    claims = [(each.claims(path, head), each) for each in FORMATS]
    most = Claim.IF_CONFIGURED if configured else Claim.LIKELY
    found = [(_RANK[claim], at) for at, (claim, _) in enumerate(claims) if claim is not Claim.NO]
    best = min((each for each in found if each[0] <= _RANK[most]), default=None)
    return claims[best[1]][1] if best else None


def is_glossary(path: str) -> bool:
    """Return whether a file is a glossary by its name alone."""
    return _claim_by_name(path) is Claim.BY_NAME


def may_be_glossary(path: str) -> bool:
    """Return whether a file is a glossary by its name, or by that and the entries in it."""
    return _claim_by_name(path) in {Claim.BY_NAME, Claim.LIKELY}


@memo.recent(16_384)
def _claim_by_name(path: str) -> Claim:
    """Return the best claim of any format for a file by its name; walks and keystrokes ask for it often."""
    if not path.lower().endswith(suffixes()):
        return Claim.NO
    claims = {each.claims(path, "") for each in FORMATS}
    return next((claim for claim in (Claim.BY_NAME, Claim.LIKELY) if claim in claims), Claim.NO)


def is_legacy(path: str) -> bool:
    """Return whether programs write such files in the encoding of the system, which may not be UTF-8."""
    return path.lower().endswith(_LEGACY)


def editor_of(path: str, source: str) -> Editor | None:
    """Return the editor for a glossary file with a text; None if it cannot be written."""
    found = format_of(path, source[:_HEAD], configured=True)
    editor = found.editor if found else None
    return editor if editor is not None and editor.can_write(source) else None


def editor_for(file: GlossaryFile) -> Editor | None:
    """Return the editor for a glossary file; None if its format has none."""
    found = _BY_ID.get(file.format)
    return found.editor if found else None


def assistant_for(file: GlossaryFile) -> Assistant | None:
    """Return the assistant for a glossary file; None if its format has none."""
    found = _BY_ID.get(file.format)
    return found.assistant if found else None


def ids() -> tuple[str, ...]:
    """Return the ids of all formats."""
    return tuple(_BY_ID)


@memo.recent(1)
def suffixes() -> tuple[str, ...]:
    """Return how the names of glossary files can end, in lower case, with the dot."""
    return tuple(suffix for each in FORMATS for suffix in each.suffixes)


def parse(path: str, text: Text, format_id: str = "") -> GlossaryFile:
    """Read a file that is known to be in use as a glossary. Never raises.

    Without the id of a format, that is detected.
    """
    found = _BY_ID.get(format_id) or format_of(path, text.source[:_HEAD], configured=True) or NATIVE
    return replace(found.parse(path, text), format=found.id)


def built_in(path: str, text: Text, compiled: str) -> GlossaryFile:
    """Read a built-in glossary, of its compiled form unless that was made of another text."""
    return _compiled.load(path, text, compiled) or parse(path, text)


def compiled_form(file: GlossaryFile) -> str:
    """Return the compiled form of a built-in glossary that was parsed."""
    return _compiled.dump(file)
