"""A server of the Model Context Protocol: coding agents look terms up, and check what they write.

It only reads, and only below the folder that it was started for. The tools are coroutines so that they run
one after another: a project is not for several threads. It must not know which agent asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations

# The protocol's description of a tool is made from its types when the program runs.
from typing_extensions import TypedDict

from glossary_ls import __version__
from glossary_ls.api import AliasKind, ProjectError, open_project
from glossary_ls.base import paths
from glossary_ls.vfs.files import DiskFiles, is_inside

if TYPE_CHECKING:
    from glossary_ls.api import Project, Term

_INSTRUCTIONS = """\
The team's glossaries. Before you write documentation, comments or user-visible text, look up the terms that
you use, and write the names that the glossary prefers. Check a text with check_text before you save it. A
term with several
meanings has several entries; choose by their topics."""

#: The longest text in characters, and the most results, of a tool.
_LONGEST = 1_000_000
_MOST = 200

_READ_ONLY = ToolAnnotations(read_only_hint=True, open_world_hint=False)


class Meaning(TypedDict):
    """A term; what its entry does not say is left empty. `entry` is the file and line of its entry."""

    name: str
    expansion: str
    summary: str
    definition: str
    other_names: list[str]
    names_to_avoid: list[str]
    topics: list[str]
    status: str
    replaced_by: str
    related: list[str]
    glossary: str
    entry: str


class Looked(TypedDict):
    """The meanings of a name, and the names that are similar if there is none."""

    meanings: list[Meaning]
    similar: list[str]


class Found(TypedDict):
    """A finding; lines and columns count from 1."""

    line: int
    column: int
    rule: str
    severity: str
    text: str
    message: str


class Lacking(TypedDict):
    """An acronym or phrase that no glossary explains; a place is a file and a line."""

    name: str
    kind: str
    uses: int
    documents: int
    places: list[str]
    possible_expansions: list[str]
    defined_differently: bool


class Named(TypedDict):
    """A use of a term; `other_meaning` is what the text itself says that an acronym stands for."""

    line: int
    column: int
    text: str
    term: str
    expansion: str
    other_meaning: str


def server(root: str) -> MCPServer:
    """Return the server for a folder. Raises ProjectError if there is none."""
    tools = _Tools(root)
    made = MCPServer(
        "glossary-ls", title="Glossary", instructions=_INSTRUCTIONS, version=__version__, log_level="WARNING"
    )
    for tool in (tools.lookup, tools.search, tools.check_text, tools.mentions, tools.harvest):
        made.add_tool(tool, annotations=_READ_ONLY)
    return made


class _Tools:
    def __init__(self, root: str) -> None:
        self._project: Project = open_project(root, {"userGlossary": False})
        self._files = DiskFiles()

    async def lookup(self, name: str, path: str = "") -> Looked:
        """Return what a term, an acronym or an alias means to this team; `path` is the file that it is in."""
        project = self._fresh()
        meanings = [self._meaning(term) for term in project.lookup(name, self._below(path))]
        similar = [] if meanings else [term.name for term in project.search(name, limit=5)]
        return Looked(meanings=meanings, similar=similar)

    async def search(self, query: str, limit: int = 20) -> list[Meaning]:
        """Return the terms one of whose names contains the query, the closest first."""
        found = self._fresh().search(query, limit=min(max(limit, 1), _MOST))
        return [self._meaning(term) for term in found]

    async def check_text(self, text: str, path: str = "text.md") -> list[Found]:
        """Report undefined acronyms, names that the team avoids, and wrong capitals in a text.

        `path` is the file, below the folder of the server, that the text is or will be saved in: it decides
        which glossaries and settings count, and on the markup language.
        """
        findings = self._fresh().check_text(_limited(text), self._below(path))
        return [
            Found(
                line=each.line,
                column=each.column,
                rule=each.rule,
                severity=each.severity,
                text=each.text,
                message=each.message,
            )
            for each in findings[:_MOST]
        ]

    async def mentions(self, text: str, path: str = "text.md") -> list[Named]:
        """Return the terms that a text uses, where, and in which sense; `path` is as in check_text."""
        found = self._fresh().mentions(_limited(text), self._below(path))
        return [
            Named(
                line=each.line,
                column=each.column,
                text=each.text,
                term=each.terms[0].name,
                expansion=each.terms[0].expansion,
                other_meaning=each.own_meaning,
            )
            for each in found[:_MOST]
        ]

    async def harvest(self, limit: int = 20) -> list[Lacking]:
        """Return what the documents use and the glossaries lack: up to `limit` acronyms, then phrases.

        Those that deserve an entry most come first.
        """
        return [
            Lacking(
                name=each.name,
                kind=each.kind,
                uses=each.uses,
                documents=each.documents,
                places=[f"{path}:{line}" for path, line in each.places],
                possible_expansions=[*each.expansions],
                defined_differently=each.conflict,
            )
            for each in self._fresh().harvest(min(max(limit, 1), _MOST))
        ]

    def _fresh(self) -> Project:
        self._project.refresh()
        return self._project

    def _below(self, path: str) -> str:
        """Return a path that is below the folder, links followed. Raises ToolError for any other."""
        root = self._project.root
        where = paths.normal(paths.join(root, path)) if path else ""
        if where and not is_inside(self._files, where, root):
            raise ToolError(f"{path} is not below the folder of this server")
        return where

    def _meaning(self, term: Term) -> Meaning:
        place = self._project.place_of(term)
        avoided = [alias.name for alias in term.aliases if alias.kind is AliasKind.AVOID]
        return Meaning(
            name=term.name,
            expansion=term.expansion,
            summary=term.summary,
            definition=term.definition,
            other_names=[alias.name for alias in term.aliases if alias.kind is not AliasKind.AVOID],
            names_to_avoid=avoided,
            topics=[*term.topics],
            status=str(term.status),
            replaced_by=term.replaced_by,
            related=[*term.related],
            glossary=place.glossary if place else "",
            entry=f"{place.path}:{place.line}" if place and place.path else "",
        )


def _limited(text: str) -> str:
    if len(text) > _LONGEST:
        raise ToolError(f"the text has more than {_LONGEST} characters; check it in parts")
    return text


__all__ = ["ProjectError", "server"]
