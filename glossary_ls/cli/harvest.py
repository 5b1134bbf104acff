"""`glossary-ls harvest`: list the acronyms and phrases that the glossary lacks, and add entries for them.

The steps: `targets` finds the documents, `workspace/harvest` reads each, `features/harvest/ranking` says what
is worth an entry, and `features/harvest/writing` writes it. It must not know how anything is found.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.cli import jobs, targets, terminal
from glossary_ls.cli.arguments import add_json, add_limit, add_paths, add_quiet, number_from
from glossary_ls.cli.errors import InputError, fail, warn
from glossary_ls.cli.harvest_review import review
from glossary_ls.cli.own_glossary import own_glossary
from glossary_ls.cli.own_glossary import read as read_glossary
from glossary_ls.cli.own_glossary import write as write_glossary
from glossary_ls.cli.project import Project, add_root
from glossary_ls.cli.reporters.look import CODE, NOTE, PATH, PLAIN, Look
from glossary_ls.cli.reporters.safe import json_text, visible
from glossary_ls.cli.wording import counted
from glossary_ls.features.harvest.found import Harvest, merged
from glossary_ls.features.harvest.ranking import missing_acronyms, missing_phrases
from glossary_ls.features.harvest.rows import as_object
from glossary_ls.features.harvest.writing import origin, uses, with_entries
from glossary_ls.glossary.discovery import is_glossary
from glossary_ls.workspace.harvest import harvest_text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from glossary_ls.cli.shards import Shard
    from glossary_ls.features.harvest.found import Use
    from glossary_ls.features.harvest.ranking import Missing
    from glossary_ls.rules.shared.fix import Target

SUMMARY = "list what the glossary lacks: undefined acronyms and recurring phrases"

#: How many acronyms and how many phrases are listed.
_MOST = 20


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_paths(parser, "files, folders and URLs to examine")
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--acronyms", action="store_true", help="list acronyms only")
    kinds.add_argument("--phrases", action="store_true", help="list phrases only")
    add_limit(parser, _MOST, "most acronyms, and most phrases, that are listed")
    parser.add_argument(
        "--min-uses",
        metavar="N",
        type=number_from(1),
        help="fewest uses of what is listed (default: 1 for acronyms, 3 for phrases)",
    )
    add_json(parser)
    writing = parser.add_argument_group("writing")
    writing.add_argument(
        "--write",
        metavar="FILE",
        nargs="?",
        const="",
        help="add entries for what is listed to a glossary (default: the one at the root folder)",
    )
    writing.add_argument(
        "--review", action="store_true", help="ask for each on the terminal, and add what you accept"
    )
    targets.add_exclusion(parser)
    more = parser.add_argument_group("miscellaneous")
    add_root(more)
    terminal.add(more)
    jobs.add(more)
    add_quiet(more)


def run(options: argparse.Namespace) -> int:
    """List what the glossary lacks, or add it; raise InputError for a glossary that cannot be written."""
    project = Project(options.root)
    screen = terminal.screen(options.color, quiet=options.quiet)
    target = own_glossary(project, options.write or "")
    found, unread = _harvest(project, options, screen)
    acronyms = () if options.phrases else missing_acronyms(found, options.min_uses)
    phrases = () if options.acronyms else missing_phrases(found, options.min_uses)
    most = options.limit or None
    listed = (*acronyms[:most], *phrases[:most])
    if options.review:
        return review(target.path, listed, partial(read_glossary, project), partial(write_glossary, project))
    if options.json:
        rows = [as_object(each, partial(_shown, project)) for each in listed]
        print(json_text({"documents": found.documents, "missing": rows}, indent=2))
    else:
        for line in _lines(project, found, (acronyms, phrases), most, screen.look or PLAIN):
            screen.print(line)
    if options.write is not None:
        said = _write(project, target, listed)
        (screen.note if options.json else screen.print)(said)
    return 2 if unread else 0


def _harvest(
    project: Project, options: argparse.Namespace, screen: terminal.Screen
) -> tuple[Harvest, Sequence[str]]:
    """Return what the documents use, and why some files cannot be read."""
    paths_ = targets.targets(project, options.paths, targets.exclusion(options))
    files = [path for path in paths_ if not is_glossary(path)]
    if targets.STANDARD_INPUT in files:
        raise InputError("'-': standard input cannot be harvested; name a file")
    unread: list[str] = []

    def parts(pool: jobs.Pool) -> Iterator[Harvest]:
        for found, messages in pool.map(_step, screen.progress):
            unread.extend(messages)
            yield found

    with jobs.pool(project, files, options) as pool:
        harvest = merged(parts(pool))
    screen.close()
    for message in unread:
        fail(visible(message))
    if not files and not options.quiet:
        warn(targets.NO_DOCUMENTS)
    return harvest, unread


def _step(project: Project, shard: Shard) -> tuple[Harvest, list[str]]:
    """Return what some files use, and why some of them cannot be read."""
    found: list[Harvest] = []
    unread: list[str] = []
    for path in shard:
        try:
            source = project.read(path, is_strict=True)
        except InputError as error:
            unread.append(str(error))
        else:
            found.append(harvest_text(project.workspace, path, source.text))
    return merged(found), unread


# --- the report -------------------------------------------------------------------------------------------


def _lines(
    project: Project,
    harvest: Harvest,
    found: tuple[Sequence[Missing], Sequence[Missing]],
    most: int | None,
    look: Look,
) -> Iterator[str]:
    documents = counted(harvest.documents, "document")
    if harvest.documents and not any(found):
        yield f"The glossary lacks nothing that {documents} use{'s' if harvest.documents == 1 else ''}."
    titles = "Acronyms without an explanation", "Recurring phrases without an entry"
    is_first = True
    for title, each in zip(titles, found, strict=True):
        if each:
            shown = each[:most]
            number = f"{len(each)}" if len(shown) == len(each) else f"{len(shown)} of {len(each)}"
            yield from () if is_first else ("",)
            yield f"{title}: {number} in {documents}"
            yield from (line for missing in shown for line in _row(project, missing, look))
            is_first = False


def _row(project: Project, missing: Missing, look: Look) -> Iterator[str]:
    """Yield the line of a name: what it may mean, how often it is used, and where first."""
    name = look.paint(visible(missing.name), PATH, "")
    long = f" = {visible(missing.long)}" if missing.long else ""
    place = _place(project, missing.places[0])
    yield f"  {name}{look.paint(long, CODE, '')}: {uses(missing)}, first in {place}"
    where = origin(missing, partial(_shown, project))
    if where:
        yield f"      {look.paint(visible(where), 'warning' if missing.is_conflict else NOTE, '')}"


def _place(project: Project, place: Use) -> str:
    return f"{visible(_shown(project, place.path))}:{place.line}"


def _shown(project: Project, path: str) -> str:
    """Return the path of a document, which is relative to the root folder, as all commands show it."""
    return project.display_path(paths.join(project.root, path))


# --- writing ----------------------------------------------------------------------------------------------


def _write(project: Project, target: Target, listed: Sequence[Missing]) -> str:
    """Add entries to a glossary, and return what was done."""
    text = with_entries(target.path, target.source, listed)
    name = visible(project.display_path(target.path))
    if text is None:
        return f"Nothing to add to {name}."
    write_glossary(project, target.path, target.source, text)
    return f"Entries were added to {name}: review them."
